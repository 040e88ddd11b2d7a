"""What is kept of the picture below a mask: where it is, itself small, and a copy if it is nowhere.

Both files are written in a thread of their own: of a large picture that takes seconds, and strokes
are kept meanwhile.
"""

from __future__ import annotations

from contextlib import suppress
from threading import Thread
from typing import TYPE_CHECKING

import numpy as np

from app.model.autosave import Source
from app.model.errors import StorageError
from app.model.geometry import EMPTY
from app.model.picture import Picture
from app.model.png import encode_picture
from app.model.thumbnail import thumbnail
from app.storage.files.writing import write_replace

if TYPE_CHECKING:
    from pathlib import Path

_ROUGH = 1024
"""About the longer side of what a thumbnail is made from."""


class KeptPicture:
    """One picture of those that a mask lay on, told apart by their `number`."""

    def __init__(self, picture: Picture, number: int = 1) -> None:
        self.number = number
        self.source = source_of(picture)
        self._picture = picture
        self._keeping: Thread | None = None

    def followed_by(self, picture: Picture) -> KeptPicture:
        """The next picture below the same mask."""
        return KeptPicture(picture, self.number + 1)

    def keep(self, folder: Path) -> None:
        """Begin to write what is not there yet; what fails is tried again when this is called."""
        if self._keeping is None or not self._keeping.is_alive():
            self._keeping = Thread(target=self._keep, args=(folder,), name="picture", daemon=True)
            self._keeping.start()

    def settle(self) -> None:
        """Wait until what is being written is there: the folder is to be gone for good."""
        if self._keeping is not None:
            self._keeping.join()

    def _keep(self, folder: Path) -> None:
        # That it fails is told where the mask is written, which then fails too.
        with suppress(StorageError):
            small, copy = thumbnail_file(folder, self.number), copy_file(folder, self.number)
            if not small.exists():
                write_replace(small, encode_picture(_small(self._picture)))
            if self.source.path is None and not copy.exists():
                write_replace(copy, encode_picture(self._picture))


def source_of(picture: Picture) -> Source:
    """Where a picture came from, and its file as it is now."""
    if picture.path is None:
        return Source(picture.name)
    try:
        facts = picture.path.stat()
    except OSError:
        return Source(picture.name, picture.path)
    return Source(picture.name, picture.path.absolute(), facts.st_size, facts.st_mtime_ns)


def thumbnail_file(folder: Path, number: int) -> Path:
    return folder / f"thumbnail-{number}.png"


def copy_file(folder: Path, number: int) -> Path:
    return folder / f"picture-{number}.png"


def _small(picture: Picture) -> Picture:
    step = max(1, picture.size.longest // _ROUGH)
    rough = Picture(pixels=np.ascontiguousarray(picture.pixels[::step, ::step]))
    return Picture(pixels=thumbnail(rough, EMPTY))
