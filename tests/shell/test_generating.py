"""Why Generate cannot be pressed, and what it sends when it can."""

import pytest
from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget

from app.model.brush import Brush, Sample
from app.model.errors import AlreadySent, InvalidInput
from app.model.job import JobState
from app.model.services import BUILTIN, PRESETS
from app.session.catalogue import Catalogue
from app.shell.generating import Generating
from app.shell.progress import JobProgress
from tests.support.jobs import HeldQueue, job

NOVITA = PRESETS[-1]


class Chosen(QObject):
    """A service in use, without its chooser."""

    changed = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.current = BUILTIN
        self.has_key = True

    def put(self, service, *, has_key: bool) -> None:
        self.current, self.has_key = service, has_key
        self.changed.emit(service)


class Sending(HeldQueue):
    """Notes what would be sent."""

    def __init__(self) -> None:
        super().__init__()
        self.sent = []

    def submit(self, service, parameters, picture, mask) -> None:
        self.sent.append((service, parameters, picture, mask))


@pytest.fixture
def services(qapp):
    return Chosen()


@pytest.fixture
def queue(qapp):
    return Sending()


@pytest.fixture
def generating(shown, document, parameters, services, queue):
    return Generating(shown, document, parameters, services, queue)


@pytest.fixture
def ready(generating, document, picture):
    """A picture is open and painted on."""
    document.open(picture)
    with document.stroke(Brush(size=10)) as stroke:
        stroke.extend(Sample(20, 20))
    generating.refresh()
    return generating


def reason(window) -> str:
    return window.findChild(QWidget, "generate_reason").text()


def button(window) -> QWidget:
    return window.findChild(QWidget, "generate")


def test_it_begins_with_a_picture(shown, generating):
    assert reason(shown) == "Open a picture to begin."
    assert not button(shown).isEnabled()


def test_then_it_wants_paint(qtbot, shown, generating, document, picture):
    document.open(picture)
    qtbot.waitUntil(lambda: reason(shown) == "Paint over what should change.")


def test_an_inverted_empty_mask_redraws_everything(shown, generating, document, parameters,
                                                   picture):  # fmt: skip
    document.open(picture)
    parameters.edit(inpainting_mask_invert=1)
    generating.refresh()
    assert generating.obstacle is None


def test_the_built_in_engine_needs_neither_prompt_nor_checkpoint(shown, ready):
    assert ready.obstacle is None
    assert button(shown).isEnabled()


def test_a_service_wants_a_key_then_a_prompt_then_a_checkpoint(ready, services, parameters):
    services.put(NOVITA, has_key=False)
    ready.refresh()
    assert ready.obstacle.text == "Novita needs a key."
    services.put(NOVITA, has_key=True)
    ready.refresh()
    assert ready.obstacle.text == "Say in the prompt what should appear."
    parameters.edit(prompt="a lake")
    ready.refresh()
    assert ready.obstacle.text == "Choose a checkpoint."
    parameters.edit(model_name="dream.safetensors")
    ready.refresh()
    assert ready.obstacle is None


def test_a_value_out_of_range_is_named(ready, parameters):
    parameters.edit(steps=101)
    ready.refresh()
    assert ready.obstacle.text == "Steps go from 1 to 100."
    assert ready.obstacle.remedy == "steps"


