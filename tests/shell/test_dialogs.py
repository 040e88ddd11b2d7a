"""Preferences, the sheet of keys, and About, used as an artist does."""

import asyncio

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QComboBox,
    QDialog,
    QFileDialog,
    QLabel,
    QLineEdit,
    QWidget,
)
from shiboken6 import isValid

from app.access import Access
from app.look.choices import Segments
from app.look.fields import Spin
from app.model.errors import InvalidInput, NothingOffered, Unauthorized
from app.model.services import BUILTIN
from app.parts import Parts
from app.session.pen import Pen
from app.session.preferences import Preferences, PreferencesRecord
from app.session.upkeep import Upkeep
from app.shell.actions import TABLE
from app.shell.dialogs import Dialogs
from app.shell.keys.sets import KEY_SETS
from app.shell.keys.sheet import KeysSheet
from app.shell.naming import Naming
from app.storage import names
from app.storage.folders import Folders


class Chain:
    """Keys by service; `place` is where they are kept."""

    def __init__(self) -> None:
        self.kept: dict[str, str] = {}
        self.at = "keyring"
        self.balance: float | None = 12.4
        self.refusal = "invalid key"

    async def place(self, service):
        return self.at if service.id in self.kept else None

    async def keep(self, service, typed):
        if " " in typed:
            raise InvalidInput("api_key", "spaces")
        self.kept[service.id] = typed
        return self.at

    async def forget(self, service):
        self.kept.pop(service.id, None)

    async def check(self, service):
        if self.kept.get(service.id) != "sk-good":
            raise Unauthorized(self.refusal)
        return self.balance


@pytest.fixture
def keys():
    return Chain()


@pytest.fixture
def preferences(qapp):
    return Preferences(PreferencesRecord(service="ppinfra"), lambda _: None)


@pytest.fixture
def dialogs(shown, theme, preferences, keys, tasks, beside, tmp_path):
    folders = Folders.under(tmp_path)
    upkeep = Upkeep(Access(Parts(folders), folders, lambda: BUILTIN, None), beside, tasks.spawn)
    naming = Naming(
        example=names.example,
        default_template=names.DEFAULT_TEMPLATE,
        placeholders=names.PLACEHOLDERS,
        default_folder="/home/artist/Pictures/Maskwright",
    )
    return Dialogs(shown, theme, preferences, naming, keys, tasks.spawn, Pen(), upkeep)


@pytest.fixture
def dialog(qtbot, shown, dialogs, tasks):
    QTest.keyClick(shown, Qt.Key.Key_Comma, Qt.KeyboardModifier.ControlModifier)
    found = shown.findChild(QDialog, "preferences")
    qtbot.waitUntil(found.isVisible)
    tasks.run()
    return found


def line(dialog, name) -> QLineEdit:
    return dialog.findChild(QLineEdit, name)


def note(dialog, name="key_note") -> str:
    return dialog.findChild(QLabel, name).text()


def pace(dialog) -> Spin:
    return dialog.findChild(Spin, "images_per_minute")


def type_into(dialog, name, text):
    field = line(dialog, name)
    field.setFocus()
    field.selectAll()
    QTest.keyClicks(field, text)
    return field


def click(qtbot, dialog, name):
    qtbot.mouseClick(dialog.findChild(QAbstractButton, name), Qt.MouseButton.LeftButton)


def test_asking_twice_gives_one_dialog(shown, dialogs, dialog):
    dialogs.open_preferences()
    assert len(shown.findChildren(QDialog, "preferences")) == 1


def test_the_theme_is_taken_at_once(qtbot, dialog, preferences):
    light = dialog.findChild(Segments, "theme").buttons[2]
    qtbot.mouseClick(light, Qt.MouseButton.LeftButton)
    assert preferences.value.theme == "light"


def test_prompts_can_be_kept_out_of_result_files(qtbot, dialog, preferences):
    box = dialog.findChild(QAbstractButton, "describes_results")
    assert box.isChecked()
    click(qtbot, dialog, "describes_results")
    assert not preferences.value.describes_results


def test_the_images_a_minute_are_taken_when_they_are_typed(qtbot, dialog, preferences):
    assert pace(dialog).text() == "10"
    kept = []
    preferences.changed.connect(lambda record: kept.append(record.images_per_minute))
    pace(dialog).lineEdit().setFocus()
    pace(dialog).selectAll()
    QTest.keyClick(pace(dialog), Qt.Key.Key_Delete)
    QTest.keyClicks(pace(dialog), "25")
    assert kept == []
    QTest.keyClick(pace(dialog), Qt.Key.Key_Tab)
    assert kept == [25]


