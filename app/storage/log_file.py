"""A log file for this user alone that keeps to its size and is never in anybody's way."""

import logging
import os
from contextlib import suppress
from pathlib import Path

from app.storage.files.writing import PRIVATE, private_folder

MOST_BYTES = 1_000_000
KEPT = 5


class LogFile(logging.Handler):
    """Appends to `path`; a full file becomes `path.1`, that `path.2`, and so on up to `kept` files.

    It raises nothing and says nothing: on a full disk, entries are dropped. Several processes may
    write to one file.
    """

    def __init__(self, path: Path, most_bytes: int = MOST_BYTES, kept: int = KEPT) -> None:
        super().__init__()
        self._path = path
        self._most_bytes = most_bytes
        self._kept = kept
        self._descriptor: int | None = None

    def own_folder(self) -> Path:
        """The folder of the file, made if it is not there; raises `StorageError`."""
        if not self._path.parent.is_dir():
            private_folder(self._path.parent)
        return self._path.parent

    def emit(self, record: logging.LogRecord) -> None:
        try:
            self._write(f"{self.format(record)}\n".encode("utf-8", "backslashreplace"))
        except Exception:  # noqa: BLE001 - no entry is worth an exception where it was made
            self._release()

    def tail(self, most: int) -> list[str]:
        """The last lines, at most `most`."""
        lines: list[str] = []
        for number in range(self._kept):
            with suppress(OSError):
                older = self._numbered(number).read_text("utf-8", "replace").splitlines()
                lines = [*older[-(most - len(lines)) :], *lines]
            if len(lines) >= most:
                break
        return lines

    def close(self) -> None:
        self.acquire()
        self._release()
        self.release()
        super().close()

    def _write(self, data: bytes) -> None:
        descriptor = self._opened()
        if os.fstat(descriptor).st_size + len(data) > self._most_bytes:
            descriptor = self._turned(descriptor)
        os.write(descriptor, data)

    def _opened(self) -> int:
        if self._descriptor is None:
            self.own_folder()
            flags = os.O_CREAT | os.O_APPEND | os.O_WRONLY
            self._descriptor = os.open(self._path, flags, PRIVATE)
        return self._descriptor

    def _turned(self, full: int) -> int:
        """A new file, unless another process has already begun one."""
        is_ours = os.path.samestat(os.fstat(full), self._path.stat())
        self._release()
        if is_ours:
            for number in range(self._kept - 1, 0, -1):
                with suppress(FileNotFoundError):
                    self._numbered(number - 1).replace(self._numbered(number))
        return self._opened()

    def _numbered(self, number: int) -> Path:
        return self._path.with_name(f"{self._path.name}.{number}") if number else self._path

    def _release(self) -> None:
        if self._descriptor is not None:
            descriptor, self._descriptor = self._descriptor, None
            with suppress(OSError):
                os.close(descriptor)
