"""A project: what is open as one file, the picture with its mask and all that was chosen for it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from app.model.picture import Picture, Plane

SUFFIX = ".ora"

Report = Callable[[float], None]
"""Is told how much of a file is written, 0…1, in the thread that writes."""


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class Project:
    """A picture, a mask of its size, and the parameters as plain values; None where none are known.

    The mask is read-only and nobody's but this record's.
    """

    picture: Picture
    mask: Plane
    parameters: Mapping[str, Any] | None = None


@dataclass(frozen=True, slots=True)
class FileMark:
    """What tells whether a file is still the one it was; of the same facts, it is."""

    facts: tuple[int, ...]
    sha256: str


@dataclass(frozen=True, slots=True)
class Kept:
    """Where a project is on disk, and what its file was like then."""

    path: Path
    mark: FileMark


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class OpenedProject:
    """A project as it came from the file at `path`.

    `kept` is None where saving must not go back to that file: it was made by a newer version or
    by another program, whose layers would be lost, or it is what was left of a damaged one.
    `notices` name what there is to tell: `newer`, `previous`, `flattened`, `blended`, `mask_layer`,
    `no_mask`.
    """

    project: Project
    path: Path
    kept: Kept | None
    notices: tuple[str, ...] = ()
