"""Operations on the mask: tried out while their settings change, or made at once."""

from __future__ import annotations

from dataclasses import dataclass
from time import monotonic
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, QTimer, Signal

from app.contract.hints import QT_TRANSLATE_NOOP
from app.model.operations.settings import (
    Feather,
    FillHoles,
    FromAlpha,
    FromChange,
    FromLuminance,
    Grow,
    Levels,
    RemoveSpecks,
    Settings,
    Shrink,
    Smooth,
)
from app.model.settings import edited, remembered, state_of

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from app.model.change import Change, Report
    from app.model.picture import Picture, Plane
    from app.session.document import Document
    from app.session.work import Compute, MaskWork

PATIENCE_S = 1.0
"""How long a preview may go on being computed after newer settings are wanted."""


@dataclass(frozen=True, slots=True)
class Operation:
    """`title` names its step, a source text of the context "Document"."""

    title: str
    settings: Settings
    """What it starts from the first time."""


OPERATIONS: Mapping[str, Operation] = {
    "grow_by": Operation(QT_TRANSLATE_NOOP("Document", "Grow Mask"), Grow()),
    "shrink_by": Operation(QT_TRANSLATE_NOOP("Document", "Shrink Mask"), Shrink()),
    "feather": Operation(QT_TRANSLATE_NOOP("Document", "Feather Mask"), Feather()),
    "smooth": Operation(QT_TRANSLATE_NOOP("Document", "Smooth Mask"), Smooth()),
    "levels": Operation(QT_TRANSLATE_NOOP("Document", "Mask Levels"), Levels()),
    "remove_specks": Operation(QT_TRANSLATE_NOOP("Document", "Remove Specks"), RemoveSpecks()),
    "fill_holes": Operation(QT_TRANSLATE_NOOP("Document", "Fill Holes"), FillHoles()),
    "from_alpha": Operation(
        QT_TRANSLATE_NOOP("Document", "Mask from Transparency"), FromAlpha()
    ),
    "from_luminance": Operation(
        QT_TRANSLATE_NOOP("Document", "Mask from Brightness"), FromLuminance()
    ),
    "from_change": Operation(QT_TRANSLATE_NOOP("Document", "Mask from Change"), FromChange()),
}  # fmt: skip


class Operations(QObject):
    """One operation is open at a time: the mask shows what it would do.

    `opened` and `closed` tell of that, `changed` of its settings, `computing` that a preview of
    them was begun, or is there.
    """

    opened = Signal(str)
    changed = Signal(object)
    computing = Signal(bool)
    progressed = Signal(float)
    closed = Signal()

    def __init__(self, document: Document, work: MaskWork, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._document = document
        self._work = work
        self._settings = {name: each.settings for name, each in OPERATIONS.items()}
        self._current = ""
        self._result: Picture | None = None
        self._is_stale = False
        self._begun = 0.0
        self._hurry = QTimer(self, singleShot=True)
        self._hurry.timeout.connect(self._catch_up)
        work.shown.connect(self._follow_preview)
        work.progressed.connect(self._follow_progress)
        work.ended.connect(self._follow_end)

    @property
    def current(self) -> str:
        """The operation that is open, or nothing."""
        return self._current

    @property
    def settings(self) -> Settings:
        """Of the operation that is open."""
        return self._settings[self._current]

    def open(self, name: str, result: Picture | None = None) -> None:
        """Try an operation out, with the settings it had last; any other one open is kept.

        `result` is what "from_change" compares the picture with.
        """
        self._work.then(lambda: self._open(name, result))

    def edit(self, **changes: Any) -> None:
        """Change settings of the operation that is open; each goes to the nearest allowed."""
        if not self._current or self._work.is_busy:
            return
        settings = edited(self.settings, changes)
        if settings == self.settings:
            return
        self._settings[self._current] = settings
        self.changed.emit(settings)
        self._is_stale = True
        late = monotonic() - self._begun
        # What is nearly there is better shown than begun anew with every move of a slider.
        if not self._work.is_computing or late > PATIENCE_S:
            self._catch_up()
        elif not self._hurry.isActive():
            self._hurry.start(round(1000 * (PATIENCE_S - late)))

    def reset(self) -> None:
        """Go back to the settings that the operation that is open started from at first."""
        if self._current:
            self.edit(**state_of(OPERATIONS[self._current].settings))

    def apply(self) -> None:
        """Make what is tried out a step, as soon as it is there."""
        if self._current:
            self._catch_up()
            self._work.keep()

    def cancel(self) -> None:
        """Take back what is tried out."""
        if self._current:
            self._work.drop()

    def make(self, name: str, settings: Settings) -> None:
        """Make an operation a step at once, after those that are under way."""
        operation = OPERATIONS[name]
        self._work.then(lambda: self._work.run(operation.title, self._compute(settings)))

    def then(self, act: Callable[[], object]) -> None:
        """Make another edit, after those that are under way."""
        self._work.then(act)

    def state(self) -> dict[str, Any]:
        """All that is worth remembering, for `restore`."""
        return {name: state_of(settings) for name, settings in self._settings.items()}

    def restore(self, state: Mapping[str, Any]) -> None:
        """Go back to remembered settings; what makes no sense in them is left as it is."""
        for name, settings in self._settings.items():
            self._settings[name] = remembered(settings, state.get(name))

    def _open(self, name: str, result: Picture | None) -> None:
        self._result = result
        self._preview(name)
        self._current = name
        self.opened.emit(name)
        self.computing.emit(True)

    def _preview(self, name: str) -> None:
        self._begun = monotonic()
        self._is_stale = False
        settings = self._settings[name]
        self._work.preview(OPERATIONS[name].title, self._compute(settings))

    def _catch_up(self) -> None:
        """Show the settings as they are now, whatever is being computed."""
        if self._current and self._is_stale:
            self._hurry.stop()
            self._preview(self._current)
            self.computing.emit(True)

    def _compute(self, settings: Settings) -> Compute:
        picture, result = self._document.picture, self._result
        assert picture is not None

        def compute(base: Plane, report: Report) -> Change:
            from app.model.operations.computing import Sight, computed

            return computed(base, settings, report, Sight(picture, result))

        return compute

    def _follow_preview(self) -> None:
        if self._is_stale:
            self._catch_up()
        elif self._current:
            self.computing.emit(False)

    def _follow_progress(self, share: float) -> None:
        if self._current:
            self.progressed.emit(share)

    def _follow_end(self) -> None:
        if self._current:
            self._current = ""
            self._result = None
            self._is_stale = False
            self._hurry.stop()
            self.computing.emit(False)
            self.closed.emit()
