"""A bar over the foot of the canvas, and a notice that wants the same place."""

import pytest
from PySide6.QtWidgets import QHBoxLayout, QWidget

from app.shell.foot_bar import GAP, FootBar
from app.shell.messages import Message

TROUBLE = Message("The disk is full", "Your picture and mask are kept.")


@pytest.fixture
def bar(shown, theme):
    bar = FootBar(theme, shown.stage)
    question = QWidget()
    question.setFixedHeight(60)
    QHBoxLayout(bar).addWidget(question)
    bar.show()
    bar.place()
    return bar


def test_a_notice_gets_the_foot_and_the_bar_lies_above_it(qtbot, shown, bar):
    alone = bar.geometry()
    notice = shown.stage.notice
    notice.tell(TROUBLE, "warn")
    qtbot.waitUntil(lambda: bar.geometry().bottom() == notice.y() - GAP - 1)
    notice.hide()
    qtbot.waitUntil(lambda: bar.geometry() == alone)


def test_both_stay_apart_when_the_window_changes_its_size(qtbot, shown, bar):
    notice = shown.stage.notice
    notice.tell(TROUBLE, "warn")
    for size in ((1024, 680), (1440, 900)):
        shown.resize(*size)
        qtbot.waitUntil(lambda: shown.stage.rect().contains(notice.geometry()))
        qtbot.waitUntil(lambda: bar.geometry().bottom() == notice.y() - GAP - 1)
