"""Asks for files, in dialogs that stop nothing and are gone with the answer."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QStandardPaths
from PySide6.QtWidgets import QFileDialog, QWidget

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from app.session.preferences import Preferences

PROJECTS = "*.ora"
PATTERNS = "*.png *.jpg *.jpeg *.webp *.avif *.tif *.tiff *.bmp *.gif"


def opening_dialog(parent: QWidget, title: str, place: Path, *, projects: bool) -> QFileDialog:
    """Asks for a picture that begins at the folder `place`, or for a project too."""
    pictures = QCoreApplication.translate("Files", "Pictures ({patterns})")
    both = QCoreApplication.translate("Files", "Pictures and projects ({patterns})")
    known = both.format(patterns=f"{PATTERNS} {PROJECTS}")
    if not projects:
        known = pictures.format(patterns=PATTERNS)
    dialog = QFileDialog(parent, title, str(place))
    dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
    dialog.setNameFilters([known, QCoreApplication.translate("Files", "All files (*)")])
    return dialog


def saving_dialog(parent: QWidget, title: str, place: Path, kinds: Sequence[str]) -> QFileDialog:
    """Asks where to save, and before it overwrites; `place` is the path that it proposes."""
    dialog = QFileDialog(parent, title, str(place.parent))
    dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
    dialog.setNameFilters(kinds)
    dialog.setDefaultSuffix(place.suffix)
    dialog.selectFile(place.name)
    return dialog


def ask(dialog: QFileDialog, name: str, chosen: Callable[[Path], object]) -> None:
    """Open `dialog` under its `name`; `chosen` gets the path, if one is chosen."""
    dialog.setObjectName(name)
    dialog.fileSelected.connect(lambda path: chosen(Path(path)))
    dialog.finished.connect(dialog.deleteLater)
    dialog.open()


def recent_folder(preferences: Preferences) -> Path:
    """Where the artist was last, or else where pictures are."""
    recent = preferences.value.recent_files
    return Path(recent[0]).parent if recent else pictures_folder()


def pictures_folder() -> Path:
    """The artist's own folder of pictures."""
    pictures = QStandardPaths.StandardLocation.PicturesLocation
    return Path(QStandardPaths.writableLocation(pictures))
