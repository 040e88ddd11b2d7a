"""Widgets side by side, in as many lines as they need."""

import pytest
from PySide6.QtCore import QSize
from PySide6.QtWidgets import QWidget

from app.look.flow import SPACING, Flow


class Block(QWidget):
    def sizeHint(self) -> QSize:
        return QSize(100, 20)


@pytest.mark.parametrize(("width", "lines"), [(316, 1), (315, 2), (208, 2), (207, 3), (50, 3)])
def test_it_takes_as_many_lines_as_it_needs(qtbot, width, lines):
    blocks = [Block() for _ in range(3)]
    flow = Flow(*blocks[:-1], end=blocks[-1])
    qtbot.addWidget(flow)
    flow.resize(width, flow.heightForWidth(width))
    flow.show()
    assert flow.height() == 20 * lines + SPACING * (lines - 1)
    assert len({block.y() for block in blocks}) == lines
    assert blocks[-1].geometry().right() == max(width, 100) - 1


def test_what_is_hidden_takes_no_room(qtbot):
    blocks = [Block() for _ in range(3)]
    flow = Flow(*blocks)
    qtbot.addWidget(flow)
    blocks[1].hide()
    assert flow.sizeHint() == QSize(208, 20)


def test_without_an_end_all_lie_to_the_left_and_keep_their_fixed_sizes(qtbot):
    blocks = [Block() for _ in range(3)]
    blocks[0].setFixedWidth(150)
    flow = Flow(*blocks)
    qtbot.addWidget(flow)
    flow.resize(260, flow.heightForWidth(260))
    flow.show()
    assert [(block.x(), block.width()) for block in blocks] == [(0, 150), (158, 100), (0, 100)]
