"""The pictures that jobs were made from, whole, where a job itself sends less than that.

Each is kept once, however many jobs it has, in a file that is named by the hash of its bytes, and
that tells by its time when a job was last made from it. Nothing goes unless it is told to.
"""

import os
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from threading import Lock
from weakref import WeakKeyDictionary

from app.model.errors import StorageError
from app.model.picture import Picture
from app.model.png import encode_picture
from app.storage.files.faults import reported
from app.storage.files.writing import private_folder, write_replace
from app.storage.jobs.sidecar import checksum
from app.storage.pictures.originals import Decode, own_file
from app.storage.pictures.sniff import suffix_of


class WholePictures:
    """The pictures in `folder`; `decode` reads their bytes. Blocks; any thread may ask."""

    def __init__(self, folder: Path, decode: Decode) -> None:
        self._folder = folder
        self._decode = decode
        self._names: WeakKeyDictionary[Picture, str] = WeakKeyDictionary()
        self._lock = Lock()

    def keep(self, picture: Picture) -> str:
        """Keep `picture`, on disk when this returns; the name to read it by.

        Costs nothing for one that is kept already.
        """
        with self._lock:
            name = self._names.get(picture)
            if name is None or not (self._folder / name).is_file():
                name = self._names[picture] = self._write(picture)
            with reported(self._folder / name):
                os.utime(self._folder / name)  # nobody names it yet, and it must not go now
            return name

    def load(self, name: str) -> Picture:
        """The picture that was kept; a `StorageError` when its file is missing or damaged."""
        return self._decode(self._read(name))

    def unneeded(self, named: frozenset[str], before: datetime) -> list[Path]:
        """The files that no job names, and that none was made from since `before`."""
        if not self._folder.is_dir():
            return []
        with reported(self._folder):
            files = [path for path in sorted(self._folder.iterdir()) if path.is_file()]
            last = before.timestamp()
            return [
                path for path in files if path.name not in named and path.stat().st_mtime < last
            ]

    def forget(
        self, named: frozenset[str], before: datetime, remove: Callable[[Path], object]
    ) -> None:
        """Let `remove` take what is `unneeded`; meanwhile none is kept."""
        with self._lock:
            for path in self.unneeded(named, before):
                remove(path)

    def _read(self, name: str) -> bytes:
        path = self._folder / name
        with reported(path):
            data = path.read_bytes()
        if checksum(data) != path.stem:
            raise StorageError("damaged", path)
        return data

    def _write(self, picture: Picture) -> str:
        data = own_file(picture, self._decode) or encode_picture(picture)
        name = checksum(data) + suffix_of(data)
        if not self._has(name):
            write_replace(private_folder(self._folder) / name, data)
        return name

    def _has(self, name: str) -> bool:
        try:
            self._read(name)
        except StorageError:
            return False
        return True
