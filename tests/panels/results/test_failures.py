"""Jobs that ended badly: the card, its words and its ways out."""

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.model.errors import AnswerLost, BadAnswer, Moderated, OutOfCredit
from app.model.job import Job, JobState
from app.panels.results.card import FailureCard, TwoLines
from tests.panels.results.bench import Bench
from tests.support.jobs import asking, job, result

MARKUP = '<b>bold</b> <a href="http://x.invalid">link</a> &amp;'


def card_of(bench: Bench) -> FailureCard:
    """The only card; its predecessors may not be deleted yet."""
    return bench.strip.findChildren(FailureCard)[-1]


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


def test_an_unknown_end_is_wider_and_offers_no_second_try(bench: Bench) -> None:
    failed(bench, JobState.UNKNOWN, AnswerLost())
    assert bench.strip.item_rect(0).width() == 384
    assert card_of(bench).findChild(object, "failure_retry") is None


def test_content_rules_offer_no_second_try(bench: Bench) -> None:
    failed(bench, JobState.REJECTED, Moderated("no"))
    assert card_of(bench).findChild(object, "failure_retry") is None


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
