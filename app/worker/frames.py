"""Messages between the program and its worker processes, over their stdin and stdout.

A frame on the wire: four bytes of length, that much JSON, then the parts one after another.
"""

import json
import struct
from dataclasses import dataclass, field
from typing import IO, Any

_LENGTH = struct.Struct("!I")
_MAX_HEAD = 1024 * 1024
MAX_PARTS = 512 * 1024 * 1024


class BrokenFrame(Exception):
    """What arrived is no frame."""


@dataclass(frozen=True, slots=True)
class Frame:
    """One message: what it is, small values, and bytes that travel as they are."""

    kind: str
    data: dict[str, Any] = field(default_factory=dict)
    parts: tuple[bytes, ...] = ()

    @property
    def size(self) -> int:
        """Bytes in all parts."""
        return sum(map(len, self.parts))


def write(stream: IO[bytes], frame: Frame) -> None:
    """Write a frame and flush it."""
    sizes = [len(part) for part in frame.parts]
    head = json.dumps({"kind": frame.kind, "data": frame.data, "sizes": sizes}).encode()
    stream.write(_LENGTH.pack(len(head)) + head)
    for part in frame.parts:
        stream.write(part)
    stream.flush()


def read(stream: IO[bytes], most: int = MAX_PARTS) -> Frame:
    """The next frame, of parts of `most` bytes; raises `EOFError` at the end of the stream."""
    (length,) = _LENGTH.unpack(_exactly(stream, _LENGTH.size))
    if length > _MAX_HEAD:
        raise BrokenFrame(f"a head of {length} bytes")
    kind, data, sizes = _parsed(_exactly(stream, length))
    if min(sizes, default=0) < 0 or sum(sizes) > most:
        raise BrokenFrame("parts of impossible sizes")
    return Frame(kind, data, tuple(_exactly(stream, size) for size in sizes))


def _exactly(stream: IO[bytes], size: int) -> bytes:
    data = stream.read(size)
    if len(data) < size:
        raise EOFError(f"{len(data)} of {size} bytes")
    return data


def _parsed(head: bytes) -> tuple[str, dict[str, Any], list[int]]:
    """What a head says. Who wrote it may be led by a picture that is made to do harm."""
    try:
        message = json.loads(head)
        kind, data, sizes = message["kind"], message["data"], message["sizes"]
    except (ValueError, KeyError, TypeError, RecursionError) as error:
        raise BrokenFrame(str(error)) from error
    if not (isinstance(kind, str) and isinstance(data, dict) and isinstance(sizes, list)):
        raise BrokenFrame("a head of other values")
    if any(type(size) is not int for size in sizes):
        raise BrokenFrame("parts of no size")
    return kind, data, sizes
