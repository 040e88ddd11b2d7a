"""A submitted body becomes an order, or the refusal that names what is wrong with it.

Runs in a worker process: megabytes of JSON and base64 would hold up an event loop.
"""

import binascii
import json
import secrets

import pybase64
from pydantic import ValidationError

from app.contract.parameters import Parameters
from app.contract.reasons import Reason
from app.contract.request import (
    IMAGE,
    MASK,
    MAX_BASE64,
    MAX_IMAGE_BYTES,
    RANDOM_SEED,
)
from app.contract.wire import Body, Request
from app.engine import pictures
from app.engine.refusals import Refusal, invalid
from app.model.services import BUILTIN_MODEL
from app.worker.frames import Frame

_MAX_DRAWN_SEED = 2**31 - 8
"""Drawn seeds and those of all variants fit 32 bits with a sign, which some clients keep."""

_MOST_TOLD = 5

_IMAGE = f"request.{IMAGE}"
_MASK = f"request.{MASK}"


def check(body: bytes) -> Frame:
    """The answer to a submitted body: a frame `order` or a frame `refusal`.

    An order holds the parameters as JSON with the seed already drawn, what the engine's own
    process needs to know of them, and the files of picture and mask.
    """
    try:
        return _order(_parsed(body))
    except Refusal as refusal:
        return Frame(
            "refusal",
            {"reason": refusal.reason, "message": refusal.message, "field": refusal.field},
        )


def _order(body: Body) -> Frame:
    _check_names(body.request)
    image = _decoded(_IMAGE, body.request.image_base64)
    mask = _decoded(_MASK, body.request.mask_image_base64)
    height, width = pictures.read_colours(_IMAGE, image).shape[:2]
    mask_height, mask_width = pictures.read_mask(_MASK, mask).shape
    if (width, height) != (mask_width, mask_height):
        raise Refusal(
            Reason.INVALID_IMAGE_SIZE,
            f"{_MASK}: {mask_width} × {mask_height} pixels for a picture of {width} × {height}",
            field=_MASK,
        )
    parameters = _parameters(body)
    data = {
        "parameters": json.dumps(parameters.to_json()),
        "seed": parameters.seed,
        "image_type": parameters.response_image_type,
    }
    return Frame("order", data, (image, mask))


def _parsed(body: bytes) -> Body:
    try:
        return Body.model_validate_json(body)
    except ValidationError as error:
        rows = error.errors(include_url=False, include_input=False, include_context=False)
    told = [(".".join(map(str, row["loc"])), row["msg"]) for row in rows[:_MOST_TOLD]]
    text = "; ".join(f"{path}: {message}" if path else message for path, message in told)
    raise Refusal(Reason.INVALID_REQUEST_BODY, text, field=told[0][0])


def _parameters(body: Body) -> Parameters:
    values = body.request.model_dump(exclude={IMAGE, MASK})
    if values["seed"] == RANDOM_SEED:
        values["seed"] = secrets.randbelow(_MAX_DRAWN_SEED)
    return Parameters(**values, response_image_type=body.extra.response_image_type)


def _check_names(request: Request) -> None:
    """Refuse names of models, VAEs, LoRAs and embeddings that the engine does not have."""
    asked = [
        ("request.sd_vae", request.sd_vae),
        *((f"request.loras.{n}.model_name", row.model_name) for n, row in enumerate(request.loras)),
        *(
            (f"request.embeddings.{n}.model_name", row.model_name)
            for n, row in enumerate(request.embeddings)
        ),
    ]
    if request.model_name != BUILTIN_MODEL:
        asked.insert(0, ("request.model_name", request.model_name))
    for field, name in asked:
        if name:
            raise invalid(field, f"this engine has nothing named “{name[:100]}”")


def _decoded(field: str, text: str) -> bytes:
    """The file in a base64 field: the bare alphabet, without prefix or line breaks."""
    if len(text) > MAX_BASE64:
        raise _too_big(field)
    try:
        data = pybase64.b64decode(text, validate=True)
    except (binascii.Error, ValueError) as error:
        raise invalid(field, "not base64 (a data: prefix is not part of it)") from error
    if len(data) > MAX_IMAGE_BYTES:
        raise _too_big(field)
    return data


def _too_big(field: str) -> Refusal:
    limit = MAX_IMAGE_BYTES // 2**20
    return Refusal(
        Reason.IMAGE_FILE_EXCEEDS_MAX_SIZE, f"{field}: the file is over {limit} MiB", field=field
    )
