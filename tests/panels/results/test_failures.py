"""Jobs that ended badly: the card, its words and its ways out."""

from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

from app.look.buttons import PlainButton
from app.model.errors import (
    AnswerLost,
    AppError,
    BadAnswer,
    Moderated,
    OutOfCredit,
    SetAside,
    StorageError,
    Unauthorized,
)
from app.model.job import Job, JobState
from app.model.services import PRESETS
from app.panels.results.card import FailureCard
from app.panels.results.card_pages import TwoLines
from tests.panels.results.bench import Bench
from tests.support.jobs import asking, job, result

MARKUP = '<b>bold</b> <a href="http://x.invalid">link</a> &amp;'


def card_of(bench: Bench) -> FailureCard:
    """The only card; its predecessors may not be deleted yet."""
    return bench.strip.findChildren(FailureCard)[-1]


def press(bench: Bench, name: str) -> None:
    """Click a button of the card."""
    QTest.mouseClick(bench.button(name), Qt.MouseButton.LeftButton)


def failed(bench: Bench, state: JobState, error: Exception | None) -> Job:
    asked = job(parameters=asking(4))
    bench.queue.add(asked)
    bench.queue.finish(asked, state, error=error)
    return asked


def test_a_failure_stays_as_one_card(bench: Bench) -> None:
    failed(bench, JobState.REJECTED, OutOfCredit("not enough balance"))
    assert bench.kinds == ["card"]
    assert bench.strip.item_rect(0).width() == 300
    assert card_of(bench).accessibleName() == "Title of it"
    assert "not enough balance" in card_of(bench).accessibleDescription()


def buttons(bench: Bench) -> list[str]:
    """The words on the card's buttons, from left to right."""
    shown = [one for one in card_of(bench).findChildren(PlainButton) if one.isVisible()]
    return [button.text() for button in sorted(shown, key=lambda one: one.x())]


def test_an_unknown_end_is_wider_and_has_four_ways_out(bench: Bench, qtbot: QtBot) -> None:
    failed(bench, JobState.UNKNOWN, AnswerLost())
    assert bench.strip.item_rect(0).width() == 384
    assert buttons(bench) == ["Check balance", "Enter task ID…", "Send again…"]
    assert "Remove" in [action.text() for action in card_of(bench).menu().actions()]


def test_what_may_be_charged_twice_is_asked_about_first(bench: Bench) -> None:
    asked = failed(bench, JobState.UNKNOWN, AnswerLost())
    press(bench, "failure_send_again")
    assert bench.queue.asked == []
    assert "charged twice" in card_of(bench).findChildren(TwoLines)[-1].text()
    assert buttons(bench) == ["Send", "Back"]
    assert QApplication.focusWidget() is bench.button("failure_back")
    press(bench, "failure_send")
    assert bench.queue.asked == [("send_again", asked.id)]


@pytest.mark.parametrize("way", ["failure_send_again", "failure_task_id"])
def test_escape_and_back_lead_back_to_the_ways_out(bench: Bench, way: str) -> None:
    failed(bench, JobState.UNKNOWN, AnswerLost())
    for leave in (
        lambda: QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Escape),
        lambda: press(bench, "failure_back"),
    ):
        press(bench, way)
        leave()
        assert buttons(bench) == ["Check balance", "Enter task ID…", "Send again…"]
        assert QApplication.focusWidget().objectName() == way
    assert bench.queue.asked == []


def test_the_keyboard_stays_in_the_strip_when_its_card_goes(bench: Bench) -> None:
    asked = failed(bench, JobState.UNKNOWN, AnswerLost())
    card_of(bench).take_keys()
    bench.queue.change(asked, state=JobState.PREPARED, finished=None, error=None)
    assert "card" not in bench.kinds
    assert bench.strip.isAncestorOf(QApplication.focusWidget())


def test_a_task_id_is_typed_into_the_card(bench: Bench) -> None:
    asked = failed(bench, JobState.UNKNOWN, AnswerLost())
    press(bench, "failure_task_id")
    press(bench, "failure_fetch")
    assert bench.queue.asked == []
    QTest.keyClicks(QApplication.focusWidget(), " task-17 ")
    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Return)
    assert bench.queue.asked == [("adopt_task_id task-17", asked.id)]


