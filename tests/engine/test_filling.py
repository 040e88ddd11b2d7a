"""How mask, blur, inversion and padding shape a fill, seen through a filler that paints green."""

import json
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from app.contract.parameters import Parameters
from app.engine.filler import CannotFill, Report
from app.engine.filling import fill, variant
from app.model.composite import soft_mask
from app.model.picture import Plane
from app.worker.frames import Frame

GREEN = (0, 255, 0)
SIDE = 400


class Green:
    """Paints every hole green and remembers what it was shown."""

    def __init__(self) -> None:
        self.shown: list[Plane] = []
        self.holes: list[Plane] = []
        self.seeds: list[int] = []

    def fill(
        self, picture: Plane, hole: Plane, parameters: Parameters, *, seed: int, report: Report
    ) -> Plane:
        self.shown.append(picture)
        self.holes.append(hole)
        self.seeds.append(seed)
        report(0.5)
        return np.where(hole[:, :, None] > 0, np.uint8(GREEN), picture).astype(np.uint8)


@pytest.fixture
def green() -> Green:
    return Green()


@pytest.fixture
def red() -> Plane:
    picture = np.zeros((SIDE, SIDE, 3), np.uint8)
    picture[:, :, 0] = 255
    return picture


@pytest.fixture
def mask() -> Plane:
    mask = np.zeros((SIDE, SIDE), np.uint8)
    mask[100:140, 200:260] = 255
    return mask


def parameters(**changes: Any) -> Parameters:
    values = {"prompt": "x", "model_name": "x", "mask_blur": 0, "seed": 10, "image_num": 1}
    return Parameters(**{**values, **changes})


def drawn(picture: Plane, mask: Plane, filler: Green, **changes: Any) -> Plane:
    chosen = parameters(**changes)
    return variant(picture, soft_mask(mask, chosen), chosen, filler, 0, lambda _: None)


def test_white_is_redrawn_and_black_is_kept(red: Plane, mask: Plane, green: Green) -> None:
    result = drawn(red, mask, green)
    assert (result[mask == 255] == GREEN).all()
    assert (result[mask == 0] == red[mask == 0]).all()


def test_an_inverted_mask_redraws_the_rest(red: Plane, mask: Plane, green: Green) -> None:
    result = drawn(red, mask, green, inpainting_mask_invert=1)
    assert (result[mask == 255] == red[mask == 255]).all()
    assert (result[mask == 0] == GREEN).all()


def test_grey_blends_when_only_the_mask_counts(red: Plane, green: Green) -> None:
    grey = np.zeros((SIDE, SIDE), np.uint8)
    grey[50:60, 50:60] = 51
    result = drawn(red, grey, green, inpainting_full_res=1)
    assert tuple(result[55, 55]) == (204, 51, 0)


@pytest.mark.parametrize(("area", "inside", "outside"), [(0, 255, 140), (1, 140, 70)])
def test_blur_softens_the_edge_outwards_or_on_both_sides(
    red: Plane, mask: Plane, green: Green, area: int, inside: int, outside: int
) -> None:
    """The whole-picture mode keeps the painted part opaque; the other centres the soft edge."""
    result = drawn(red, mask, green, mask_blur=4, inpainting_full_res=area)
    row = result[120, :, 1].astype(int)
    assert abs(row[200] - inside) <= 25
    assert outside - 40 <= row[197] <= outside + 40
    assert (np.diff(row[150:220]) >= 0).all()
    assert row[170] == 0
    assert row[230] == 255


def test_no_blur_means_a_hard_edge(red: Plane, mask: Plane, green: Green) -> None:
    row = drawn(red, mask, green)[120, 195:205, 1]
    assert row.tolist() == [0] * 5 + [255] * 5


@pytest.mark.parametrize(("padding", "width", "height"), [(40, 140, 120), (256, 400, 396)])
def test_padding_bounds_what_the_filler_sees(
    red: Plane, mask: Plane, green: Green, padding: int, width: int, height: int
) -> None:
    drawn(red, mask, green, inpainting_full_res=1, inpainting_full_res_padding=padding)
    assert green.shown[0].shape == (height, width, 3)


def test_the_filler_always_sees_some_surroundings(red: Plane, mask: Plane, green: Green) -> None:
    drawn(red, mask, green, inpainting_full_res=1, inpainting_full_res_padding=0)
    assert (green.holes[0] == 0).any()


def test_the_whole_picture_means_wide_surroundings(red: Plane, mask: Plane, green: Green) -> None:
    drawn(red, mask, green)
    assert green.shown[0].shape == (396, 400, 3)


def test_the_hole_covers_all_that_changes(red: Plane, mask: Plane, green: Green) -> None:
    result = drawn(red, mask, green, mask_blur=8)
    changed = (result != red).any(axis=2)
    assert changed.sum() > (mask > 0).sum()
    assert int((green.holes[0] > 0).sum()) >= int(changed.sum())


def test_an_empty_mask_asks_no_filler(red: Plane, green: Green) -> None:
    result = drawn(red, np.zeros((SIDE, SIDE), np.uint8), green)
    assert (result == red).all()
    assert green.shown == []


def order(samples: Any, **changes: Any) -> Frame:
    data = {"parameters": json.dumps(parameters(**changes).to_json())}
    return Frame("order", data, (samples.png(samples.photo()), samples.png(samples.square_mask())))


def heard(samples: Any, filler: Any, **changes: Any) -> list[Frame]:
    frames: list[Frame] = []
    frames.append(fill(order(samples, **changes), filler, frames.append))
    return frames


def test_each_variant_has_its_seed_and_its_share_of_the_progress(
    samples: Any, green: Green
) -> None:
    frames = heard(samples, green, image_num=2)
    assert green.seeds == [10, 11]
    assert [frame.kind for frame in frames] == ["progress"] * 4 + ["done"]
    assert len(frames[-1].parts) == 2
    told = [frame.data["fraction"] for frame in frames if frame.kind == "progress"]
    assert told == [0, 0.25, 0.5, 0.75]


def test_a_filler_that_cannot_fill_says_why(samples: Any) -> None:
    class Helpless:
        fill: Callable[..., Plane]

        def __init__(self) -> None:
            def refuse(*_: Any, **__: Any) -> Plane:
                raise CannotFill("no idea")

            self.fill = refuse

    (progress, last) = heard(samples, Helpless())
    assert progress.kind == "progress"
    assert (last.kind, last.data) == ("failed", {"reason": "no idea"})
