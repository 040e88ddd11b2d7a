"""Pictures become masks: from a file, from the clipboard, by drop."""

from __future__ import annotations

from dataclasses import replace
from functools import cached_property, partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from app.contract.hints import QT_TRANSLATE_NOOP

if TYPE_CHECKING:
    from app.look.theme import Theme
    from app.model.change import Change, Report
    from app.model.picture import Picture, Plane
    from app.model.selecting import Mode
    from app.session.document import Document
    from app.session.preferences import Preferences
    from app.session.work import MaskWork
    from app.shell.main_window import MainWindow
    from app.shell.masks.bar import ImportBar

IMPORTED = QT_TRANSLATE_NOOP("Document", "Import Mask")
READING = "reading"


class Importing(QObject):
    """Shows at once what a picture would be as a mask, and keeps it when the artist says so.

    Whatever else is done to the mask meanwhile keeps what is shown, as with any trial.
    """

    def __init__(
        self,
        window: MainWindow,
        theme: Theme,
        document: Document,
        work: MaskWork,
        preferences: Preferences,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._window = window
        self._theme = theme
        self._document = document
        self._work = work
        self._preferences = preferences
        self._picture: Picture | None = None
        self._mode: Mode = "replace"  # of the last import that was kept
        work.ended.connect(self._end)

    def begin(self, picture: Picture) -> None:
        """Ask how this picture is to be read; there must be one open."""
        if self._picture is not None:
            self._drop()  # this one comes in its place
        self._work.then(partial(self._ask, picture))

    def _ask(self, picture: Picture) -> None:
        from app.model.mask_source import Reading, suggested

        opened = self._document.picture
        if opened is None:
            return
        self._picture = picture
        stored = Reading.from_json(self._preferences.value.masks.get(READING, {}))
        reading = replace(stored, by=stored.by or suggested(picture))
        self._window.stage.notice.make_way()
        self._bar.ask(picture, opened.size, reading, self._mode)
        self._window.status.show_trial(True)
        self._show()

    @cached_property
    def _bar(self) -> ImportBar:
        """Made when it is first seen."""
        from app.shell.masks.bar import ImportBar

        bar = ImportBar(self._theme, self._window.stage)
        bar.changed.connect(self._show)
        bar.accepted.connect(self._keep)
        bar.rejected.connect(self._drop)
        return bar

    def _show(self) -> None:
        from app.model.mask_source import change_from

        picture, reading, mode = self._picture, self._bar.reading, self._bar.mode
        if picture is None:
            return

        def compute(base: Plane, report: Report) -> Change:
            report(0.0)
            return change_from(base, picture, reading, mode)

        self._work.preview(IMPORTED, compute)

    def _keep(self) -> None:
        reading = self._bar.reading.to_json()
        if self._picture is not None and self._picture.alpha is None:
            reading["by"] = None  # it was no choice
        self._mode = self._bar.mode
        self._preferences.edit(masks={**self._preferences.value.masks, READING: reading})
        if not self._work.is_trying:
            self._show()
        self._work.keep()

    def _drop(self) -> None:
        self._work.drop()
        self._end()

    def _end(self) -> None:
        """What was shown is kept or gone, perhaps by something else that was done."""
        if self._picture is None:
            return
        self._picture = None
        self._bar.hide()
        self._window.status.show_trial(False)
        self._window.stage.take_keys()
