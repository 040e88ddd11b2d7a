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


ONE, TWO, THREE = (Message(title, "x") for title in ("One", "Two", "Three"))


def close(qtbot, window) -> None:
    qtbot.mouseClick(window.findChild(QWidget, "notice_close"), Qt.MouseButton.LeftButton)


def count(window) -> str:
    more = window.findChild(QWidget, "notice_more")
    return more.text() if more.isVisible() else ""


def test_what_nobody_can_have_read_comes_back_when_the_newer_one_is_closed(qtbot, shown):
    notice, done = shown.stage.notice, []
    notice.tell(ONE, "warn", ("Again", lambda: done.append(1)))
    notice.tell(TWO)
    notice.tell(THREE, "info")
    assert (notice.message, count(shown)) == (THREE, "2 more")
    assert notice.accessibleName() == "Three. x 2 more"
    close(qtbot, shown)
    assert (notice.message, count(shown)) == (TWO, "1 more")
    close(qtbot, shown)
    assert (notice.message, count(shown)) == (ONE, "")
    qtbot.mouseClick(shown.findChild(QWidget, "notice_action"), Qt.MouseButton.LeftButton)
    assert done == [1]
    assert (notice.message, notice.isVisible()) == (None, False)


def test_an_action_leads_to_what_lies_beneath(qtbot, shown):
    notice = shown.stage.notice
    notice.tell(ONE)
    notice.tell(TWO, action=("Again", lambda: None))
    qtbot.mouseClick(shown.findChild(QWidget, "notice_action"), Qt.MouseButton.LeftButton)
    assert notice.message == ONE


def test_what_was_shown_long_enough_is_not_kept(qtbot, shown, monkeypatch):
    notice = shown.stage.notice
    notice.tell(ONE)
    monkeypatch.setattr("app.shell.notice.READ_S", 0.0)
    notice.tell(TWO)
    assert count(shown) == ""
    close(qtbot, shown)
    assert not notice.isVisible()


def test_the_same_message_is_told_once(qtbot, shown):
    notice = shown.stage.notice
    for message in (ONE, TWO, ONE, ONE):
        notice.tell(message)
    assert (notice.message, count(shown)) == (ONE, "1 more")
    close(qtbot, shown)
    assert (notice.message, count(shown)) == (TWO, "")


def test_what_is_added_waits_for_its_turn(qtbot, shown):
    notice = shown.stage.notice
    for message in (ONE, TWO, THREE):
        notice.add(message)
    assert (notice.message, count(shown)) == (ONE, "2 more")
    close(qtbot, shown)
    close(qtbot, shown)
    assert (notice.message, count(shown)) == (THREE, "")


def test_what_is_true_no_more_is_taken_back_wherever_it_lies(shown):
    notice = shown.stage.notice
    for message in (ONE, TWO, THREE):
        notice.tell(message)
    notice.withdraw(TWO)
    assert (notice.message, count(shown)) == (THREE, "1 more")
    notice.withdraw(THREE)
    assert (notice.message, count(shown)) == (ONE, "")
    notice.withdraw(ONE)
    assert not notice.isVisible()


def test_something_else_that_begins_leaves_what_was_told_just_now(shown, monkeypatch):
    notice = shown.stage.notice
    notice.tell(ONE)
    notice.make_way()
    assert notice.message == ONE
    monkeypatch.setattr("app.shell.notice.READ_S", 0.0)
    notice.make_way()
    assert not notice.isVisible()


def test_it_stays_inside_with_all_that_it_can_show(shown):
    shown.resize(1024, 680)
    shown.stage.notice.tell(ONE)
    shown.stage.notice.tell(Message("word " * 20, "word " * 60), "warn", ("Do it", lambda: None))
    parts = [shown.findChild(QWidget, f"notice_{name}") for name in ("action", "more", "close")]
    assert shown.stage.rect().contains(shown.stage.notice.geometry())
    assert all(shown.stage.notice.rect().contains(part.geometry()) for part in parts)


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
