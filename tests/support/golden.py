"""What is true of a click however the picture is shown, found without the canvas's own means."""

from math import cos, radians, sin
from typing import Any

import numpy as np

from app.canvas.view import View
from app.model.brush import Brush, Sample
from app.model.geometry import Size
from app.model.mask import Mask
from app.model.picture import Plane
from app.model.stroke import Stroke


def shown_at(view: View, x: Any, y: Any) -> tuple[Any, Any]:
    """The places of the picture in the middle of device pixels, by trigonometry alone."""
    along, beside = cos(radians(view.angle)), sin(radians(view.angle))
    if view.angle % 90 == 0:  # where places that lie between two stamps must not slip
        along, beside = round(along), round(beside)
    dx, dy = x + 0.5 - view.left, y + 0.5 - view.top
    across, down = along * dx + beside * dy, along * dy - beside * dx
    return (-across if view.mirrored else across) / view.zoom, down / view.zoom


def dabbed(size: Size, brush: Brush, view: View, x: int, y: int) -> Plane:
    """A mask on which a brush was set down at a device pixel."""
    mask = Mask(size)
    stroke = Stroke(mask, brush)
    stroke.extend(Sample(*shown_at(view, x, y)))
    stroke.finish()
    return mask.plane


def window_of(view: View) -> tuple[Plane, Plane]:
    """The places of the picture that each of the window's device pixels shows."""
    rows, columns = np.mgrid[: view.window.height, : view.window.width]
    return shown_at(view, columns, rows)
