import pytest
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QApplication, QWidget

from app.canvas.regions import rect_of
from app.canvas.repaints import Repaints
from app.model.geometry import EMPTY, Rect


class Watched(QWidget):
    """Notes what of it is painted."""

    def __init__(self) -> None:
        super().__init__()
        self.repaints = Repaints(self)
        self.painted: list[Rect] = []

    def paintEvent(self, event: QPaintEvent) -> None:
        self.repaints.begin()
        self.painted.append(rect_of(event.rect()))


@pytest.fixture
def watched(qtbot) -> Watched:
    widget = Watched()
    qtbot.addWidget(widget)
    widget.resize(300, 200)
    widget.show()
    qtbot.waitExposed(widget)
    QApplication.processEvents()
    widget.painted.clear()
    return widget


def painted(watched: Watched) -> list[Rect]:
    QApplication.processEvents()
    return watched.painted


def test_what_is_asked_for_is_painted_once(watched: Watched):
    for area in (Rect(10, 10, 60, 60), Rect(20, 20, 50, 50), Rect(10, 10, 60, 60), EMPTY):
        watched.repaints.ask(area)
    assert painted(watched) == [Rect(10, 10, 60, 60)]


def test_it_can_be_asked_for_again_once_it_was_painted(watched: Watched):
    for _ in range(2):
        watched.repaints.ask(Rect(10, 10, 60, 60))
        QApplication.processEvents()
    assert painted(watched) == [Rect(10, 10, 60, 60)] * 2


def test_areas_near_each_other_are_painted_as_one(watched: Watched):
    watched.repaints.ask(Rect(10, 10, 60, 60))
    watched.repaints.ask(Rect(40, 20, 90, 70))
    assert painted(watched) == [Rect(10, 10, 90, 70)]


@pytest.mark.parametrize("ratio", [1.5, 2.0])
def test_every_pixel_of_the_widget_is_painted_that_a_device_pixel_is_part_of(
    watched: Watched, ratio: float
):
    watched.repaints.ratio = ratio
    watched.repaints.ask(Rect(31, 31, 50, 50))
    (area,) = painted(watched)
    assert area.left <= 31 / ratio
    assert area.right >= 50 / ratio
    assert area.width <= 19 / ratio + 2