@pytest.mark.parametrize("typed", ["0", ""])
def test_no_limit_of_images_a_minute_is_said_in_words(qtbot, dialog, preferences, typed):
    pace(dialog).lineEdit().setFocus()
    pace(dialog).selectAll()
    QTest.keyClick(pace(dialog), Qt.Key.Key_Delete)
    QTest.keyClicks(pace(dialog), typed)
    click(qtbot, dialog, "close")
    assert preferences.value.images_per_minute == 0
    assert pace(dialog).text() == "No limit"


def test_a_template_shows_what_a_name_will_be(dialog, preferences):
    type_into(dialog, "name_template", "{name}_{seed}")
    assert note(dialog, "name_example") == "For example: harbour_1234567890.png"
    assert preferences.value.name_template == "{name}_{seed}"


def test_a_template_that_names_nothing_is_told_and_not_kept(dialog, preferences):
    preferences.edit(name_template="{name}")
    type_into(dialog, "name_template", "{nme}")
    assert note(dialog, "name_example").startswith("Nothing is called “nme”.")
    assert preferences.value.name_template != "{nme}"


def test_the_default_template_is_kept_as_the_default(dialog, preferences):
    type_into(dialog, "name_template", "{seed}")
    type_into(dialog, "name_template", names.DEFAULT_TEMPLATE)
    assert preferences.value.name_template == ""


def test_the_folder_for_results_is_chosen_in_a_dialog(dialog, preferences, qtbot, tmp_path):
    click(qtbot, dialog, "choose_folder")
    asked = dialog.findChild(QFileDialog, "results_folder_dialog")
    asked.fileSelected.emit(str(tmp_path))
    asked.reject()
    assert preferences.value.results_folder == str(tmp_path)
    assert line(dialog, "results_folder").text() == str(tmp_path)


def test_a_typed_key_is_kept_and_never_shown(qtbot, dialogs, dialog, keys, tasks):
    assert note(dialog) == "No key yet. Paste the one you were given."
    field = type_into(dialog, "api_key", "sk-good")
    assert field.echoMode() is QLineEdit.EchoMode.Password
    with qtbot.waitSignals([dialogs.keys_changed, dialogs.key_confirmed]):
        QTest.keyClick(field, Qt.Key.Key_Return)
        tasks.run()
    assert keys.kept == {"ppinfra": "sk-good"}
    assert field.text() == ""
    assert note(dialog) == "A key is kept in the system's keyring."
    assert dialog.isVisible()


def test_a_key_with_a_space_is_refused_in_words(dialog, keys, tasks):
    field = type_into(dialog, "api_key", "sk good")
    QTest.keyClick(field, Qt.Key.Key_Return)
    tasks.run()
    assert note(dialog).startswith("A key has no spaces inside.")
    assert keys.kept == {}


def test_a_key_can_be_forgotten(qtbot, dialog, keys, tasks):
    QTest.keyClick(type_into(dialog, "api_key", "sk-good"), Qt.Key.Key_Return)
    tasks.run()
    click(qtbot, dialog, "forget_key")
    tasks.run()
    assert keys.kept == {}
    assert not dialog.findChild(QAbstractButton, "forget_key").isEnabled()


def test_a_key_of_the_environment_cannot_be_changed(dialog, preferences, keys, tasks):
    keys.at = "environment"
    keys.kept["novita"] = "sk-good"
    preferences.edit(service="novita")
    tasks.run()
    assert note(dialog) == "The key comes from MASKWRIGHT_API_KEY."
    assert not line(dialog, "api_key").isEnabled()
    assert line(dialog, "api_key").placeholderText() == ""


@pytest.mark.parametrize(
    ("key", "expected"),
    [
        ("sk-good", "Connected; the key is accepted. Balance ¥12.40."),
        ("sk-bad", "The service does not accept this key."),
    ],
)
def test_the_connection_is_tested_and_told(qtbot, dialog, keys, tasks, key, expected):
    keys.kept["ppinfra"] = key
    click(qtbot, dialog, "test_connection")
    tasks.run()
    assert note(dialog).startswith(expected)
    assert dialog.findChild(QAbstractButton, "test_connection").isEnabled()


@pytest.mark.parametrize("offers", [True, False], ids=["with-models", "without-models"])
def test_a_key_that_was_accepted_is_confirmed(
    qtbot, dialogs, dialog, keys, tasks, monkeypatch, offers
):
    async def check(service):
        if not offers:
            raise NothingOffered
        return 12.4

    monkeypatch.setattr(keys, "check", check)
    click(qtbot, dialog, "test_connection")
    with qtbot.waitSignal(dialogs.key_confirmed) as confirmed:
        tasks.run()
    assert confirmed.args[0].id == "ppinfra"


