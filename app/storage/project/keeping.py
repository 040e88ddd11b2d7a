"""Project files on disk: opened, saved, and what was there before kept beside them.

Invariants. A file is replaced only by one that was read back and found whole, in one step, and
after what was there has become `name~`; so there is never neither. A sound `name~` is not given
up for a damaged file. What another program changed is not replaced unasked. What cannot be read
whole is not opened, not even in part.
"""

from __future__ import annotations

import os
from contextlib import contextmanager
from dataclasses import replace
from hashlib import file_digest
from pathlib import Path
from typing import TYPE_CHECKING
from zipfile import LargeZipFile

from app.model.errors import NoRoom, PictureError, StorageError
from app.model.project import SUFFIX, FileMark, Kept, OpenedProject
from app.storage.files.faults import reported
from app.storage.files.writing import write_document, write_document_beside
from app.storage.pictures.sniff import HEAD_BYTES, PROJECT, kind_of
from app.storage.project.archive import Unsafe
from app.storage.project.reading import check_members, check_project, read_project
from app.storage.project.writing import write_project

if TYPE_CHECKING:
    from collections.abc import Iterator
    from io import BufferedReader

    from app.model.project import Project, Report
    from app.storage.pictures.originals import Decode

_MAY_BE_ONE = {"unsupported", "not_a_picture", "damaged", "empty"}
_OPEN_FLAGS = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)


def open_instead(path: Path, refusal: PictureError, decode: Decode) -> OpenedProject:
    """The project in a file that was refused as a picture, or its last good generation.

    The pictures in it are read by `decode`. Raises `refusal` where there is neither.
    """
    if refusal.kind not in _MAY_BE_ONE:
        raise refusal
    if _is_project(path):
        try:
            return _opened(path, decode)
        except NoRoom:
            raise
        except PictureError as error:
            refusal = error
    elif path.suffix.lower() != SUFFIX:
        raise refusal
    return _last_good(path, refusal, decode)


def save_project(
    path: Path, project: Project, known: FileMark | None, report: Report = lambda _: None
) -> Kept:
    """Write a project in place of what is at `path`, which becomes `name~`.

    With `known`, a file that is another one by now is left: the error is of the kind `changed`.
    """
    _check_name(path)
    _check_known(path, known)
    marks: list[FileMark] = []

    def check(staged: Path) -> None:
        marks.append(_checked(staged, path))
        _check_known(path, known)

    with _fitting(path):
        write_document(
            path,
            lambda file: write_project(file, project, report),
            check,
            keeps_previous=_may_give_up_previous(path),
        )
    return Kept(path, marks[0])


def save_beside(path: Path, project: Project, report: Report = lambda _: None) -> Kept:
    """Write a project under the first free name like `path`."""
    _check_name(path)
    marks: list[FileMark] = []
    with _fitting(path):
        placed = write_document_beside(
            path,
            lambda file: write_project(file, project, report),
            lambda staged: marks.append(_checked(staged, path)),
        )
    return Kept(placed, marks[0])


def previous_of(path: Path) -> Path:
    """Where the generation before the file at `path` is kept."""
    target = Path(os.path.realpath(path))
    return target.with_name(f"{target.name}~")


def _opened(path: Path, decode: Decode) -> OpenedProject:
    with _read(path) as file:
        try:
            found = read_project(file, path.name, decode)
            kept = Kept(path, _mark_of(file)) if found.is_ours else None
        except Unsafe as error:
            raise PictureError("project", path, str(error)[:200]) from error
        except NoRoom as error:
            raise NoRoom(path, error.size, error.needed, error.free) from error
        except (OSError, MemoryError) as error:
            raise PictureError("damaged", path, str(error)) from error
    return OpenedProject(project=found.project, path=path, kept=kept, notices=found.notices)


def _last_good(path: Path, refusal: PictureError, decode: Decode) -> OpenedProject:
    previous = previous_of(path)
    if not _is_project(previous):
        raise refusal
    try:
        found = _opened(previous, decode)
    except PictureError as error:
        raise refusal from error
    return replace(found, kept=None, notices=("previous", *found.notices))


def _is_project(path: Path) -> bool:
    try:
        with _read(path) as file:
            return kind_of(file.read(HEAD_BYTES)) == PROJECT
    except OSError:
        return False


def _is_whole(path: Path) -> bool:
    try:
        with _read(path) as file:
            check_members(file)
    except (OSError, Unsafe):
        return False
    return True


def _may_give_up_previous(path: Path) -> bool:
    """Whether what is at `path` is worth no less than the generation before it."""
    previous = previous_of(path)
    return not previous.exists() or _is_whole(path) or not _is_whole(previous)


def _checked(staged: Path, path: Path) -> FileMark:
    """Read back what was written; its mark, which it keeps when it gets its name."""
    with _read(staged) as file:
        try:
            check_project(file)
        except Unsafe as error:
            raise StorageError("other", path, f"reads back otherwise: {error}") from error
        return _mark_of(file)


def _check_name(path: Path) -> None:
    if path.suffix.lower() != SUFFIX:
        raise StorageError("project_format", path)


def _check_known(path: Path, known: FileMark | None) -> None:
    if known is None or not path.exists():
        return
    with reported(path), _read(path) as file:
        if _facts_of(file) != known.facts and _mark_of(file).sha256 != known.sha256:
            raise StorageError("changed", path)


def _mark_of(file: BufferedReader) -> FileMark:
    file.seek(0)
    return FileMark(_facts_of(file), file_digest(file, "sha256").hexdigest())


def _facts_of(file: BufferedReader) -> tuple[int, ...]:
    facts = os.fstat(file.fileno())
    return facts.st_ino, facts.st_size, facts.st_mtime_ns


def _read(path: Path) -> BufferedReader:
    """Open a file without waiting for the writer of a pipe."""
    return open(path, "rb", opener=lambda name, _: os.open(name, _OPEN_FLAGS))


@contextmanager
def _fitting(path: Path) -> Iterator[None]:
    """A zip file as every program reads it holds 2 GiB."""
    try:
        yield
    except (LargeZipFile, RuntimeError) as error:
        raise StorageError("too_large", path, str(error)) from error
