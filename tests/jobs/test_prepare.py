"""From what is open to what is sent."""

import io

import numpy as np
import pytest
from PIL import Image

from app.contract.parameters import Parameters
from app.contract.request import Embedding, Lora
from app.jobs.prepare import encode_upload, new_job
from app.model.errors import InvalidInput
from app.model.picture import Picture, Plane
from app.model.services import BUILTIN, BUILTIN_MODEL, PRESETS
from tests.support.script import no_original

REMOTE = PRESETS[1]
READY = Parameters(prompt="an islet", model_name="m")


def picture(width: int = 60, height: int = 40, *, alpha: bool = False) -> Picture:
    pixels = np.full((height, width, 4), 255, np.uint8)
    pixels[..., 0] = 10
    return Picture(pixels=pixels, alpha=np.zeros((height, width), np.uint8) if alpha else None)


def mask(width: int = 60, height: int = 40) -> Plane:
    plane = np.zeros((height, width), np.uint8)
    plane[10:20, 10:30] = 200
    return plane


def opened(data: bytes) -> Image.Image:
    image = Image.open(io.BytesIO(data))
    image.load()
    return image


def test_an_empty_mask_is_refused_before_anything_is_sent() -> None:
    with pytest.raises(InvalidInput) as caught:
        new_job(REMOTE, READY, picture(), np.zeros((40, 60), np.uint8))
    assert (caught.value.field, caught.value.kind) == ("mask", "empty")


def test_a_mask_of_another_size_is_refused() -> None:
    with pytest.raises(InvalidInput) as caught:
        new_job(REMOTE, READY, picture(), mask(61, 40))
    assert caught.value.field == "mask"


def test_a_value_that_the_contract_refuses_is_named() -> None:
    with pytest.raises(InvalidInput) as caught:
        new_job(REMOTE, READY.edited(steps=101), picture(), mask())
    assert (caught.value.field, caught.value.limit) == ("steps", 100)


def test_a_service_needs_a_prompt() -> None:
    with pytest.raises(InvalidInput) as caught:
        new_job(REMOTE, READY.edited(prompt=""), picture(), mask())
    assert caught.value.field == "prompt"


def test_the_built_in_engine_needs_no_prompt_and_gets_no_models_of_others() -> None:
    chosen = READY.edited(
        prompt="",
        model_name="theirs",
        sd_vae="v",
        loras=(Lora(model_name="l", strength=1),),
        embeddings=(Embedding(model_name="e"),),
    )
    made = new_job(BUILTIN, chosen, picture(), mask()).parameters
    assert made.prompt
    assert made.model_name == BUILTIN_MODEL
    assert (made.sd_vae, made.loras, made.embeddings) == ("", (), ())


def test_picture_and_mask_go_out_at_the_same_size_the_mask_opaque_grey() -> None:
    upload = encode_upload(new_job(REMOTE, READY, picture(), mask()), no_original)
    sent, sent_mask = opened(upload.image), opened(upload.mask)
    assert (sent.format, sent.mode, sent.size) == ("PNG", "RGB", (60, 40))
    assert (sent_mask.format, sent_mask.mode, sent_mask.size) == ("PNG", "L", (60, 40))
    assert np.array_equal(np.asarray(sent_mask), mask())


def test_a_file_that_can_be_sent_as_it_is_goes_byte_for_byte() -> None:
    upload = encode_upload(new_job(REMOTE, READY, picture(), mask()), lambda _: b"its own bytes")
    assert upload.image == b"its own bytes"


def test_a_large_picture_sends_the_part_around_the_mask_never_the_file() -> None:
    wide = picture(3000, 40)
    plane = np.zeros((40, 3000), np.uint8)
    plane[10:20, 2000:2100] = 255
    made = new_job(REMOTE, READY, wide, plane)
    upload = encode_upload(made, lambda _: b"its own bytes")
    assert opened(upload.image).size == opened(upload.mask).size == made.region.sent
    assert np.asarray(opened(upload.mask)).any()


def test_a_transparent_picture_is_sent_over_white() -> None:
    upload = encode_upload(new_job(REMOTE, READY, picture(alpha=True), mask()), no_original)
    assert (np.asarray(opened(upload.image)) == 255).all()
