"""From a failure to a report: the notice, the menu, the dialog that shows what it copies."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QAbstractButton, QDialog, QLabel, QPlainTextEdit

from app.shell.foot_bar import FootBar
from app.shell.reporting import Reporting

TEXT = "Maskwright 0.1.0\n<b>no markup</b>\nGET host/path: 200"


@pytest.fixture
def reporting(shown, theme, tasks):
    async def compose() -> str:
        return TEXT

    return Reporting(shown, theme, compose, tasks.spawn, shown)


@pytest.fixture
def dialog(qtbot, shown, reporting, tasks):
    shown.actions_table["report"].trigger()
    tasks.run()
    found = shown.findChild(QDialog, "report")
    qtbot.waitUntil(found.isVisible)
    return found


def click(qtbot, parent, name):
    qtbot.mouseClick(parent.findChild(QAbstractButton, name), Qt.MouseButton.LeftButton)


def test_the_report_is_shown_as_plain_text_that_cannot_be_changed(dialog):
    shown = dialog.findChild(QPlainTextEdit, "report_text")
    assert shown.toPlainText() == TEXT
    assert shown.isReadOnly()


def test_what_is_copied_is_what_is_shown_and_nothing_before_it_is_asked_for(qtbot, dialog):
    QGuiApplication.clipboard().setText("something else")
    assert dialog.findChild(QLabel, "report_copied").text() == ""
    assert QGuiApplication.clipboard().text() == "something else"
    click(qtbot, dialog, "report_copy")
    assert QGuiApplication.clipboard().text() == TEXT
    assert dialog.findChild(QLabel, "report_copied").text() == "Copied."


def test_asking_twice_gives_one_report(shown, reporting, dialog, tasks):
    reporting.open()
    tasks.run()
    assert len(shown.findChildren(QDialog, "report")) == 1


@pytest.mark.parametrize(
    ("often", "title"),
    [
        (False, "Something went wrong inside the program"),
        (True, "Something keeps going wrong inside the program"),
    ],
)
def test_a_failure_is_told_with_a_way_to_report_it(qtbot, shown, reporting, tasks, often, title):
    reporting.tell(often)
    notice = shown.stage.notice
    assert notice.message.title == title
    click(qtbot, notice, "notice_action")
    tasks.run()
    qtbot.waitUntil(shown.findChild(QDialog, "report").isVisible)


def test_an_end_that_was_none_is_told_quietly_with_a_way_to_report_it(
    qtbot, shown, reporting, tasks
):
    reporting.tell_ended()
    notice = shown.stage.notice
    assert notice.message.title == "Maskwright ended unexpectedly last time"
    click(qtbot, notice, "notice_action")
    tasks.run()
    qtbot.waitUntil(shown.findChild(QDialog, "report").isVisible)


def test_it_does_not_lie_over_what_is_told_already(qtbot, shown, reporting):
    reporting.tell(often=False)
    told = shown.stage.notice.message
    reporting.tell_ended()
    assert shown.stage.notice.message is told
    click(qtbot, shown.stage.notice, "notice_close")
    assert shown.stage.notice.message.title == "Maskwright ended unexpectedly last time"


def test_it_leaves_the_telling_to_the_offer_of_a_mask(shown, theme, reporting):
    bar = FootBar(theme, shown.stage)
    bar.show()
    reporting.tell_ended()
    assert not shown.stage.notice.isVisible()