def test_what_becomes_known_is_shown_on_the_card(bench: Bench) -> None:
    asked = failed(bench, JobState.UNKNOWN, AnswerLost("at first"))
    bench.queue.change(asked, error=AnswerLost("looked up"))
    assert "looked up" in card_of(bench).accessibleDescription()
    assert "looked up" in card_of(bench).findChildren(TwoLines)[-1].text()


def test_a_job_with_a_task_is_fetched_and_not_sent_again(bench: Bench) -> None:
    asked = failed(bench, JobState.UNKNOWN, None)
    bench.queue.finish(asked, JobState.LOST, task_id="task-3")
    assert buttons(bench) == ["Fetch again", "Remove"]
    press(bench, "failure_collect")
    assert bench.queue.asked == [("retry", asked.id)]


@pytest.mark.parametrize(
    ("error", "words", "way"),
    [
        (Unauthorized(), "Enter key…", "key"),
        (StorageError("read_only", Path("/a/b.png")), "Choose folder…", "folder"),
    ],
)
def test_what_must_be_mended_elsewhere_leads_there(
    bench: Bench, error: AppError, words: str, way: str
) -> None:
    wanted: list[str] = []
    bench.strip.remedy_requested.connect(wanted.append)
    failed(bench, JobState.REJECTED, error)
    assert buttons(bench) == [words, "Try again", "Remove"]
    press(bench, f"failure_{way}")
    assert wanted == [way]
    assert bench.queue.asked == []


def test_what_is_watched_no_more_is_fetched_again_and_is_no_failure(bench: Bench) -> None:
    asked = job(service=PRESETS[1])
    bench.queue.add(asked, state=JobState.SUBMITTED, task_id="t-1")
    bench.queue.finish(asked, JobState.SUBMITTED, error=SetAside())
    assert bench.strip.items()[0].text.endswith("is not watched")
    card_of(bench).resize(300, 130)
    ground = card_of(bench).grab().toImage().pixelColor(150, 124)
    assert ground == bench.theme.color("warn_ground")
    press(bench, "failure_collect")
    assert bench.queue.asked == [("retry", asked.id)]


def test_content_rules_offer_no_second_try(bench: Bench) -> None:
    failed(bench, JobState.REJECTED, Moderated("no"))
    assert buttons(bench) == ["Remove"]


def test_a_card_can_be_gone_to_by_its_job(bench: Bench) -> None:
    asked = failed(bench, JobState.UNKNOWN, AnswerLost())
    bench.queue.add_done(job(parameters=asking(40)))
    bar = bench.shelf.horizontalScrollBar()
    bar.setValue(bar.maximum())
    bench.strip.set_folded(True)
    bench.strip.show_card(asked.id)
    assert not bench.strip.is_folded
    assert bar.value() == 0
    assert QApplication.focusWidget() is bench.button("failure_balance")


def test_the_service_words_are_never_taken_for_markup(bench: Bench) -> None:
    failed(bench, JobState.REJECTED, OutOfCredit(MARKUP))
    card = card_of(bench)
    body = card.findChild(TwoLines)
    assert MARKUP in body.text()
    assert body.textFormat() is Qt.TextFormat.PlainText
    assert "&lt;b&gt;bold&lt;/b&gt; &lt;a href=" in card.toolTip()


def test_a_long_text_ends_in_the_second_line(bench: Bench) -> None:
    failed(bench, JobState.REJECTED, OutOfCredit("word " * 60))
    bench.strip.grab()
    first, second = card_of(bench).findChild(TwoLines).lines()
    assert first.startswith("Kept.")
    assert second.endswith("…")


def whole(bench: Bench) -> str:
    """What the panel over the card says."""
    popup = QApplication.activePopupWidget()
    assert popup.objectName() == "failure_whole"
    words = " ".join(label.text() for label in popup.findChildren(QLabel))
    popup.close()
    return words


def test_a_long_text_is_read_whole_by_a_click_or_from_the_menu(bench: Bench) -> None:
    failed(bench, JobState.REJECTED, OutOfCredit("word " * 60 + "end"))
    bench.strip.grab()
    card = card_of(bench)
    QTest.mouseClick(card.findChild(TwoLines), Qt.MouseButton.LeftButton)
    assert whole(bench).endswith("end”")
    menu = card.menu()
    (entry,) = (action for action in menu.actions() if action.text() == "Read it all")
    entry.trigger()
    assert whole(bench).startswith(card.failure.title)


