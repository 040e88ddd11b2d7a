"""What the program keeps in its own folders, and how much room that takes. Nothing is changed."""

import os
import re
from collections.abc import Iterable, Iterator
from contextlib import suppress
from pathlib import Path

from app.model.holding import Holding
from app.storage.autosave.store import TRASH
from app.storage.folders import Folders, aside_folder, pictures_folder

_RECORD = "journal.sqlite"


def holdings(folders: Folders) -> tuple[Holding, ...]:
    """All that is kept, kind by kind. Looks at every file, and so takes a moment."""
    data, autosave = folders.data, folders.autosave
    deleted, aside = autosave / TRASH, aside_folder(data)
    masks = (path for path in _inside(autosave) if path != deleted)
    record = (path for path in _inside(data) if path.name.startswith(_RECORD))
    damaged = [*_damaged(data, "journal"), *_damaged(folders.config, "settings")]
    return (
        _holding("jobs", folders.jobs, [folders.jobs]),
        _holding("pictures", pictures_folder(data), [pictures_folder(data)]),
        _holding("masks", autosave, masks),
        _holding("deleted", deleted, [deleted]),
        _holding("record", data, [*record, data / "backups"]),
        _holding("aside", aside if aside.is_dir() else data, [aside, *damaged]),
        _holding("log", folders.log, [folders.log]),
    )


def nbytes_of(path: Path) -> int:
    """What a file takes, or all in a folder; what is gone or may not be looked at takes nothing."""
    with suppress(OSError):
        if not path.is_dir():
            return path.stat().st_size
        with os.scandir(path) as entries:
            return sum(_size(entry) for entry in entries)
    return 0


def _size(entry: os.DirEntry[str]) -> int:
    try:
        if entry.is_dir(follow_symlinks=False):
            return nbytes_of(Path(entry.path))
        return entry.stat(follow_symlinks=False).st_size
    except OSError:
        return 0


def _holding(kind: str, folder: Path, paths: Iterable[Path]) -> Holding:
    return Holding(kind=kind, folder=folder, nbytes=sum(map(nbytes_of, paths)))


def _inside(folder: Path) -> Iterator[Path]:
    with suppress(OSError):
        yield from folder.iterdir()


def _damaged(folder: Path, stem: str) -> Iterator[Path]:
    """What was moved aside, under a name like `stem.damaged-20260314-150926.json`."""
    aside = re.compile(rf"{stem}\.[a-z]+-\d{{8}}-\d{{6}}.*")
    return (path for path in _inside(folder) if aside.fullmatch(path.name))
