"""The clocks of the running jobs: one tick a second, and frames while a bar moves."""

import time
from dataclasses import dataclass

from PySide6.QtCore import QObject, QTimer, Signal

FRAME_MS = 33
GLIDE_S = 0.2
"""How long a bar takes to its new value."""

LAP_S = 1.6
"""How long the segment of a bar without a value takes from end to end."""


@dataclass(frozen=True, slots=True)
class Glide:
    """A bar on its way from one value to another; without a target a segment travels."""

    start: float
    target: float | None
    since: float

    def at(self, now: float) -> float | None:
        """The value to show."""
        if self.target is None:
            return None
        share = min(1.0, (now - self.since) / GLIDE_S)
        return self.start + share * (self.target - self.start)

    def moves(self, now: float) -> bool:
        return self.target is None or (self.start != self.target and now - self.since < GLIDE_S)


class Motion(QObject):
    """What the bars show now. No timer runs without a running job, nor behind a hidden strip."""

    ticked = Signal()
    """A second has passed."""
    moved = Signal()
    """A bar looks different now."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._glides: dict[str, Glide] = {}
        self._is_visible = False
        self._is_reduced = False
        self._seconds = QTimer(self, interval=1000)
        self._seconds.timeout.connect(self.ticked)
        self._frames = QTimer(self, interval=FRAME_MS)
        self._frames.timeout.connect(self._advance)

    @property
    def is_ticking(self) -> bool:
        return self._seconds.isActive()

    @property
    def is_moving(self) -> bool:
        return self._frames.isActive()

    @property
    def is_reduced(self) -> bool:
        return self._is_reduced

    def follow(self, targets: dict[str, float | None]) -> None:
        """The jobs that run now, by id, with the values their bars go to."""
        now = time.monotonic()
        self._glides = {job_id: self._glide(job_id, to, now) for job_id, to in targets.items()}
        self._refresh()

    def set_visible(self, visible: bool) -> None:
        """Whether anybody can see a bar."""
        self._is_visible = visible
        self._refresh()

    def set_reduced(self, reduced: bool) -> None:
        """Let bars jump instead of glide, and stand still instead of travel."""
        self._is_reduced = reduced
        self._refresh()

    def value(self, job_id: str) -> float | None:
        """How full the bar of a job is; None where nobody knows."""
        if (glide := self._glides.get(job_id)) is None:
            return None
        return glide.target if self._is_reduced else glide.at(time.monotonic())

    def lap(self) -> float:
        """Where the travelling segment is on its way, 0…1."""
        return time.monotonic() % LAP_S / LAP_S

    def _glide(self, job_id: str, target: float | None, now: float) -> Glide:
        known = self._glides.get(job_id)
        if known is not None and known.target == target:
            return known
        shown = None if known is None else known.at(now)
        # A bar that was empty or travelling starts where it stands: at the left.
        return Glide(shown or 0.0, target, now)

    def _advance(self) -> None:
        self.moved.emit()
        self._refresh()

    def _refresh(self) -> None:
        now = time.monotonic()
        moving = not self._is_reduced and any(glide.moves(now) for glide in self._glides.values())
        _run(self._seconds, self._is_visible and bool(self._glides))
        _run(self._frames, self._is_visible and moving)


def _run(timer: QTimer, on: bool) -> None:
    if on != timer.isActive():
        timer.start() if on else timer.stop()