def test_the_key_sends_what_is_open(shown, ready, queue, document, parameters):
    QTest.keyClick(shown, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    ((service, sent, picture, mask),) = queue.sent
    assert service is BUILTIN
    assert sent == parameters.value == parameters.last_run
    assert picture is document.picture
    assert mask.plane().max() == 255


def test_so_does_the_button(qtbot, shown, ready, queue):
    qtbot.mouseClick(button(shown), Qt.MouseButton.LeftButton)
    assert len(queue.sent) == 1


def test_paint_that_follows_does_not_reach_what_was_sent(ready, queue, document):
    painted = document.mask.plane.copy()
    ready.generate()
    document.invert()
    assert (queue.sent[0][3].plane() == painted).all()


def test_nothing_is_sent_while_another_picture_is_seen(shown, ready, queue):
    ready.hold(True)
    shown.actions_table["generate"].trigger()
    assert queue.sent == []
    assert reason(shown) == "The picture is still being read."
    ready.hold(False)
    assert button(shown).isEnabled()


def test_nothing_is_sent_while_the_mask_is_still_changed(shown, ready, queue):
    ready.wait_for_mask(True)
    shown.actions_table["generate"].trigger()
    assert queue.sent == []
    assert reason(shown) == "The mask is still being changed."
    ready.wait_for_mask(False)
    assert button(shown).isEnabled()


def test_the_key_says_why_nothing_is_sent(shown, generating, queue):
    QTest.keyClick(shown, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert queue.sent == []
    assert shown.findChild(QWidget, "message").text() == "Open a picture to begin."


@pytest.fixture
def without_checkpoint(ready, services, parameters, shown, qtbot):
    """All but a checkpoint is there; its section is folded."""
    shown.panel.fill(parameters, Catalogue(None, None, lambda coroutine: coroutine.close()))
    shown.panel.form.sections["model"].set_folded(True)
    services.put(NOVITA, has_key=True)
    parameters.edit(prompt="a lake")
    qtbot.waitUntil(lambda: reason(shown) == "Choose a checkpoint.")
    return ready


def press_generate(window):
    QTest.keyClick(window, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)


def click_button(window):
    click(window, "generate")


def click_words(window):
    click(window, "generate_reason")


def click(window, name):
    """As the screen has it: what is disabled may leave the click to what is below."""
    part = window.findChild(QWidget, name)
    place = part.mapTo(window, part.rect().center())
    QTest.mouseClick(window.windowHandle(), Qt.MouseButton.LeftButton, pos=place)


@pytest.mark.parametrize("act", [press_generate, click_button, click_words])
def test_what_is_in_the_way_is_led_to(qtbot, shown, without_checkpoint, queue, act):
    act(shown)
    field = shown.findChild(QWidget, "model_name")
    assert field.hasFocus()
    assert queue.sent == []
    qtbot.waitUntil(lambda: not field.visibleRegion().isEmpty())


def test_a_click_on_words_that_are_outdated_sends_nothing(shown, without_checkpoint, queue,
                                                         parameters):  # fmt: skip
    parameters.edit(model_name="dream.safetensors")
    click_words(shown)
    assert queue.sent == []


def test_a_missing_key_can_be_entered_from_the_notice(qtbot, shown, ready, services):
    services.put(NOVITA, has_key=False)
    ready.generate()
    with qtbot.waitSignal(ready.key_wanted):
        qtbot.mouseClick(shown.findChild(QWidget, "notice_action"), Qt.MouseButton.LeftButton)


def test_a_job_that_could_not_be_made_is_told(shown, generating, queue):
    queue.failed.emit(InvalidInput("mask", "empty"))
    assert shown.findChild(QWidget, "notice_title").text() == "Nothing is painted"


def test_that_it_is_too_late_to_cancel_is_no_error(shown, theme, generating, queue):
    queue.failed.emit(AlreadySent())
    assert shown.findChild(QWidget, "notice_title").text().startswith("Already sent")
    assert "kept when it comes" in shown.stage.notice.message.text
    ground = shown.stage.notice.grab().toImage().pixelColor(320, 4)
    assert ground == theme.color("raised")


def test_cancel_stops_the_newest_that_runs(shown, generating, queue):
    older, newer, done = job(), job(), job()
    assert not shown.actions_table["cancel"].isEnabled()
    queue.add(older)
    queue.add(newer)
    queue.add_done(done)
    QTest.keyClick(shown, Qt.Key.Key_Escape, Qt.KeyboardModifier.ShiftModifier)
    assert queue.asked == [("cancel", newer.id)]


def test_the_dock_shows_what_the_newest_job_does(shown, queue):
    JobProgress(shown.panel.dock, queue, shown)
    one = job()
    queue.add(one)
    assert reason(shown) == "Open a picture to begin."
    shown.panel.dock.set_reason("")
    assert reason(shown) == "Preparing"
    assert shown.findChild(QWidget, "generate_cancel").isVisible()
    queue.finish(one, JobState.DONE)
    assert not shown.findChild(QWidget, "generate_cancel").isVisible()
