"""What the service refuses in the body of a submit: the contract's page, read a second time.

Written from the page itself and without the program's own contract, so that one can prove the
other. Fields that the page does not name are refused, as is a Boolean where it wants an integer.
"""

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

SAMPLERS = (
    "Euler a", "Euler", "LMS", "Heun", "DPM2", "DPM2 a", "DPM++ 2S a", "DPM++ 2M", "DPM++ SDE",
    "DPM fast", "DPM adaptive", "LMS Karras", "DPM2 Karras", "DPM2 a Karras",
    "DPM++ 2S a Karras", "DPM++ 2M Karras", "DPM++ SDE Karras", "DDIM", "PLMS", "UniPC",
)  # fmt: skip

Check = Callable[[Any], str]
"""What is wrong with a value; empty when nothing is."""


@dataclass(frozen=True)
class Member:
    """A member of an object: what its value must be, and whether it must be there."""

    check: Check
    required: bool = False


def whole(low: int, high: int | None = None) -> Check:
    """An integer in a range."""

    def check(value: Any) -> str:
        if type(value) is not int:
            return "must be an integer"
        return _outside(value, low, high)

    return check


def real(low: float, high: float, *, above: bool = False) -> Check:
    """A number in a range; `above` leaves out its lower end."""

    def check(value: Any) -> str:
        if type(value) not in {int, float}:
            return "must be a number"
        return _outside(value, low, high) or ("is too low" if above and value == low else "")

    return check


def text(shortest: int = 0, longest: int | None = None) -> Check:
    """A text of some length, in characters."""

    def check(value: Any) -> str:
        if type(value) is not str:
            return "must be a string"
        return _outside(len(value), shortest, longest)

    return check


def choice(*values: object) -> Check:
    """One of some values."""
    return lambda value: "" if value in values else "is none of the choices"


def rows(members: dict[str, Member], most: int) -> Check:
    """A list of objects, up to so many."""

    def check(value: Any) -> str:
        if type(value) is not list:
            return "must be an array"
        faults = (f"{n}.{fault}" for n, row in enumerate(value) for fault in _faults(row, members))
        return _outside(len(value), 0, most) or next(faults, "")

    return check


def nullable(check: Check) -> Check:
    """The same, or null."""
    return lambda value: "" if value is None else check(value)


def _switch(value: Any) -> str:
    return whole(0, 1)(value)


_NAME = Member(text(1), required=True)
_EXTRA = {"response_image_type": Member(choice("png", "webp", "jpeg"))}
_REQUEST = {
    "model_name": _NAME,
    "image_base64": _NAME,
    "mask_image_base64": _NAME,
    "prompt": Member(text(1, 1024), required=True),
    "image_num": Member(whole(1, 8), required=True),
    "steps": Member(whole(1, 100), required=True),
    "guidance_scale": Member(real(1, 30), required=True),
    "sampler_name": Member(choice(*SAMPLERS), required=True),
    "mask_blur": Member(whole(0, 64)),
    "negative_prompt": Member(text(0, 1024)),
    "sd_vae": Member(text()),
    "seed": Member(whole(-1)),
    "loras": Member(rows({"model_name": _NAME, "strength": Member(real(0, 1), required=True)}, 5)),
    "embeddings": Member(rows({"model_name": _NAME}, 5)),
    "clip_skip": Member(nullable(whole(1, 12))),
    "strength": Member(nullable(real(0, 1, above=True))),
    "inpainting_full_res": Member(_switch),
    "inpainting_full_res_padding": Member(whole(0, 256)),
    "inpainting_mask_invert": Member(_switch),
    "initial_noise_multiplier": Member(real(0, 1.5)),
}


def faults_of(body: bytes) -> list[str]:
    """What the page does not allow in a body, field by field."""
    try:
        content = json.loads(body)
    except (ValueError, RecursionError):
        return ["the body is no JSON"]
    if type(content) is not dict:
        return ["the body is no object"]
    whole_body = {
        "extra": Member(lambda value: next(_faults(value, _EXTRA), "")),
        "request": Member(lambda value: next(_faults(value, _REQUEST), ""), required=True),
    }
    return list(_faults(content, whole_body))


def _faults(value: Any, members: dict[str, Member]) -> Iterator[str]:
    if type(value) is not dict:
        yield "must be an object"
        return
    for name in value.keys() - members.keys():
        yield f"{name}: unknown field"
    for name, member in members.items():
        if name not in value:
            if member.required:
                yield f"{name}: missing"
        elif fault := member.check(value[name]):
            yield f"{name}: {fault}"


def _outside(value: float, low: float, high: float | None) -> str:
    if value >= low and (high is None or value <= high):  # NaN is outside, too
        return ""
    return f"(current value: {value}) must be between {low} and {high}"
