"""Keys typed, tried, kept and forgotten."""

import asyncio

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QLabel, QLineEdit
from shiboken6 import isValid

from app.model.errors import InvalidInput, NothingOffered
from tests.shell.preferences.hands import click, line, note, type_into


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
