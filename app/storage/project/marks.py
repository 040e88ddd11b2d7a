"""What tells whether the file of a project is still the one that was read or written."""

from __future__ import annotations

import os
from functools import partial
from hashlib import sha256
from typing import BinaryIO

from app.model.project import FileMark

_BLOCK = 1 << 18


def mark_of(file: BinaryIO) -> FileMark:
    """The mark of an open file, all of which is read for it."""
    digest = sha256()
    file.seek(0)
    for block in iter(partial(file.read, _BLOCK), b""):
        digest.update(block)
    return FileMark(facts_of(file), digest.hexdigest())


def facts_of(file: BinaryIO) -> tuple[int, ...]:
    """What the disk knows of an open file: cheap, and another after any change."""
    facts = os.fstat(file.fileno())
    return facts.st_ino, facts.st_size, facts.st_mtime_ns
