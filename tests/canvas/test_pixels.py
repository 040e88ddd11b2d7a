"""What the kernels draw, against what Qt draws where they are not compiled."""

import numpy as np
import pytest
from PySide6.QtCore import QPointF

from app.model import kernels
from tests.support.easel import Easel, noise

pytestmark = pytest.mark.skipif(not kernels.IS_COMPILED, reason="the kernels are not compiled here")


@pytest.mark.parametrize("mode", ["overlay", "mono"])
@pytest.mark.parametrize("angle", [0, 90, 33])
@pytest.mark.parametrize("zoom", [0.3, 0.67, 1, 1.3, 3])
def test_qt_draws_nearly_the_same(easel: Easel, monkeypatch, zoom, angle, mode):
    easel.open(noise(801, 601), zoom)
    easel.tools.edit(size=90 / zoom, hardness=0.5)
    easel.press(QPointF(60, 80))
    for n in range(1, 9):
        easel.move(QPointF(60 + 37 * n, 80 + (n * 37) % 140))
    easel.release(QPointF(370, 120))
    easel.display.edit(mode=mode)
    easel.canvas.turn_to(angle)
    easel.leave()
    compiled = easel.shot().astype(int)
    monkeypatch.setattr(kernels, "IS_COMPILED", False)
    easel.canvas._scene.spoil()
    easel.canvas.update()
    off = np.abs(easel.shot().astype(int) - compiled)
    if angle == 33:  # Qt takes sixteenths between four pixels, and the next square at times
        assert (off > 16).mean() < 0.002
        assert off.mean() < 4
    else:
        # Qt rounds twice where pixels are blended: places first, then each colour of the mask.
        assert off.max() <= (1 if zoom in (1, 3) else 4)
