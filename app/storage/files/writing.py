"""Files that appear whole or not at all, and that a power cut leaves as they were.

Both ways of writing put the bytes under a name of their own in the same folder, sync them, and
only then give them the name that was asked for. An `OSError` leaves as a `StorageError`, and
nothing half-written stays behind.
"""

import errno
import os
import stat
from collections.abc import Callable
from itertools import count
from pathlib import Path

from app.model.errors import StorageError
from app.storage.files.faults import reported
from app.storage.files.placing import keep_previous, place_new, place_over
from app.storage.files.staging import Write, staged, staged_bytes, sweep, sync_folder

PRIVATE = 0o600
"""The mode of the program's own files, whatever the umask."""

DOCUMENT = 0o666
"""The mode of pictures that belong to the artist; the umask narrows it as for any document."""

Check = Callable[[Path], object]
"""Reads a file that is written and has no name yet, and refuses it by raising."""


def write_new(path: Path, data: bytes, *, mode: int = PRIVATE) -> Path:
    """Write a file that was not there before, and return the name that it got.

    When `path` is taken, a number is put before the suffix: `-2`, `-3` and so on. The name
    appears only with complete, synced, verified bytes, and never replaces a file.
    """
    with reported(path):
        with staged_bytes(path.parent, data, mode) as source:
            placed = place_new(source, path)
        sync_folder(path.parent)
    return placed


def write_replace(
    path: Path, data: bytes, *, mode: int = PRIVATE, keep_earlier: bool = False
) -> None:
    """Write the file at `path`, in place of one that is there; readers see the old or the new.

    A file that is there keeps its mode and must be writable; a symlink keeps pointing to it.
    With `keep_earlier` what was there is found at `earlier_of` that file afterwards.
    """
    target = Path(os.path.realpath(path))
    with reported(path):
        kept = _mode_of(target)
        with staged_bytes(target.parent, data, mode) as source:
            if kept is not None:
                source.chmod(kept)
                if keep_earlier:
                    keep_previous(target, earlier_of(target), kept)
            place_over(source, target)
        sync_folder(target.parent)


def earlier_of(path: Path) -> Path:
    """Where `write_replace` keeps what was at `path` before."""
    return path.with_name(path.name + ".bak")


def save_over(path: Path, data: bytes) -> None:
    """Write a document where the artist chose to, having agreed to replace what is there."""
    write_replace(path, data, mode=DOCUMENT)


def write_document(path: Path, write: Write, check: Check, *, keeps_previous: bool) -> None:
    """As `save_over`, for what is too large to be in memory, and only once `check` was content.

    What was there becomes `name~`, if `keeps_previous`; there is never neither.
    """
    target = Path(os.path.realpath(path))
    sweep(target.parent)  # they may be large
    with reported(path):
        kept = _mode_of(target)
        with staged(target.parent, write, DOCUMENT) as source:
            check(source)
            if kept is not None:
                source.chmod(kept)
                if keeps_previous:
                    keep_previous(target, target.with_name(f"{target.name}~"), kept)
            place_over(source, target)
        sync_folder(target.parent)


def write_document_beside(path: Path, write: Write, check: Check) -> Path:
    """As `write_document`, but under a name that was free; the name that it got."""
    with reported(path):
        with staged(path.parent, write, DOCUMENT) as source:
            check(source)
            placed = place_new(source, path)
        sync_folder(path.parent)
    return placed


def move_aside(path: Path, label: str) -> Path:
    """Rename `path` to `stem.label.suffix`, numbered when that is taken; the new name."""
    return move_new(path, path.with_name(f"{path.stem}.{label}{path.suffix}"))


def move_new(source: Path, target: Path) -> Path:
    """Move a file to a name that was free, numbered as in `write_new`; the name that it got."""
    with reported(source):
        moved = place_new(source, target)
        source.unlink(missing_ok=True)
        for folder in {source.parent, target.parent}:
            sync_folder(folder)
    return moved


def move_folder(source: Path, into: Path) -> Path:
    """Move a folder into another one, under a name that was free; where it is then."""
    names = (source.name if number == 1 else f"{source.name}-{number}" for number in count(1))
    target = next(into / name for name in names if not (into / name).exists())
    with reported(source):
        source.rename(target)
        for folder in (source.parent, into):
            sync_folder(folder)
    return target


def private_folder(path: Path) -> Path:
    """Make a folder of the program's own, with its parents, for this user alone."""
    return _folder(path, 0o700)


def document_folder(path: Path) -> Path:
    """Make a folder for the artist's pictures, with its parents."""
    return _folder(path, 0o777)


def _folder(path: Path, mode: int) -> Path:
    with reported(path):
        missing = [folder for folder in (path, *path.parents) if not folder.is_dir()]
        try:
            for folder in reversed(missing):
                folder.mkdir(mode, exist_ok=True)
                sync_folder(folder.parent)
        except (FileExistsError, FileNotFoundError, NotADirectoryError) as error:
            # A file is in the way, or a place like /proc, where nothing can be made.
            raise StorageError("no_folder", path, str(error)) from error
    return path


def _mode_of(target: Path) -> int | None:
    try:
        mode = stat.S_IMODE(target.stat().st_mode)
    except FileNotFoundError:
        return None
    if not os.access(target, os.W_OK):
        raise PermissionError(errno.EACCES, os.strerror(errno.EACCES))
    return mode
