"""Words that fit, or say that they do not."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from app.look.text import Label, PromptEdit
from app.look.theme import Theme


def test_a_prompt_grows_with_its_words_and_shrinks_again(qtbot: QtBot, theme: Theme) -> None:
    window = QWidget()
    window.resize(300, 400)
    column = QVBoxLayout(window)
    prompt = PromptEdit(theme, 76, 160)
    column.addWidget(prompt)
    column.addStretch(1)
    qtbot.addWidget(window)
    window.show()
    assert prompt.height() == 76
    prompt.set_text("low morning sun, soft reflection " * 8)
    qtbot.waitUntil(lambda: 76 < prompt.height() < 160)
    prompt.set_text("low morning sun, soft reflection " * 40)
    qtbot.waitUntil(lambda: prompt.height() == 160)
    prompt.set_text("low morning sun")
    qtbot.waitUntil(lambda: prompt.height() == 76)


def test_tab_leaves_a_prompt_and_return_does_not(qtbot: QtBot, theme: Theme) -> None:
    prompt = PromptEdit(theme)
    qtbot.addWidget(prompt)
    qtbot.keyClicks(prompt.editor, "one")
    qtbot.keyClick(prompt.editor, Qt.Key.Key_Return)
    qtbot.keyClick(prompt.editor, Qt.Key.Key_Tab)
    assert prompt.text == "one\n"


def test_telling_and_showing_are_apart(qtbot: QtBot, theme: Theme) -> None:
    prompt = PromptEdit(theme)
    qtbot.addWidget(prompt)
    with qtbot.waitSignal(prompt.changed) as told:
        qtbot.keyClicks(prompt.editor, "x")
    assert told.args == ["x"]
    prompt.editor.moveCursor(prompt.editor.textCursor().MoveOperation.Start)
    prompt.set_text("x")
    assert prompt.editor.textCursor().position() == 0


def test_a_label_knows_when_it_is_cut(qtbot: QtBot, theme: Theme) -> None:
    label = Label(theme, "A rather long label", elide=True)
    qtbot.addWidget(label)
    label.resize(40, 20)
    assert label.is_elided
    label.resize(400, 20)
    assert not label.is_elided
