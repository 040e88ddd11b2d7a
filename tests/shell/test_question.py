"""A question with its answers."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QPushButton

from app.shell.question import Question


@pytest.fixture
def told():
    return []


@pytest.fixture
def question(qtbot, shown, theme, told):
    question = Question(theme, "Save", 400, shown)
    question._add_words("Shall it be saved?", "text", 600)
    question._add_words("It was not, " + "for a long time, " * 8)
    question._add_answer("cancel", "Cancel", lambda: told.append("cancel"))
    question._add_answer("save", "Save", lambda: told.append("save"))
    question.open()
    qtbot.waitUntil(question.isActiveWindow)
    return question


@pytest.mark.parametrize("focus", ["cancel", "save"])
def test_enter_is_the_last_answer_wherever_the_focus_is(question, told, focus):
    question.findChild(QPushButton, focus).setFocus()
    QTest.keyClick(question, Qt.Key.Key_Return)
    assert told == ["save"]


def test_escape_answers_nothing(question, told):
    QTest.keyClick(question, Qt.Key.Key_Escape)
    assert told == []
    assert not question.isVisible()


def test_all_words_can_be_read(question):
    for label in question.findChildren(QLabel):
        assert label.heightForWidth(label.width()) <= label.height()
