"""An order becomes pictures, one variant after another. Runs in a worker process."""

from collections.abc import Callable

import numpy as np

from app.contract.parameters import Parameters
from app.engine import pictures
from app.engine.filler import CannotFill, Filler
from app.engine.holes import grown, plane
from app.model.composite import blend, soft_mask
from app.model.geometry import Rect, Size
from app.model.picture import Plane
from app.model.region import redrawn_box
from app.worker.frames import Frame

_VISIBLE = 4
"""Weights up to this are too faint to see and not worth looking for pixels."""

_OVERLAP = 2
"""The hole reaches this many pixels past the mask, as its rim often shows a trace of what goes."""

_MIN_CONTEXT = 256
"""Least surroundings to copy from when the whole picture counts. What lies further away than
this and half the redrawn part is hardly ever chosen, and looking there takes long."""

_MIN_PADDING = 16
"""Least surroundings when only the mask counts: PatchMatch must have something to copy."""


def fill(order: Frame, filler: Filler, tell: Callable[[Frame], None]) -> Frame:
    """Carry the order out: a frame `done` with the files, or `failed` with the reason.

    `tell` gets `progress` frames on the way.
    """
    parameters = Parameters.read_json(order.data["parameters"])
    image, mask = order.parts
    picture = pictures.read_colours("image", image)
    weight = soft_mask(pictures.read_mask("mask", mask), parameters)
    files: list[bytes] = []
    try:
        for number in range(parameters.image_num):

            def report(done: float, number: int = number) -> None:
                tell(Frame("progress", {"fraction": (number + done) / parameters.image_num}))

            report(0)
            pixels = variant(picture, weight, parameters, filler, number, report)
            files.append(pictures.write(pixels, parameters.response_image_type))
    except CannotFill as error:
        return Frame("failed", {"reason": str(error)})
    return Frame("done", parts=tuple(files))


def variant(
    picture: Plane,
    weight: Plane,
    parameters: Parameters,
    filler: Filler,
    number: int,
    report: Callable[[float], None],
) -> Plane:
    """The picture with variant `number` of the fill; weight 0 keeps the picture's bits."""
    box = redrawn_box(plane(weight > _VISIBLE), invert=False)
    if box.is_empty:
        return picture
    height, width = weight.shape
    area = box.grown(_context(box, parameters)).within(Rect.of(Size(width, height))).slices
    source = np.ascontiguousarray(picture[area])
    hole = plane(grown(weight[area] > _VISIBLE, _OVERLAP))
    filled = filler.fill(source, hole, parameters, seed=parameters.seed + number, report=report)
    result = picture.copy()
    result[area] = blend(source, filled, weight[area])
    return result


def _context(box: Rect, parameters: Parameters) -> int:
    """How far around the redrawn box the filler may look."""
    if parameters.inpainting_full_res:
        return max(_MIN_PADDING, parameters.inpainting_full_res_padding)
    return max(_MIN_CONTEXT, box.size.longest // 2)
