"""A mixture knows how likely a colour is."""

import numpy as np
import pytest

from app.model.outline.mixture import Mixture


def cloud(middle: tuple[float, ...], spread: float, count: int, seed: int = 0) -> np.ndarray:
    noise = np.random.default_rng(seed).normal(0, spread, (count, 3))
    return (np.array(middle) + noise).astype(np.float32)


def random() -> np.random.Generator:
    return np.random.default_rng(1)


def test_colors_seen_are_likelier_than_others():
    two = np.concatenate([cloud((200, 40, 40), 8, 500), cloud((30, 30, 180), 8, 500)])
    mixture = Mixture(two, random())
    seen, between = mixture.likelihood(np.float32([[200, 40, 40], [115, 35, 110]]))
    assert seen > between + 20


def test_one_even_color_is_no_trouble():
    mixture = Mixture(np.full((50, 3), 90, np.float32), random())
    same, other = mixture.likelihood(np.float32([[90, 90, 90], [90, 90, 130]]))
    assert np.isfinite([same, other]).all()
    assert same > other


@pytest.mark.parametrize("count", [1, 3, 9])
def test_few_colors_are_enough(count):
    mixture = Mixture(cloud((90, 90, 90), 3, count), random())
    assert np.isfinite(mixture.likelihood(np.float32([[0, 0, 0], [90, 90, 90]]))).all()


def test_density_adds_up_to_one_of_its_normal():
    mixture = Mixture(cloud((128, 128, 128), 6, 4000), random())
    axis = np.arange(98, 160, 2, dtype=np.float32)
    cube = np.stack(np.meshgrid(axis, axis, axis), axis=-1).reshape(-1, 3)
    whole = np.exp(mixture.likelihood(cube)).sum() * 8
    assert whole == pytest.approx((2 * np.pi) ** 1.5, rel=0.05)


def test_learning_follows_other_colors():
    mixture = Mixture(cloud((200, 40, 40), 8, 500), random())
    other = cloud((60, 160, 60), 8, 500)
    before = mixture.likelihood(other).mean()
    for _ in range(3):
        mixture.learn(other)
    assert mixture.likelihood(other).mean() > before + 20
