"""The key of all tests that send one, made anew for each run: it must never be found anywhere.

`tests/conftest.py` looks for it after each test in what was printed and logged, and at the end in
every file that the run has left.
"""

import mmap
import secrets
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

KEY = f"sk-canary-{secrets.token_hex(16)}"


def files_with_key(*folders: Path, key: str = KEY) -> list[Path]:
    """The files below `folders` that hold `key`."""
    files = (path for folder in folders for path in _files(folder))
    return [path for path in files if _holds(path, key.encode())]


def _files(folder: Path) -> Iterator[Path]:
    for path in folder.rglob("*"):
        with suppress(OSError):  # gone meanwhile, or a link that goes round in a circle
            if path.is_file() and not path.is_symlink():
                yield path


def _holds(path: Path, key: bytes) -> bool:
    with suppress(FileNotFoundError), path.open("rb") as file:
        if path.stat().st_size == 0:
            return False
        with mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as data:
            return data.find(key) >= 0
    return False
