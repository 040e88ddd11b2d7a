"""A mask that is kept while it is painted: as a line in a list, and as work to go on with."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime
    from pathlib import Path

    from app.model.geometry import Size
    from app.model.picture import Picture, Plane


@dataclass(frozen=True, slots=True)
class Source:
    """The picture that a mask belongs to, and its file as it was when the picture was opened.

    `path` is None for a picture that was pasted; `nbytes` and `modified_ns` tell whether the file
    is still the same.
    """

    name: str
    path: Path | None = None
    nbytes: int = 0
    modified_ns: int = 0


@dataclass(frozen=True, slots=True)
class Autosaved:
    """A mask that can be gone on with, as far as its folder tells.

    `is_declined`: the artist was asked once and said "not now". `was_cut_off`: the program that
    kept it did not end in good order.
    """

    folder: Path
    source: Source
    size: Size
    changed: datetime
    nbytes: int
    is_declined: bool = False
    was_cut_off: bool = False


@dataclass(frozen=True, slots=True, eq=False)
class Glimpse:
    """How such work looks in a list: the picture small, None if nobody knows, and the mask."""

    picture: Picture | None
    mask: Plane


@dataclass(frozen=True, slots=True, eq=False)
class Work:
    """What to go on with: the mask exactly as it was, and what was chosen in the panel.

    `picture` is None when it is gone, or has another size; `is_same` when its file did not change.
    """

    mask: Plane
    parameters: Mapping[str, Any]
    picture: Picture | None
    is_same: bool
