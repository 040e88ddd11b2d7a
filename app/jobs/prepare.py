"""From what is open to what is sent."""

import uuid
from collections.abc import Callable
from datetime import datetime

import numpy as np

from app.contract.parameters import Parameters
from app.model.composite import resized
from app.model.encode import flattened
from app.model.errors import InvalidInput
from app.model.geometry import Rect
from app.model.job import Job, Upload
from app.model.picture import Picture, Plane
from app.model.png import encode_picture, encode_plane
from app.model.region import plan_region, redrawn_box
from app.model.services import BUILTIN_MODEL, BUILTIN_PROMPT, Service

_BLUR_REACH = 3
"""A Gaussian has faded out after this many standard deviations."""


def new_job(service: Service, parameters: Parameters, picture: Picture, mask: Plane) -> Job:
    """A job for what is open now. Scans the whole mask: run it in a thread.

    `mask` has the picture's size and is not changed afterwards; 255 = painted. Raises
    `InvalidInput` for a field that the contract refuses (`mask` when nothing would be redrawn).
    """
    parameters = completed(parameters, service)
    for problem in parameters.problems():
        raise InvalidInput(problem.field, problem.kind, problem.limit)
    if mask.shape != picture.pixels.shape[:2]:
        raise InvalidInput("mask", "size_differs", picture.size)
    box = redrawn_box(mask, invert=bool(parameters.inpainting_mask_invert))
    if box.is_empty:
        raise InvalidInput("mask", "empty")
    reach = _BLUR_REACH * parameters.mask_blur + parameters.inpainting_full_res_padding
    return Job(
        id=uuid.uuid4().hex,
        created=datetime.now().astimezone(),
        service=service,
        parameters=parameters,
        picture=picture,
        mask=mask,
        region=plan_region(picture.size, box, reach=reach),
    )


def completed(parameters: Parameters, service: Service) -> Parameters:
    """What a job would send: what the built-in engine does not use may stay unsaid."""
    if not service.is_builtin:
        return parameters
    return parameters.edited(
        prompt=parameters.prompt or BUILTIN_PROMPT,
        model_name=BUILTIN_MODEL,
        sd_vae="",
        loras=(),
        embeddings=(),
    )


def encode_upload(job: Job, original: Callable[[Picture], bytes | None]) -> Upload:
    """The two files that `job` sends. Takes a while: run it in a thread.

    The picture goes upright and without metadata: as its own file where that already is so, else
    as PNG, over white where it is transparent. The mask is an opaque grey PNG of the same size.
    """
    rect, sent = job.region.rect, job.region.sent
    mask = encode_plane(resized(np.ascontiguousarray(job.mask[rect.slices]), sent))
    whole = rect == Rect.of(job.picture.size) and not job.region.is_scaled
    image = original(job.picture) if whole else None
    if image is None:
        image = encode_picture(_part(job))
    return Upload(image=image, mask=mask)


def _part(job: Job) -> Picture:
    area = job.region.rect.slices
    alpha = job.picture.alpha
    part = flattened(
        Picture(
            pixels=np.ascontiguousarray(job.picture.pixels[area]),
            alpha=None if alpha is None else np.ascontiguousarray(alpha[area]),
        )
    )
    return Picture(pixels=resized(part.pixels, job.region.sent))
