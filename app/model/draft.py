"""What can be shown of a picture while it is still being read."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from app.model.geometry import Size
    from app.model.picture import Picture


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class Draft:
    """The upright `size` that a picture will have, and a small one that looks like it.

    `picture` is None while nothing is known but the size; what is not read yet is transparent.
    """

    size: Size
    picture: Picture | None = None


Watch = Callable[[Draft], None]
"""Is told of drafts, each better than the one before, in the thread that reads."""
