"""Project files on disk: saved, and what was there before kept beside them.

Invariants. A file is replaced only by one that was read back and found whole, in one step, and
after what was there has become `name~`; so there is never neither. A sound `name~` is not given
up for a damaged file. What another program changed is not replaced unasked.

What is read here is what was written here a moment ago; what was there before may be anyone's,
and is judged elsewhere.
"""

from __future__ import annotations

import os
from contextlib import contextmanager
from typing import TYPE_CHECKING
from zipfile import LargeZipFile

from app.model.errors import StorageError
from app.model.project import SUFFIX, FileMark, Kept
from app.storage.files.faults import reported
from app.storage.files.writing import write_document, write_document_beside
from app.storage.project.archive import Unsafe
from app.storage.project.checking import check_project
from app.storage.project.generations import previous_of
from app.storage.project.marks import facts_of, mark_of
from app.storage.project.writing import write_project

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from io import BufferedReader
    from pathlib import Path

    from app.model.project import Project, Report

_OPEN_FLAGS = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)


class ProjectStore:
    """Writes projects; `is_whole` tells of any file whether all that it has can be read."""

    def __init__(self, is_whole: Callable[[Path], bool]) -> None:
        self._is_whole = is_whole

    def save_project(
        self,
        path: Path,
        project: Project,
        known: FileMark | None,
        report: Report = lambda _: None,
    ) -> Kept:
        """Write a project in place of what is at `path`, which becomes `name~`.

        With `known`, a file that is another one by now is left: the error is of the kind
        `changed`.
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
                keeps_previous=self._may_give_up_previous(path),
            )
        return Kept(path, marks[0])

    def save_beside(self, path: Path, project: Project, report: Report = lambda _: None) -> Kept:
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

    def _may_give_up_previous(self, path: Path) -> bool:
        """Whether what is at `path` is worth no less than the generation before it."""
        previous = previous_of(path)
        return not previous.exists() or self._is_whole(path) or not self._is_whole(previous)


def _checked(staged: Path, path: Path) -> FileMark:
    """Read back what was written; its mark, which it keeps when it gets its name."""
    with _read(staged) as file:
        try:
            check_project(file)
        except Unsafe as error:
            raise StorageError("other", path, f"reads back otherwise: {error}") from error
        return mark_of(file)


def _check_name(path: Path) -> None:
    if path.suffix.lower() != SUFFIX:
        raise StorageError("project_format", path)


def _check_known(path: Path, known: FileMark | None) -> None:
    if known is None or not path.exists():
        return
    with reported(path), _read(path) as file:
        if facts_of(file) != known.facts and mark_of(file).sha256 != known.sha256:
            raise StorageError("changed", path)


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
