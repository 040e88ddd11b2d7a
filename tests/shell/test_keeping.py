"""What survives a restart."""

import pytest

from app.canvas.canvas import Canvas
from app.jobs.traffic import Traffic
from app.model.errors import StorageError
from app.session.display import Display
from app.session.parameters import ParameterState
from app.session.preferences import Preferences, PreferencesRecord
from app.session.tools import Tools
from app.shell.keeping import Keeping, follow_pace, follow_theme, follow_wheel, keep_display


class Shelf:
    def __init__(self) -> None:
        self.saved = {}

    def save(self, values) -> None:
        self.saved = values


@pytest.fixture
def shelf():
    return Shelf()


@pytest.fixture
def preferences(qapp, shelf):
    return Preferences(PreferencesRecord(), shelf.save)


@pytest.fixture
def keeping(window, preferences, parameters, tools):
    return Keeping(window, preferences, parameters, tools)


def test_parameters_and_tools_come_back_and_folds_are_remembered(
    keeping, window, preferences, parameters, tools, shelf
):
    parameters.edit(prompt="a lake", steps=44)
    tools.edit(size=123)
    tools.choose("eraser")
    window.strip.set_folded(True)
    window.panel.folded_changed.emit({"model"})
    keeping.keep_all()

    record = PreferencesRecord.from_json(shelf.saved)
    again, more = ParameterState(), Tools()
    Keeping(window, Preferences(record, shelf.save), again, more)

    assert again.value.prompt == "a lake"
    assert again.value.steps == 44
    assert more.tool == "eraser"
    more.choose("brush")
    assert more.brush.size == 123
    assert record.folded == ("model", "results")
    assert record.geometry


def test_everything_that_tools_remember_is_kept(keeping, preferences, tools):
    tools.assist(symmetry="both")
    assert preferences.value.tools["aids"]["brush"]["symmetry"] == "both"
    tools.choose("wand")
    tools.select(tolerance=7)
    assert preferences.value.tools["wand"]["tolerance"] == 7
    tools.set_mode("intersect")
    assert preferences.value.tools["modes"]["wand"] == "intersect"


def test_keys_are_remembered(keeping, window, preferences, parameters, tools, shelf):
    keys = window.actions_table.keys
    keys.choose("krita")
    keys.give("wand", "F9")
    keeping.keep_all()
    keys.choose("")

    record = PreferencesRecord.from_json(shelf.saved)
    Keeping(window, Preferences(record, shelf.save), parameters, tools)

    assert keys.key_set == "krita"
    assert keys.keys_of("wand") == ("F9",)


def test_the_display_is_remembered(qapp, preferences):
    display = Display()
    keep_display(preferences, display)
    display.edit(mode="mono", opacity=0.25)

    again = Display()
    keep_display(preferences, again)

    assert (again.mode, again.opacity) == ("mono", 0.25)


def test_the_wheel_follows_at_once(qapp, preferences, document, tools, theme):
    canvas = Canvas(document, tools, theme)
    follow_wheel(preferences, canvas.wheel)
    assert canvas.wheel.habit == "zoom"
    preferences.edit(wheel="photoshop")
    assert canvas.wheel.habit == "photoshop"


def test_unfolding_is_remembered_too(keeping, window, preferences):
    window.strip.set_folded(True)
    window.strip.set_folded(False)
    assert preferences.value.folded == ()


def test_settings_that_cannot_be_saved_are_told(keeping, window, preferences, tmp_path):
    preferences.save_failed.emit(StorageError("full", tmp_path / "settings.json"))
    assert window.stage.notice.accessibleName().startswith("The disk is full")


def test_the_images_a_minute_follow_at_once(preferences):
    traffic = Traffic()
    preferences.edit(images_per_minute=3)
    follow_pace(preferences, traffic)
    assert traffic.images_per_minute == 3
    preferences.edit(images_per_minute=0)
    assert traffic.images_per_minute == 0


def test_the_theme_follows_at_once(theme, preferences):
    follow_theme(preferences, theme)
    preferences.edit(theme="light")
    assert theme.mode == "light"
