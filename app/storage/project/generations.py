"""The file of a project and the one before it, which is opened when that is damaged."""

from __future__ import annotations

import os
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from app.model.errors import NoRoom, PictureError
from app.model.project import SUFFIX, OpenedProject

if TYPE_CHECKING:
    from collections.abc import Callable

    from app.model.picture import Picture

_DAMAGED = {"not_a_picture", "unsupported", "damaged", "empty"}
"""What a file is found to be of which not even the beginning is a project's any more."""


def previous_of(path: Path) -> Path:
    """Where the generation before the file at `path` is kept."""
    target = Path(os.path.realpath(path))
    return target.with_name(f"{target.name}~")


def or_last_good(
    path: Path, read: Callable[[Path], Picture | OpenedProject]
) -> Picture | OpenedProject:
    """What `read` finds at `path`, or where a project is damaged, what was kept of it before."""
    try:
        return read(path)
    except NoRoom:
        raise
    except PictureError as refusal:
        is_named_so = path.suffix.lower() == SUFFIX and refusal.kind in _DAMAGED
        if refusal.kind != "project" and not is_named_so:
            raise
        return _last_good(path, read, refusal)


def _last_good(
    path: Path, read: Callable[[Path], Picture | OpenedProject], refusal: PictureError
) -> OpenedProject:
    try:
        found = read(previous_of(path))
    except PictureError as error:
        raise refusal from error
    if not isinstance(found, OpenedProject):
        raise refusal
    return replace(found, kept=None, notices=("previous", *found.notices))