def test_no_balance_is_told_with_what_to_do(qtbot, dialog, keys, tasks):
    keys.kept["ppinfra"] = "sk-good"
    keys.balance = 0.0
    click(qtbot, dialog, "test_connection")
    tasks.run()
    assert note(dialog).endswith("Balance ¥0.00. Top up before you generate.")


def test_a_test_shows_that_it_runs_and_ends_when_the_dialog_is_closed(
    qtbot, dialog, keys, tasks, monkeypatch
):
    ends = []

    async def check(service):
        try:
            await asyncio.Event().wait()
        finally:
            ends.append(service.id)

    monkeypatch.setattr(keys, "check", check)
    click(qtbot, dialog, "test_connection")
    tasks.run(until=lambda: True)
    assert note(dialog) == "Asking PPInfra…"
    assert not dialog.findChild(QAbstractButton, "test_connection").isEnabled()
    tasks.loop.call_soon(dialog.close)
    with pytest.raises(asyncio.CancelledError):
        tasks.run()
    assert ends == ["ppinfra"]


def test_a_test_of_one_service_is_not_told_at_another(qtbot, dialog, preferences, keys, tasks):
    keys.kept["ppinfra"] = "sk-good"
    click(qtbot, dialog, "test_connection")
    preferences.edit(service="novita")
    with pytest.raises(asyncio.CancelledError):
        tasks.run()
    assert note(dialog) == "No key yet. Paste the one you were given."
    assert dialog.findChild(QAbstractButton, "test_connection").isEnabled()


def test_a_key_that_is_kept_after_the_dialog_was_closed_is_told_all_the_same(
    qtbot, dialogs, dialog, keys, tasks
):
    QTest.keyClick(type_into(dialog, "api_key", "sk-good"), Qt.Key.Key_Return)
    dialog.close()
    qtbot.waitUntil(lambda: not isValid(dialog))
    with qtbot.waitSignal(dialogs.keys_changed):
        tasks.run()
    assert keys.kept == {"ppinfra": "sk-good"}


def test_a_key_is_kept_when_the_dialog_is_closed_over_it(dialog, keys, tasks):
    type_into(dialog, "api_key", "sk-good")
    dialog.close()
    tasks.run()
    assert keys.kept == {"ppinfra": "sk-good"}


def test_a_key_for_the_session_alone_is_said_plainly(dialog, keys, tasks):
    keys.at = "session"
    QTest.keyClick(type_into(dialog, "api_key", "sk-good"), Qt.Key.Key_Return)
    tasks.run()
    assert note(dialog).startswith("The key is kept until you quit, and then gone")


def test_a_refusal_is_told_whole(qtbot, dialog, keys, tasks):
    keys.kept["ppinfra"] = "sk-bad"
    keys.refusal = "the key is not the one this engine was started with"
    qtbot.mouseClick(
        dialog.findChild(QAbstractButton, "test_connection"), Qt.MouseButton.LeftButton
    )
    tasks.run()
    told = dialog.findChild(QLabel, "key_note")
    assert keys.refusal in told.text()
    assert told.heightForWidth(told.width()) <= told.height()


def test_a_key_that_is_kept_leaves_a_trace_where_it_was_typed(dialog, keys, tasks):
    assert line(dialog, "api_key").placeholderText() == ""
    QTest.keyClicks(line(dialog, "api_key"), "sk-good")
    QTest.keyClick(line(dialog, "api_key"), Qt.Key.Key_Return)
    tasks.run()
    assert line(dialog, "api_key").placeholderText().startswith("Kept")


def test_the_built_in_engine_wants_no_key(qtbot, dialog, preferences):
    combo = dialog.findChild(QComboBox, "service_choice")
    combo.setFocus()
    QTest.keyClick(combo, Qt.Key.Key_Home)
    assert preferences.value.service == "builtin"
    assert not line(dialog, "api_key").isEnabled()
    assert not line(dialog, "base_url").isEnabled()
    assert "prompts need a connected service" in note(dialog)


def test_an_address_of_ones_own_becomes_the_service_when_it_is_one(dialog, preferences, tasks):
    combo = dialog.findChild(QComboBox, "service_choice")
    combo.setFocus()
    QTest.keyClick(combo, Qt.Key.Key_End)
    type_into(dialog, "base_url", "http://example.org")
    assert note(dialog).startswith("http:// is for this machine alone.")
    assert preferences.value.service == "ppinfra"
    QTest.keyClick(type_into(dialog, "base_url", "https://example.org"), Qt.Key.Key_Return)
    tasks.run()
    assert preferences.value.service == "custom"
    assert preferences.value.custom_url == "https://example.org"
    assert line(dialog, "base_url").text() == "https://example.org"


