"""All masks that were kept unasked: listed, read, declined, thrown away and brought back.

Nothing that was painted is deleted unasked: it is put away, where it stays for a time that the
artist is told. What a running program writes into is neither listed nor touched (`lock`).
"""

from __future__ import annotations

import os
import shutil
import time
from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
from PIL import Image

from app.model.autosave import Glimpse, Work
from app.model.errors import PictureError, StorageError
from app.model.geometry import Size
from app.storage.autosave import lock
from app.storage.autosave.picture import copy_file, source_of, thumbnail_file
from app.storage.autosave.reading import DECLINED, listed, read
from app.storage.files.faults import reported
from app.storage.files.staging import sync_folder
from app.storage.files.writing import private_folder, write_replace

if TYPE_CHECKING:
    from pathlib import Path

    from app.model.autosave import Autosaved, Source
    from app.model.picture import Picture
    from app.storage.autosave.state import State

Load = Callable[["Path"], "Picture"]
"""Reads a picture file; raises `PictureError`."""

TRASH = "trash"
KEPT_DELETED_DAYS = 30
"""How long what was thrown away can be brought back."""

THUMBNAIL = Size(192, 128)

_DAY_S = 24 * 3600.0


class Autosaves:
    """What lies in the folder `root`; `load` reads the pictures that it is about.

    All methods block and may raise `StorageError`.
    """

    days = KEPT_DELETED_DAYS

    def __init__(self, root: Path, load: Load) -> None:
        self._root = root
        self._load = load

    def kept(self) -> list[Autosaved]:
        """What can be gone on with, the latest first."""
        return _listed(self._root)

    def deleted(self) -> list[Autosaved]:
        """What was thrown away and is still there, the latest first."""
        return _listed(self._root / TRASH)

    def glimpse(self, kept: Autosaved) -> Glimpse:
        """What a list shows of it."""
        state, mask = read(kept.folder)
        image = Image.fromarray(mask)
        image.thumbnail(THUMBNAIL, Image.Resampling.BOX)
        try:
            picture = self._load(thumbnail_file(kept.folder, state.picture))
        except PictureError:
            picture = None
        return Glimpse(picture, np.array(image))

    def work(self, kept: Autosaved, opened: Picture | None = None) -> Work:
        """What to go on with; `opened` is a picture at hand, perhaps the one that is needed."""
        state, mask = read(kept.folder)
        picture = _picture(kept.folder, state, opened, self._load)
        if picture is not None and picture.size != state.size:
            picture = None  # another one has its name by now
        is_same = picture is not None and _is_same(state.source)
        return Work(mask, state.parameters, picture, is_same)

    def decline(self, kept: Autosaved) -> None:
        """Do not offer it at the start any more."""
        write_replace(kept.folder / DECLINED, b"")

    def delete(self, kept: Autosaved) -> None:
        """Put it away, for a while."""
        put_away(kept.folder)

    def bring_back(self, kept: Autosaved) -> None:
        """Undo `delete`; takes what was listed before or after it."""
        _move(self._root / TRASH / kept.folder.name, self._root / kept.folder.name)

    def clean_up(self) -> None:
        """Delete for good what was thrown away long ago."""
        with reported(self._root):
            for folder in _folders(self._root / TRASH):
                if time.time() - folder.stat().st_mtime > KEPT_DELETED_DAYS * _DAY_S:
                    shutil.rmtree(folder, ignore_errors=True)


def put_away(folder: Path) -> None:
    """Move a folder to the trash beside it."""
    trash = private_folder(folder.parent / TRASH)
    _move(folder, trash / folder.name)
    with reported(folder):
        os.utime(trash / folder.name)  # from now on its days are counted


def _move(source: Path, target: Path) -> None:
    with reported(source):
        source.rename(target)
        for folder in (target.parent, source.parent):
            sync_folder(folder)


def _listed(root: Path) -> list[Autosaved]:
    found = []
    with reported(root):
        for folder in _folders(root):
            try:
                kept = None if lock.is_held(folder) else listed(folder)
            except StorageError:
                continue  # it was moved away just now
            if kept is not None:
                found.append(kept)
    return sorted(found, key=lambda kept: kept.changed, reverse=True)


def _folders(root: Path) -> list[Path]:
    if not root.is_dir():
        return []
    return [path for path in root.iterdir() if path.is_dir() and path.name != TRASH]


def _picture(folder: Path, state: State, opened: Picture | None, load: Load) -> Picture | None:
    """The picture that the mask lay on, from wherever it is still to be had."""
    source = state.source
    if opened is not None and source.path is not None and source_of(opened) == source:
        return opened
    try:
        if source.path is not None:
            return load(source.path)
        return replace(load(copy_file(folder, state.picture)), name=source.name, path=None)
    except PictureError:
        return None


def _is_same(source: Source) -> bool:
    """Whether the picture's file is still as it was."""
    if source.path is None:
        return True
    try:
        facts = source.path.stat()
    except OSError:
        return False
    return (facts.st_size, facts.st_mtime_ns) == (source.nbytes, source.modified_ns)
