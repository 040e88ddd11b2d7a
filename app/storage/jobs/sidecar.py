"""Small records in a job's folder: JSON that shows when a bit of it is not as it was written."""

import hashlib
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from app.model.errors import StorageError
from app.storage.files.faults import reported

VERSION = 2

_SEAL = "sha256"


def sealed(facts: Mapping[str, Any]) -> bytes:
    """`facts` as the bytes of a file, with their checksum."""
    told = {"version": VERSION, **facts}
    return json.dumps({**told, _SEAL: _checksum(told)}, indent=2).encode("ascii")


def unsealed(data: bytes) -> dict[str, Any]:
    """What `sealed` was told; raises `ValueError` when that cannot be sure.

    Records of version 1 had no checksum yet.
    """
    try:
        facts = json.loads(data)
    except RecursionError as error:
        raise ValueError("nested too deeply") from error
    if not isinstance(facts, dict):
        raise ValueError("not a record")
    seal = facts.pop(_SEAL, None)
    is_whole = facts.get("version") == 1 if seal is None else seal == _checksum(facts)
    if not is_whole:
        raise ValueError("not as it was written")
    return facts


def read_sealed(path: Path) -> dict[str, Any]:
    """The record in the file at `path`; a `StorageError` when that is missing or damaged."""
    with reported(path):
        data = path.read_bytes()
    try:
        return unsealed(data)
    except ValueError as error:
        raise StorageError("damaged", path, str(error)) from error


def checksum(data: bytes) -> str:
    """The SHA-256 of `data` as hex digits."""
    return hashlib.sha256(data).hexdigest()


def measured(path: Path) -> tuple[str, int]:
    """The checksum and the size in bytes of the file at `path`, as it is on the disk.

    One that is empty, or that changes while it is read, is a damaged one.
    """
    with reported(path), path.open("rb") as file:
        found = hashlib.file_digest(file, "sha256").hexdigest(), file.tell()
        if not found[1] or found[1] != path.stat().st_size:
            raise StorageError("damaged", path)
    return found


def _checksum(facts: Mapping[str, Any]) -> str:
    return checksum(json.dumps(facts, sort_keys=True).encode("ascii"))
