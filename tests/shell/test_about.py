"""About this program."""

from PySide6.QtWidgets import QDialog, QLabel


def test_about_names_version_licence_and_libraries(qtbot, shown, dialogs):
    shown.actions_table["about"].trigger()
    about = shown.findChild(QDialog, "about")
    words = " ".join(label.text() for label in about.findChildren(QLabel))
    assert "Maskwright 0." in words
    assert "MIT" in words
    assert "PySide6-Essentials 6." in words
    about.close()