def test_a_click_on_a_text_that_is_whole_opens_nothing(bench: Bench) -> None:
    failed(bench, JobState.REJECTED, OutOfCredit())
    QTest.mouseClick(card_of(bench).findChild(TwoLines), Qt.MouseButton.LeftButton)
    assert QApplication.activePopupWidget() is None


def test_buttons_ask_the_queue(bench: Bench) -> None:
    asked = failed(bench, JobState.NOT_SENT, OutOfCredit())
    QTest.mouseClick(bench.button("failure_retry"), Qt.MouseButton.LeftButton)
    assert bench.queue.asked == [("retry", asked.id)]
    QTest.mouseClick(bench.button("failure_remove"), Qt.MouseButton.LeftButton)
    assert bench.strip.count() == 0


def test_the_keyboard_reaches_the_buttons_and_brings_them_into_view(bench: Bench) -> None:
    asked = failed(bench, JobState.NOT_SENT, OutOfCredit())
    bench.queue.add_done(job(parameters=asking(40)))
    bench.strip.item_rect(0)
    bar = bench.shelf.horizontalScrollBar()
    bar.setValue(bar.maximum())
    retry = bench.button("failure_retry")
    retry.setFocus(Qt.FocusReason.TabFocusReason)
    assert bar.value() == 0
    QTest.keyClick(retry, Qt.Key.Key_Space)
    assert bench.queue.asked == [("retry", asked.id)]


def test_details_go_to_the_clipboard_without_the_prompt(bench: Bench) -> None:
    asked = failed(bench, JobState.REJECTED, OutOfCredit("no"))
    card_of(bench).copy_details()
    copied = QGuiApplication.clipboard().text()
    assert asked.id in copied
    assert "OutOfCredit: no" in copied
    assert asked.parameters.prompt not in copied


def test_the_cards_menu_has_it_all(bench: Bench, qtbot: QtBot) -> None:
    asked = failed(bench, JobState.NOT_SENT, OutOfCredit())
    bench.shelf._open_menu(bench.shelf.model().index(0, 0), QPoint(5, 5))
    menu = QApplication.activePopupWidget()
    assert [action.text() for action in menu.actions()] == ["Try again", "Copy details", "Remove"]
    menu.actions()[0].trigger()
    assert bench.queue.asked == [("retry", asked.id)]
    menu.close()


def test_when_nothing_could_be_kept_the_card_says_why_first(bench: Bench) -> None:
    failed(bench, JobState.PARTIAL, BadAnswer("cut off"))
    card = card_of(bench)
    assert card.accessibleName() == "Title of it"
    assert card.accessibleDescription().startswith("Kept.")


def test_pictures_that_arrived_stay_beside_the_card(bench: Bench) -> None:
    asked = job(parameters=asking(4))
    bench.queue.add(asked)
    bench.queue.deliver(result(asked, 0))
    bench.queue.deliver(result(asked, 2))
    bench.click(2)
    bench.queue.finish(asked, JobState.PARTIAL, error=BadAnswer("cut off"))
    assert bench.kinds == ["picture", "picture", "card"]
    assert card_of(bench).failure.title == "2 of 4 images saved"
    assert bench.viewing.shown is not None
    assert bench.viewing.selected is bench.viewing.shown


def test_a_job_that_is_tried_again_loses_its_card(bench: Bench) -> None:
    asked = job(parameters=asking(2))
    bench.queue.add(asked)
    bench.queue.deliver(result(asked, 0))
    bench.queue.finish(asked, JobState.PARTIAL, error=BadAnswer("cut off"))
    bench.queue.change(asked, error=None, finished=None)
    assert bench.kinds == ["picture", "waiting"]


@pytest.mark.parametrize(
    ("state", "title"),
    [
        (JobState.UNKNOWN, "Unknown: stopped while sending"),
        (JobState.LOST, "The job failed"),
    ],
)
def test_ends_without_an_error_have_words_too(bench: Bench, state: JobState, title: str) -> None:
    failed(bench, state, None)
    assert card_of(bench).failure.title == title
    assert "error" not in card_of(bench).failure.details


def test_a_card_that_becomes_the_first_moves_to_the_margin(bench: Bench) -> None:
    before = job(parameters=asking(1))
    bench.queue.add_done(before)
    failed(bench, JobState.REJECTED, OutOfCredit())
    bench.queue.remove(before.id)
    assert bench.strip.item_rect(0).left() == 16
    assert card_of(bench).width() == 16 + 300 + 12
    bench.strip.grab()
