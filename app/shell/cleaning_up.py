"""Asks before anything is removed: what it is, how much, and what stays."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.look.sizes import room
from app.shell.question import Question

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from app.look.theme import Theme
    from app.model.holding import Old

WIDTH = 440


class CleanUpDialog(Question):
    """Only `accepted` means yes; with any other answer everything stays.

    First it is about the system's trash; `for_good` about what that did not take.
    """

    def __init__(self, theme: Theme, old: Old, parent: QWidget, *, for_good: bool = False) -> None:
        super().__init__(theme, self.tr("Clean Up"), WIDTH, parent)
        self.setObjectName("clean_up_dialog")
        jobs = self._jobs(len(old.job_ids))
        title, *about = self._for_good(jobs, old) if for_good else self._to_trash(jobs, old)
        self._add_words(title, "text", 600)
        for words in about:
            self._add_words(words)
        agree = self.tr("Delete for Good") if for_good else self.tr("Move to Trash")
        self._add_answer("clean_up_agree", agree, self.accept)
        self._add_answer("clean_up_keep", self.tr("Keep"), self.reject)

    def _jobs(self, count: int) -> str:
        if not count:
            return self.tr("pictures that no job needs")
        one = self.tr("the files of one job")
        return one if count == 1 else self.tr("the files of %n jobs", "", count)

    def _to_trash(self, what: str, old: Old) -> list[str]:
        about = self.tr(
            "It is {size}: what was sent, what services answered, and whole pictures that no "
            "other job needs. These jobs are done, or were removed from the list."
        )
        if not old.job_ids:
            about = self.tr("It is {size}. The jobs that were made from them have no files more.")
        told = [
            self.tr("Move {what} to the trash?").format(what=what),
            about.format(size=room(old.nbytes)),
            self.tr(
                "Your results, saved masks and projects stay, and so does every job that waits, "
                "runs, is incomplete or in doubt."
            ),
        ]
        return [*told, self._moved(old.moved)] if old.moved else told

    def _for_good(self, what: str, old: Old) -> list[str]:
        return [
            self.tr("Delete {what} for good?").format(what=what),
            self.tr(
                "The system's trash does not take them. It is {size}, and cannot be brought back. "
                "Your results stay."
            ).format(size=room(old.nbytes)),
        ]

    def _moved(self, count: int) -> str:
        one = self.tr(
            "Of one job a result is no longer where it was saved: what the service sent is the "
            "last copy here."
        )
        more = self.tr(
            "Of %n jobs a result is no longer where it was saved: what the service sent is the "
            "last copy here.",
            "",
            count,
        )
        return one if count == 1 else more
