"""A zip file read with suspicion.

Only what programs write for OpenRaster is taken; all else raises `Unsafe`. No member is ever
unpacked to a name on disk. What a file claims is checked before it costs anything: its list of
members is small, each member lies in a place of its own between the file's beginning and that
list, says the same in both places where it is described, and unpacks to no more than it said,
which is no more than a fixed multiple of what it takes.
"""

from __future__ import annotations

import re
import stat
import struct
import zlib
from dataclasses import dataclass
from io import SEEK_END
from typing import TYPE_CHECKING, BinaryIO, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator

MAX_MEMBERS = 4096
MAX_LIST = 1 << 20
MAX_BYTES = 2 << 30
"""Of all members together, unpacked: what fits into a zip file that every program reads."""
MAX_RATIO = 200
SMALL = 1 << 20
"""Up to here a member may be packed as tightly as it likes."""

BLOCK = 1 << 18

_END = struct.Struct("<4s4H2LH")
_ENTRY = struct.Struct("<4s6H3L5H2L")
_HEAD = struct.Struct("<4s5H3L2H")
_LONGEST_COMMENT = 0xFFFF
_STORED, _DEFLATED = 0, 8
_HAS_SIZES_BEHIND = 0x0008
_HARMLESS_FLAGS = 0x0800 | _HAS_SIZES_BEHIND | 0x0006
"""UTF-8 names and how hard it was packed. Encryption and patches are other bits."""
_UNIX = 3
_STRANGE = re.compile(r"[\x00-\x1f\x7f\\:]|^/|(^|/)\.{1,2}(/|$)|//|^$")


class _Entry(NamedTuple):
    """A member in the list, as it is written there."""

    signature: bytes
    made_by: int
    needs: int
    flags: int
    method: int
    time: int
    date: int
    crc: int
    packed: int
    size: int
    name_length: int
    extra_length: int
    comment_length: int
    disk: int
    kind: int
    attributes: int
    head: int


class _Head(NamedTuple):
    """What stands before a member's bytes."""

    signature: bytes
    needs: int
    flags: int
    method: int
    time: int
    date: int
    crc: int
    packed: int
    size: int
    name_length: int
    extra_length: int


class Unsafe(Exception):
    """The file is damaged, or made to do harm: nobody could tell which."""


@dataclass(frozen=True, slots=True)
class Member:
    """Where the bytes of a member are, and what is to come of them."""

    name: str
    head: int
    start: int
    packed: int
    size: int
    crc: int
    is_packed: bool

    @property
    def end(self) -> int:
        return self.start + self.packed


