import pytest

from tests.support.easel import Easel, set_up


@pytest.fixture
def easel(qtbot) -> Easel:
    easel = set_up()
    qtbot.addWidget(easel.canvas)
    qtbot.waitExposed(easel.canvas)
    qtbot.waitUntil(easel.canvas.isActiveWindow)
    return easel
