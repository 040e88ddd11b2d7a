"""The built-in filler on its own."""

import os
from typing import Any

import numpy as np
import pytest

from app.contract.parameters import Parameters
from app.engine.filler import CannotFill
from app.engine.patchmatch import PatchMatch, _overheard, _Progress

PARAMETERS = Parameters(prompt="x", model_name="x")


def filled(
    picture: np.ndarray, hole: np.ndarray, seed: int = 1, max_hole: int = 10**6
) -> np.ndarray:
    return PatchMatch(max_hole).fill(picture, hole, PARAMETERS, seed=seed, report=lambda _: None)


def test_a_hole_is_filled_with_what_surrounds_it(samples: Any) -> None:
    picture, hole = samples.photo(), samples.square_mask()
    broken = np.where(hole[:, :, None] > 0, np.uint8(255), picture)
    result = filled(broken, hole)
    assert (result[hole == 0] == picture[hole == 0]).all()
    assert result[hole > 0].max() < 230


def test_equal_seeds_give_equal_pixels(samples: Any) -> None:
    picture, hole = samples.photo(), samples.square_mask()
    assert (filled(picture, hole, 5) == filled(picture, hole, 5)).all()
    assert (filled(picture, hole, 5) != filled(picture, hole, 6)).any()


@pytest.mark.parametrize("shape", [(1, 1), (6, 500), (500, 6), (64, 64)])
def test_a_picture_without_anything_to_copy_is_refused(shape: tuple[int, int]) -> None:
    picture = np.zeros((*shape, 3), np.uint8)
    hole = np.full(shape, 255, np.uint8)
    hole[:6, :6] = 0
    with pytest.raises(CannotFill, match="nothing"):
        filled(picture, hole)


def test_one_patch_is_enough_to_copy_from() -> None:
    picture = np.full((40, 40, 3), 200, np.uint8)
    hole = np.full((40, 40), 255, np.uint8)
    hole[:7, :7] = 0
    picture[7:] = 0
    assert (filled(picture, hole) == 200).all()


def test_a_hole_beyond_the_bound_is_filled_at_a_reduced_scale(samples: Any) -> None:
    picture, hole = samples.photo(200), samples.square_mask(200)
    result = filled(picture, hole, max_hole=1000)
    assert result.shape == picture.shape
    assert (result[hole == 0] == picture[hole == 0]).all()
    assert (result[hole > 0] != picture[hole > 0]).any()


def test_progress_grows_from_little_to_nearly_all(samples: Any) -> None:
    told: list[float] = []
    PatchMatch().fill(
        samples.photo(200), samples.square_mask(200), PARAMETERS, seed=1, report=told.append
    )
    assert len(told) > 10
    assert told == sorted(told)
    assert told[0] < 0.1
    assert 0.5 < told[-1] < 1


def test_what_else_is_printed_still_comes_through(capfd: pytest.CaptureFixture[str]) -> None:
    told: list[float] = []
    with _overheard(told.append):
        os.write(2, b"Inpainting level: 2\n")
        os.write(2, b"a word\n")
        os.write(2, b"EM Iteration: 1\n")
    assert capfd.readouterr().err == "a word\n"
    assert told


def test_the_second_descent_goes_on_where_the_first_ended() -> None:
    told: list[float] = []
    progress = _Progress(told.append)
    for line in ("Inpainting level: 5", "EM Iteration: 3", "Inpainting level: 4"):
        assert progress.hear(line)
    assert progress.hear("EM Iteration: 1")
    assert progress.hear("Inpainting level: 5")
    assert progress.hear("EM Iteration: 0")
    assert progress.hear("Inpainting level: 0")
    assert progress.hear("EM Iteration: 0")
    assert not progress.hear("something else")
    assert told[0] < told[1] <= 0.1 == told[2] < told[3] < 1