class Archive:
    """The members of a zip file by name. `OSError` is the disk's, `Unsafe` everything else."""

    def __init__(self, file: BinaryIO) -> None:
        self._file = file
        try:
            self.members = {member.name: member for member in self._read_list()}
        except (struct.error, UnicodeDecodeError) as error:
            raise Unsafe(str(error)) from error

    def blocks(self, name: str) -> Iterator[bytes]:
        """The bytes of a member, some at a time; whether they are whole is known at their end."""
        member = self._member(name)
        size = crc = 0
        for block in self._unpacked(member):
            size += len(block)
            if size > member.size:
                raise Unsafe(f"{name} is longer than it says")
            crc = zlib.crc32(block, crc)
            yield block
        if (size, crc) != (member.size, member.crc):
            raise Unsafe(f"{name} is damaged")

    def read(self, name: str, most: int) -> bytes:
        """All of a member, which must not be larger than `most`."""
        if self._member(name).size > most:
            raise Unsafe(f"{name} is too large")
        return b"".join(self.blocks(name))

    def _member(self, name: str) -> Member:
        if name not in self.members:
            raise Unsafe(f"no {name}")
        return self.members[name]

    def _unpacked(self, member: Member) -> Iterator[bytes]:
        if not member.is_packed:
            yield from self._packed(member)
            return
        inflate = zlib.decompressobj(-zlib.MAX_WBITS)
        try:
            for block in self._packed(member):
                while block:
                    yield inflate.decompress(block, BLOCK)
                    block = inflate.unconsumed_tail
                if inflate.unused_data:
                    raise Unsafe(f"{member.name} goes on after its end")
            yield inflate.flush()
        except zlib.error as error:
            raise Unsafe(str(error)) from error

    def _packed(self, member: Member) -> Iterator[bytes]:
        for at in range(member.start, member.end, BLOCK):
            self._file.seek(at)
            yield self._exactly(min(BLOCK, member.end - at))

    def _read_list(self) -> Iterator[Member]:
        at, size, count = self._find_list()
        self._file.seek(at)
        listed = memoryview(self._exactly(size))
        before, total, names = 0, 0, set[str]()
        for member in sorted(self._listed(listed, count), key=lambda one: one.head):
            if member.name in names or member.head < before or member.end > at:
                raise Unsafe(f"{member.name} lies where it must not")
            names.add(member.name)
            before, total = member.end, total + member.size
            yield member
        if total > MAX_BYTES:
            raise Unsafe("too much in it")

    def _find_list(self) -> tuple[int, int, int]:
        """Where the list of members is, its bytes and how many they are."""
        end = self._file.seek(0, SEEK_END)
        tail = max(0, end - _END.size - _LONGEST_COMMENT)
        self._file.seek(tail)
        last = self._exactly(end - tail)
        found = last.rfind(b"PK\5\6")
        if found < 0:
            raise Unsafe("no end")
        _, disk, first, here, count, size, at, comment = _END.unpack_from(last, found)
        if (disk, first, here) != (0, 0, count) or at + size != tail + found:
            raise Unsafe("in parts")
        if found + _END.size + comment != len(last):
            raise Unsafe("more behind its end")
        if count > MAX_MEMBERS or size > MAX_LIST:
            raise Unsafe("too many members")
        return at, size, count

    def _listed(self, listed: memoryview, count: int) -> Iterator[Member]:
        at = 0
        for _ in range(count):
            entry = _Entry(*_ENTRY.unpack_from(listed, at))
            name_at = at + _ENTRY.size
            name_end = name_at + entry.name_length
            yield self._member_of(entry, bytes(listed[name_at:name_end]))
            at = name_end + entry.extra_length + entry.comment_length
        if at != len(listed):
            raise Unsafe("a list of another length")

    def _member_of(self, entry: _Entry, raw: bytes) -> Member:
        name = raw.decode()
        is_plain = entry.signature == b"PK\1\2" and not entry.disk
        if not is_plain or entry.flags & ~_HARMLESS_FLAGS or _STRANGE.search(name):
            raise Unsafe(f"{name} is not plain")
        if entry.made_by >> 8 == _UNIX and not _is_plain_kind(entry.attributes >> 16):
            raise Unsafe(f"{name} is no file")
        is_packed = entry.method == _DEFLATED
        if not is_packed and (entry.method != _STORED or entry.packed != entry.size):
            raise Unsafe(f"{name} is packed in a strange way")
        if entry.size > max(SMALL, MAX_RATIO * entry.packed):
            raise Unsafe(f"{name} unpacks to too much")
        start = self._check_head(entry, raw)
        return Member(name, entry.head, start, entry.packed, entry.size, entry.crc, is_packed)

    def _check_head(self, entry: _Entry, raw: bytes) -> int:
        """Where the bytes of a member begin, whose own header must say what the list does."""
        self._file.seek(entry.head)
        own = _Head(*_HEAD.unpack(self._exactly(_HEAD.size)))
        sizes, listed = own[6:9], (entry.crc, entry.packed, entry.size)
        comes_later = entry.flags & _HAS_SIZES_BEHIND and sizes == (0, 0, 0)
        is_same = (own.flags, own.method) == (entry.flags, entry.method)
        if own.signature != b"PK\3\4" or not (is_same and (comes_later or sizes == listed)):
            raise Unsafe("described in two ways")
        if self._exactly(own.name_length) != raw:
            raise Unsafe("called by two names")
        return entry.head + _HEAD.size + own.name_length + own.extra_length

    def _exactly(self, size: int) -> bytes:
        data = self._file.read(size)
        if len(data) != size:
            raise Unsafe("cut off")
        return data


def _is_plain_kind(mode: int) -> bool:
    """Whether a file's mode is that of a plain file or a folder, or says nothing."""
    return stat.S_IFMT(mode) in {0, stat.S_IFREG, stat.S_IFDIR}
