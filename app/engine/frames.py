"""Messages between the engine and its worker processes, over the worker's stdin and stdout.

A frame on the wire: four bytes of length, that much JSON, then the parts one after another.
"""

import asyncio
import json
import struct
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, BinaryIO

_LENGTH = struct.Struct("!I")
_PIECE = 256 * 1024
_MAX_HEAD = 1024 * 1024
_MAX_PARTS = 512 * 1024 * 1024


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


def write(stream: BinaryIO, frame: Frame) -> None:
    """Write a frame to a blocking stream."""
    for piece in (_head(frame), *frame.parts):
        stream.write(piece)
    stream.flush()


def read(stream: BinaryIO) -> Frame | None:
    """The next frame of a blocking stream; None at its end."""
    start = stream.read(_LENGTH.size)
    if len(start) < _LENGTH.size:
        return None
    kind, data, sizes = _parsed(stream.read(_checked(start)))
    return Frame(kind, data, tuple(stream.read(size) for size in sizes))


async def send(stream: asyncio.StreamWriter, frame: Frame) -> None:
    """Write a frame piece by piece, so that a big one never holds up the event loop."""
    stream.write(_head(frame))
    for piece in _pieces(frame):
        stream.write(piece)
        await stream.drain()
    await stream.drain()


async def receive(stream: asyncio.StreamReader) -> Frame:
    """The next frame; raises `asyncio.IncompleteReadError` at the end of the stream."""
    start = await stream.readexactly(_LENGTH.size)
    kind, data, sizes = _parsed(await stream.readexactly(_checked(start)))
    return Frame(kind, data, tuple([await stream.readexactly(size) for size in sizes]))


def _head(frame: Frame) -> bytes:
    sizes = [len(part) for part in frame.parts]
    head = json.dumps({"kind": frame.kind, "data": frame.data, "sizes": sizes}).encode()
    return _LENGTH.pack(len(head)) + head


def _pieces(frame: Frame) -> Iterator[memoryview]:
    for part in frame.parts:
        view = memoryview(part)
        for start in range(0, len(part), _PIECE):
            yield view[start : start + _PIECE]


def _checked(start: bytes) -> int:
    (length,) = _LENGTH.unpack(start)
    if length > _MAX_HEAD:
        raise BrokenFrame(f"a head of {length} bytes")
    return int(length)


def _parsed(head: bytes) -> tuple[str, dict[str, Any], list[int]]:
    try:
        message = json.loads(head)
        kind, data, sizes = message["kind"], message["data"], message["sizes"]
    except (ValueError, KeyError, TypeError) as error:
        raise BrokenFrame(str(error)) from error
    if sum(sizes) > _MAX_PARTS:
        raise BrokenFrame(f"parts of {sum(sizes)} bytes")
    return kind, data, sizes
