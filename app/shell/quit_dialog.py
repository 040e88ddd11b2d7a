"""The question on the way out: what holds it up, or what would be lost."""

from __future__ import annotations

from enum import Flag, auto
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal

from app.shell.question import Question

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from app.look.theme import Theme

WIDTH = 380


class Unkept(Flag):
    """What is not on the disk, as that does not answer or has no room; empty if all is."""

    MASK = auto()
    SETTINGS = auto()


class QuitDialog(Question):
    """Have it say something before it is shown; any answer but one means to stay."""

    quit_wanted = Signal()

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(theme, self.tr("Quit"), WIDTH, parent)
        self.setObjectName("quit_dialog")
        self._title = self._add_words("", "text", 600)
        self._text = self._add_words("")
        self._add_answer("quit_anyway", self.tr("Quit Anyway"), self.quit_wanted)
        self._stay = self._add_answer("quit_wait", "", self.reject)

    def say_jobs(self, lost: int) -> None:
        """So many jobs would be lost."""
        one = self.tr("A picture is still being made on this computer")
        more = self.tr("%n jobs are still under way on this computer", "", lost)
        text = self.tr("Quitting stops this. Your mask is kept, and jobs at a service go on there.")
        self._say(one if lost == 1 else more, text, self.tr("Wait"))

    def say_saving(self) -> None:
        """The project is on its way to the disk."""
        title = self.tr("Your project is still being saved")
        text = self.tr("Maskwright quits as soon as it is on disk.")
        self._say(title, text, self.tr("Keep Working"))

    def say_late(self) -> None:
        """The project is on that way for so long that it may never get there."""
        title = self.tr("Your project is not saved yet: the disk does not answer")
        text = self.tr(
            "Maskwright still waits. If you quit, picture and mask are offered to you at the "
            "next start."
        )
        self._say(title, text, self.tr("Keep Working"))

    def say_unkept(self, unkept: Unkept) -> None:
        """Quitting would lose this."""
        title = self.tr("Your settings are not saved: the disk does not answer")
        text = self.tr("If you quit, the next start begins with those that were saved last.")
        if Unkept.MASK in unkept:
            title = self.tr("What you painted last is not on disk")
            text = self.tr(
                "The disk is full, read-only or does not answer. If you quit, that is lost; else "
                "save your project in another place."
            )
        self._say(title, text, self.tr("Keep Working"))

    def _say(self, title: str, text: str, stay: str) -> None:
        self._title.setText(title)
        self._text.setText(text)
        self._stay.setText(stay)
        self.adjustSize()
