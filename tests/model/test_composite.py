"""Outside the mask nothing changes."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from app.contract.parameters import Parameters
from app.model.composite import blend, composite, region_weight, soft_mask
from app.model.geometry import Rect, Size
from app.model.job import Region
from app.model.picture import Picture, Plane


def noise(seed: int, width: int = 64, height: int = 48) -> Picture:
    pixels = np.random.default_rng(seed).integers(0, 256, (height, width, 4), np.uint8)
    pixels[..., 3] = 255
    return Picture(pixels=pixels)


def painted(rect: Rect, width: int = 64, height: int = 48, value: int = 255) -> Plane:
    mask = np.zeros((height, width), np.uint8)
    mask[rect.slices] = value
    return mask


def blurred(blur: int, *, invert: bool = False, mask_only: bool = False) -> Parameters:
    return Parameters(
        mask_blur=blur, inpainting_mask_invert=int(invert), inpainting_full_res=int(mask_only)
    )


def whole(picture: Picture) -> Region:
    return Region(rect=Rect.of(picture.size), sent=picture.size)


def test_without_blur_exactly_the_painted_pixels_change() -> None:
    original, answer = noise(1), noise(2)
    mask = painted(Rect(10, 10, 30, 20))
    result = composite(original, answer, whole(original), soft_mask(mask, blurred(0, invert=False)))
    assert np.array_equal(result.pixels[mask == 255], answer.pixels[mask == 255])
    assert np.array_equal(result.pixels[mask == 0], original.pixels[mask == 0])


def test_blur_changes_nothing_where_it_has_faded_out() -> None:
    original, answer = noise(1), noise(2)
    weight = soft_mask(painted(Rect(28, 20, 36, 28)), blurred(3, invert=False))
    result = composite(original, answer, whole(original), weight)
    assert weight.min() == 0
    assert np.array_equal(result.pixels[weight == 0], original.pixels[weight == 0])
    assert 0 < weight[24, 26] < 255


def test_for_the_whole_picture_the_soft_edge_lies_outside_the_painted_one() -> None:
    weight = soft_mask(painted(Rect(20, 0, 64, 48)), blurred(3))
    assert (weight[24, 20:] == 255).all()
    assert 0 < weight[24, 18] < 255


def test_for_the_mask_only_the_soft_edge_is_centred_on_the_masks() -> None:
    mask = painted(Rect(20, 0, 64, 48))
    weight = soft_mask(mask, blurred(3, mask_only=True))
    assert weight[24, 19] < 128 <= weight[24, 20]


def test_inverted_the_painted_pixels_are_the_ones_kept() -> None:
    original, answer = noise(1), noise(2)
    mask = painted(Rect(10, 10, 30, 20))
    result = composite(original, answer, whole(original), soft_mask(mask, blurred(0, invert=True)))
    assert np.array_equal(result.pixels[mask == 255], original.pixels[mask == 255])
    assert np.array_equal(result.pixels[mask == 0], answer.pixels[mask == 0])


def test_a_region_is_pasted_at_full_resolution_and_the_rest_is_untouched() -> None:
    original = noise(1, 64, 48)
    region = Region(rect=Rect(16, 8, 48, 40), sent=Size(16, 16))
    mask = painted(Rect(20, 12, 40, 30))
    weight = region_weight(mask, region.rect, blurred(0))
    result = composite(original, noise(3, 16, 16), region, weight)
    assert result.size == original.size
    assert np.array_equal(result.pixels[mask == 0], original.pixels[mask == 0])
    assert not np.array_equal(result.pixels[mask == 255], original.pixels[mask == 255])


def test_an_answer_of_another_size_is_fitted_first() -> None:
    original = noise(1)
    mask = painted(Rect(10, 10, 30, 20))
    result = composite(original, noise(2, 56, 40), whole(original), mask)
    assert np.array_equal(result.pixels[mask == 0], original.pixels[mask == 0])


def test_redrawn_parts_of_a_transparent_picture_become_opaque() -> None:
    plain = noise(1)
    original = Picture(pixels=plain.pixels, alpha=np.full((48, 64), 40, np.uint8))
    mask = painted(Rect(10, 10, 30, 20))
    result = composite(original, noise(2), whole(original), mask)
    assert result.alpha is not None
    assert (result.alpha[mask == 255] == 255).all()
    assert (result.alpha[mask == 0] == 40).all()


def test_the_opened_picture_itself_is_never_written_to() -> None:
    original = noise(1)
    before = original.pixels.copy()
    composite(original, noise(2), whole(original), painted(Rect(0, 0, 64, 48)))
    assert np.array_equal(original.pixels, before)


@given(st.integers(0, 255), st.integers(0, 255), st.integers(0, 255))
def test_blending_rounds_to_the_nearest_and_keeps_the_ends_exact(a: int, b: int, w: int) -> None:
    planes = (np.full((1, 1, 1), value, np.uint8) for value in (a, b))
    mixed = int(blend(*planes, np.full((1, 1), w, np.uint8))[0, 0, 0])
    assert abs(mixed - (a * (255 - w) + b * w) / 255) <= 0.5
    assert (w, mixed) not in {(0, m) for m in range(256) if m != a}
    assert (w, mixed) not in {(255, m) for m in range(256) if m != b}
