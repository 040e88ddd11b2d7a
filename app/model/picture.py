"""A picture in memory: the colours that are shown and sent, and its alpha if it has one."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, TypeAlias

from app.model.geometry import Size

if TYPE_CHECKING:
    from pathlib import Path

    import numpy as np
    from numpy.typing import NDArray

# In quotes, as much of the program speaks of pictures before it needs numpy.
Plane: TypeAlias = "NDArray[np.uint8]"
"""An array of bytes: rows, columns and, where it has more than one, channels."""


@dataclass(frozen=True, slots=True, weakref_slot=True, eq=False, kw_only=True)
class Picture:
    """Upright sRGB pixels, 8 bits a channel, never changed after they were made.

    `pixels` is C-contiguous, shape (height, width, 4), in the byte order blue, green, red, 255:
    a screen's own order, so that it is shown without a copy. Colours are not premultiplied.
    `alpha`, shape (height, width), is None for an opaque picture. `path` is the file it came
    from. `notices` names what was changed on the way in (`converted_cmyk`, `first_frame`, …).
    """

    pixels: Plane
    alpha: Plane | None = None
    name: str = ""
    path: Path | None = None
    notices: tuple[str, ...] = field(default=())

    def __post_init__(self) -> None:
        height, width, channels = self.pixels.shape
        assert channels == 4
        assert height
        assert width
        assert self.pixels.flags.c_contiguous
        self.pixels.setflags(write=False)
        if self.alpha is not None:
            assert self.alpha.shape == (height, width)
            self.alpha.setflags(write=False)

    @property
    def size(self) -> Size:
        height, width = self.pixels.shape[:2]
        return Size(width, height)

    @property
    def rgb(self) -> Plane:
        """A view of the colours as red, green, blue; shape (height, width, 3), not contiguous."""
        return self.pixels[:, :, 2::-1]
