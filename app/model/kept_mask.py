"""A mask that is kept by name, and how it looks in a list."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import unquote

if TYPE_CHECKING:
    from datetime import datetime
    from pathlib import Path

    from app.model.geometry import Size
    from app.model.picture import Plane


@dataclass(frozen=True, slots=True)
class KeptMask:
    """A mask in the library, as far as its folder tells."""

    path: Path
    saved: datetime

    @property
    def name(self) -> str:
        """As it was given; the file's name spells some signs as %2F does."""
        return unquote(self.path.stem)


@dataclass(frozen=True, slots=True, eq=False)
class Glance:
    """A kept mask at a glance: its size, and itself small."""

    size: Size
    small: Plane
