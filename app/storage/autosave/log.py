"""The log of what changed in a mask since it was last written whole.

After a head come records, each with its length and a checksum: the tiles that an edit, or a part
of a long stroke, has changed, as they are after it. So every kind of edit is replayed exactly. A
record that is cut off or damaged ends the log: what comes before it is a state the mask really had.
"""

from __future__ import annotations

import struct
from typing import TYPE_CHECKING
from zlib import crc32

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from app.model.geometry import Size

_MAGIC = b"MASKLOG1"
_HEAD = struct.Struct("<8sQII")
_RECORD = struct.Struct("<II")
_TILE = struct.Struct("<II")


def head(generation: int, size: Size) -> bytes:
    """What a log begins with: which written mask it goes on from."""
    return _HEAD.pack(_MAGIC, generation, *size)


def record(tiles: Mapping[int, bytes]) -> bytes:
    """What tiles hold now, told as `packed` does."""
    parts = [_TILE.pack(tile, len(data)) + data for tile, data in tiles.items()]
    payload = b"".join(parts)
    return _RECORD.pack(len(payload), crc32(payload)) + payload


def replay(log: bytes, generation: int, size: Size) -> Iterator[dict[int, bytes]]:
    """The records in a log, up to the first that is not whole; none in another's log."""
    if log[: _HEAD.size] != head(generation, size):
        return
    at = _HEAD.size
    while len(log) >= at + _RECORD.size:
        length, checksum = _RECORD.unpack_from(log, at)
        payload = log[at + _RECORD.size : at + _RECORD.size + length]
        if len(payload) < length or crc32(payload) != checksum:
            return
        yield dict(_tiles(payload))
        at += _RECORD.size + length


def _tiles(payload: bytes) -> Iterator[tuple[int, bytes]]:
    at = 0
    while at < len(payload):
        tile, length = _TILE.unpack_from(payload, at)
        at += _TILE.size
        yield tile, payload[at : at + length]
        at += length
