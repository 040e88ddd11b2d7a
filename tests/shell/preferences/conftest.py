"""The Preferences, opened by their key at a service that wants one."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QDialog

from app.session.preferences import Preferences, PreferencesRecord


@pytest.fixture
def keys(keychain):
    return keychain


@pytest.fixture
def preferences(qapp):
    return Preferences(PreferencesRecord(service="ppinfra"), lambda _: None)


@pytest.fixture
def dialog(qtbot, shown, dialogs, tasks):
    QTest.keyClick(shown, Qt.Key.Key_Comma, Qt.KeyboardModifier.ControlModifier)
    found = shown.findChild(QDialog, "preferences")
    qtbot.waitUntil(found.isVisible)
    tasks.run()
    return found
