"""The quiet bar for what went wrong."""

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtWidgets import QWidget

from app.shell.messages import Message


class Painted(QObject):
    """Tells what is painted of a widget."""

    def __init__(self, widget, tell) -> None:
        super().__init__(widget)
        self._tell = tell

    def eventFilter(self, watched, event) -> bool:
        if event.type() is QEvent.Type.Paint:
            self._tell(event.region().boundingRect())
        return False


LOST = Message("“lake.png” is not there any more", "What is open stays as it is.")


def test_it_is_shown_over_the_foot_of_the_canvas_without_taking_the_focus(shown):
    shown.stage.notice.tell(LOST)
    notice = shown.stage.notice
    assert notice.isVisible()
    assert shown.stage.rect().contains(notice.geometry())
    assert notice.geometry().bottom() == shown.stage.rect().bottom() - 16
    assert shown.focusWidget() is shown.stage
    assert notice.accessibleName() == f"{LOST.title}. {LOST.text}"


def test_it_stays_inside_when_the_window_shrinks(qtbot, shown):
    shown.resize(1440, 900)
    shown.stage.notice.tell(LOST)
    shown.resize(1024, 680)
    qtbot.waitUntil(lambda: shown.stage.rect().contains(shown.stage.notice.geometry()))


def test_close_takes_it_away(qtbot, shown):
    shown.stage.notice.tell(LOST)
    qtbot.mouseClick(shown.findChild(QWidget, "notice_close"), Qt.MouseButton.LeftButton)
    assert not shown.stage.notice.isVisible()


def test_its_action_is_done_once_and_closes_it(qtbot, shown):
    done = []
    shown.stage.notice.tell(LOST, action=("Again", lambda: done.append(1)))
    qtbot.mouseClick(shown.findChild(QWidget, "notice_action"), Qt.MouseButton.LeftButton)
    assert done == [1]
    assert not shown.stage.notice.isVisible()


def test_a_newer_message_replaces_the_older_one_and_its_action(shown):
    shown.stage.notice.tell(Message("One", "x"), action=("Again", lambda: None))
    shown.stage.notice.tell(Message("Two", "<i>y</i>"), "warn")
    assert shown.findChild(QWidget, "notice_title").text() == "Two"
    assert shown.findChild(QWidget, "notice_text").textFormat() is Qt.TextFormat.PlainText
    assert not shown.findChild(QWidget, "notice_action").isVisible()


def test_long_words_wrap_inside(shown):
    shown.stage.notice.tell(Message("Refused", "word " * 80))
    assert shown.stage.rect().contains(shown.stage.notice.geometry())
    assert shown.stage.notice.height() > 80


def test_a_message_of_another_severity_wears_its_own_colours_all_over(qtbot, shown):
    notice = shown.stage.notice
    notice.tell(LOST, "info")
    corner = notice.rect().center().x(), notice.height() - 4
    info = notice.grab().toImage().pixelColor(*corner)
    notice.repaint()
    notice.tell(LOST, "warn")
    before = notice.isVisible()
    painted = []
    notice.installEventFilter(Painted(notice, painted.append))
    qtbot.waitUntil(lambda: bool(painted))
    assert before
    assert notice.rect() in painted
    assert notice.grab().toImage().pixelColor(*corner) != info
