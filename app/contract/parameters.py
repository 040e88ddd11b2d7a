"""What the artist chooses for one job: the record that the panel edits and a request is made of."""

from typing import Any, Self

from pydantic import ValidationError

from app.contract.fields import FieldProblem, problems_of
from app.contract.request import (
    RANDOM_SEED,
    Checkpoint,
    GuidanceScale,
    ImageNum,
    Prompt,
    ResponseImageType,
    SamplerName,
    Settings,
    Steps,
)

__all__ = ["RANDOM_SEED", "Parameters"]

_OMITTED_WHEN_EMPTY = (
    "negative_prompt", "sd_vae", "loras", "embeddings", "clip_skip", "strength",
)  # fmt: skip
_EXTRA = ("response_image_type",)


class Parameters(Settings):
    """Everything the artist chooses for one job, except the picture itself.

    A record may be a draft: `edited` takes any value, as typing passes through values that no
    job may have, and `problems` says what is wrong with it. Parsing and construction by keyword
    check.
    """

    prompt: Prompt = ""
    image_num: ImageNum = 4
    steps: Steps = 30
    guidance_scale: GuidanceScale = 7.5
    sampler_name: SamplerName = "Euler a"
    model_name: Checkpoint = ""
    response_image_type: ResponseImageType = "png"

    def edited(self, **changes: object) -> Self:
        """A copy with `changes`, unchecked. Unknown names raise `KeyError`."""
        for name in changes:
            if name not in type(self).model_fields:
                raise KeyError(name)
        return self.model_copy(update=changes)

    def problems(self) -> list[FieldProblem]:
        """What keeps this record from being sent, in the order of the fields; empty when fine."""
        try:
            type(self).model_validate(self.model_dump(warnings=False))
        except ValidationError as error:
            return problems_of(error)
        return []

    def wire(self) -> tuple[dict[str, Any], dict[str, Any]]:
        """The `extra` and `request` objects without the pictures; what is off is left out."""
        values = self.model_dump(mode="json")
        for name in _OMITTED_WHEN_EMPTY:
            if not values[name]:
                del values[name]
        return {name: values.pop(name) for name in _EXTRA}, values
