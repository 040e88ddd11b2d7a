"""The picture pushed about, beside the same drawn anew."""

from collections.abc import Iterator

import numpy as np

from tests.support.easel import Easel


def pushed_apart(easel: Easel) -> Iterator[np.ndarray]:
    """By how much each device pixel differs after a push from what is drawn there anew."""
    for dx, dy in ((30, -20), (-70, 5), (200, 100), (-3, -150)):
        easel.canvas.move_picture(dx, dy)
        pushed = easel.shot().astype(int)
        easel.canvas._scene.spoil()
        yield np.abs(pushed - easel.shot()).max(axis=2)
