"""Whether a project's file is whole, without a look at its pictures."""

from __future__ import annotations

from hashlib import sha256
from typing import TYPE_CHECKING, BinaryIO

from app.storage.project.archive import Archive, Unsafe
from app.storage.project.names import RECORD
from app.storage.project.record import read_record

if TYPE_CHECKING:
    from app.storage.project.record import Record

MAX_TEXT = 1 << 24
"""Bytes of a list of layers or a record: ours are much shorter."""


def check_project(file: BinaryIO) -> None:
    """Raise `Unsafe` unless a file of ours is whole, to the last byte that matters."""
    archive = Archive(file)
    check_digests(archive, read_record(archive.read(RECORD, MAX_TEXT)))


def check_members(file: BinaryIO) -> None:
    """Raise `Unsafe` unless all that a file has, whoever wrote it, can be read."""
    archive = Archive(file)
    for name in archive.members:
        for _ in archive.blocks(name):
            pass


def check_digests(archive: Archive, record: Record) -> None:
    """Raise `Unsafe` unless all members are there, no others, and each is what it was."""
    if record.sha256.keys() != archive.members.keys() - {RECORD}:
        raise Unsafe("a member is missing, or one is too many")
    for name, digest in record.sha256.items():
        found = sha256()
        for block in archive.blocks(name):
            found.update(block)
        if found.hexdigest() != digest:
            raise Unsafe(f"{name} is not what it was")