def test_an_address_is_not_used_before_it_is_wholly_typed(dialog, preferences, tasks):
    preferences.edit(custom_url="https://mine.example", service="custom")
    tasks.run()
    seen = []
    preferences.changed.connect(lambda record: seen.append(record.custom_url))
    field = type_into(dialog, "base_url", "https://example.org")
    assert seen == []
    line(dialog, "api_key").setFocus()
    tasks.run()
    assert seen == ["https://example.org"]
    assert field.text() == "https://example.org"


def test_a_key_of_the_environment_that_no_request_can_carry_is_told(
    qtbot, dialog, preferences, keys, tasks, monkeypatch
):
    async def refuse(service):
        raise InvalidInput("api_key", "spaces")

    monkeypatch.setattr(keys, "place", refuse)
    monkeypatch.setattr(keys, "forget", refuse)
    preferences.edit(service="novita")
    tasks.run()
    assert note(dialog).startswith("A key has no spaces inside.")
    dialog.findChild(QLabel, "key_note").setText("")
    click(qtbot, dialog, "forget_key")
    tasks.run()
    assert note(dialog).startswith("A key has no spaces inside.")


def test_it_opens_where_a_key_is_entered(qtbot, shown, dialogs, tasks):
    dialogs.open_key()
    tasks.run()
    dialog = shown.findChild(QDialog, "preferences")
    qtbot.waitUntil(line(dialog, "api_key").hasFocus)


def test_every_field_of_preferences_has_a_name(dialog):
    fields = dialog.findChildren(QLineEdit) + dialog.findChildren(QAbstractButton)
    assert [one.objectName() for one in fields if not one.accessibleName() and not one.text()] == []


def test_the_sheet_shows_every_key(qtbot, shown, dialogs):
    QTest.keyClick(shown, Qt.Key.Key_Question, Qt.KeyboardModifier.ShiftModifier)
    sheet = shown.findChild(QDialog, "keys_sheet")
    qtbot.waitUntil(sheet.isVisible)
    words = {label.text() for label in sheet.findChildren(QLabel)}
    plain = {
        entry.text.replace("&", "").rstrip("…")
        for entry in TABLE
        if entry.shortcuts and entry.menu != "opacity"
    }
    assert plain <= words
    assert "10 % … 100 %" in words
    sheet.close()


def test_the_sheet_shows_the_keys_as_they_are_now(qtbot, shown, theme):
    keys = shown.actions_table.keys
    keys.choose("krita")
    keys.take("hide_panels")
    sheet = KeysSheet(theme, keys, parent=shown)
    words = {label.text() for label in sheet.findChildren(QLabel)}
    assert {"Fainter", "Stronger"} <= words
    assert "Hide Panels" not in words
    assert "10 % … 100 %" not in words


def test_the_sheet_tells_how_to_take_back_turn_and_combine(shown, theme):
    sheet = KeysSheet(theme, shown.actions_table.keys, parent=shown)
    words = {label.text() for label in sheet.findChildren(QLabel)}
    assert {"Take a drag back", "Turn", "Add, subtract, intersect"} <= words


@pytest.mark.parametrize(("wheel", "key"), [("", "Wheel"), ("photoshop", "Alt wheel")])
def test_the_sheet_tells_what_the_wheel_does(shown, theme, preferences, dialogs, wheel, key):
    preferences.edit(wheel=wheel)
    shown.actions_table["keys"].trigger()
    sheet = shown.findChild(KeysSheet)
    assert key in {part.accessibleName() for part in sheet.findChildren(QWidget)}
    sheet.close()


@pytest.mark.parametrize("key_set", KEY_SETS)
def test_the_sheet_fits_the_smallest_window(shown, theme, key_set):
    shown.actions_table.keys.choose(key_set)
    size = KeysSheet(theme, shown.actions_table.keys, parent=shown).sizeHint()
    assert (size.width() <= 1024, size.height() <= 680) == (True, True)


@pytest.mark.parametrize("page", ["general", "keys", "pen", "storage"])
def test_every_page_of_preferences_fits_the_smallest_window(qtbot, dialog, tasks, page):
    click(qtbot, dialog, f"pages_{page}")
    tasks.run()
    assert dialog.findChild(QWidget, f"page_{page}").isVisible()
    assert dialog.sizeHint().height() <= 680


def test_about_names_version_licence_and_libraries(qtbot, shown, dialogs):
    shown.actions_table["about"].trigger()
    about = shown.findChild(QDialog, "about")
    words = " ".join(label.text() for label in about.findChildren(QLabel))
    assert "Maskwright 0." in words
    assert "MIT" in words
    assert "PySide6-Essentials 6." in words
    about.close()
