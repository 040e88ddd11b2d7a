"""The parts of PNG and JPEG files: are they whole, and do they hold anything but pixels?"""

import re
import struct
import zlib
from collections.abc import Iterator
from io import SEEK_END, BytesIO
from typing import BinaryIO

from app.storage.pictures.sniff import HEAD_BYTES, kind_of

_PNG_SIGNATURE_BYTES = 8
_PNG_PLAIN = {b"IHDR", b"IDAT", b"IEND", b"sRGB", b"gAMA", b"cHRM", b"pHYs", b"sBIT"}
_PNG_DEPTH, _PNG_GREY_OR_RGB = 8, {0, 2}

_JPEG_PLAIN = {0xC4, 0xDB, 0xDD, 0xEE}  # tables, restart interval, Adobe's colour transform
_JPEG_FRAMES = {0xC0, 0xC1, 0xC2}  # baseline, extended, progressive
_JPEG_JFIF, _JPEG_SCAN, _JPEG_END = 0xE0, 0xDA, 0xD9
_JPEG_JFIF_BYTES = 16  # more would be a thumbnail
_JPEG_MARKER = re.compile(rb"\xff[^\x00\xd0-\xd7\xff]")


def check_png(file: BinaryIO) -> None:
    """Raise `ValueError` when pixel data is damaged: Pillow reads over wrong checksums.

    A file that only lacks its end passes. The position of `file` is kept.
    """
    start = file.tell()
    file.seek(0)
    for kind, data, checksum in _png_chunks(file):
        if kind == b"IDAT" and zlib.crc32(kind + data) != checksum:
            raise ValueError("wrong checksum")
    file.seek(start)


def is_plain(data: bytes) -> bool:
    """Whether `data` is an upright 8-bit PNG or JPEG with nothing in it but its pixels."""
    looks = {"PNG": _is_plain_png, "JPEG": _is_plain_jpeg}.get(kind_of(data[:HEAD_BYTES]))
    return looks is not None and looks(data)


def _is_plain_png(data: bytes) -> bool:
    """Whether `data` is an 8-bit grey or RGB PNG with nothing in it but its pixels."""
    file = BytesIO(data)
    last = b""
    for kind, body, checksum in _png_chunks(file):
        if kind not in _PNG_PLAIN or zlib.crc32(kind + body) != checksum:
            return False
        if kind == b"IHDR" and (body[8] != _PNG_DEPTH or body[9] not in _PNG_GREY_OR_RGB):
            return False
        last = kind
    return last == b"IEND" and file.tell() == len(data)


def _is_plain_jpeg(data: bytes) -> bool:
    """Whether `data` is an 8-bit grey or colour JPEG with nothing in it but its pixels."""
    position = 2
    marker = 0
    while found := _JPEG_MARKER.search(data, position):
        if found.start() > position and marker != _JPEG_SCAN:
            return False  # only a scan is followed by data without a length
        marker, position = data[found.start() + 1], found.end()
        if marker == _JPEG_END:
            return position == len(data)
        length = int.from_bytes(data[position : position + 2], "big")
        if not _is_plain_segment(marker, data[position + 2 : position + length], length):
            return False
        position += length
    return False


def _is_plain_segment(marker: int, body: bytes, length: int) -> bool:
    if marker in _JPEG_FRAMES:
        return len(body) > 5 and body[0] == 8 and body[5] in {1, 3}
    if marker == _JPEG_JFIF:
        return body.startswith(b"JFIF\0") and length == _JPEG_JFIF_BYTES
    return marker in _JPEG_PLAIN or marker == _JPEG_SCAN


def _png_chunks(file: BinaryIO) -> Iterator[tuple[bytes, bytes, int]]:
    """Kind, data and checksum of each chunk up to the end, or to where the file breaks off."""
    end = file.seek(0, SEEK_END)
    file.seek(_PNG_SIGNATURE_BYTES)
    while len(head := file.read(8)) == 8:
        length, kind = struct.unpack(">I4s", head)
        if length + 4 > end - file.tell():
            return
        yield kind, file.read(length), int.from_bytes(file.read(4), "big")
        if kind == b"IEND":
            return
