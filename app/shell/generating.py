"""Generate: why it cannot be pressed, and what happens when it is."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal

from app.model.errors import AlreadySent
from app.shell.actions import Fact
from app.shell.messages import Message, message_for

if TYPE_CHECKING:
    from app.model.errors import AppError
    from app.session.document import Document
    from app.session.parameters import ParameterState
    from app.session.queue import JobQueue
    from app.shell.main_window import MainWindow
    from app.shell.services import Services

PAUSE_MS = 50

_NO_FIELDS = {"wait", "open", "paint"}


@dataclass(frozen=True, slots=True)
class Obstacle:
    """Why nothing can be generated. `remedy` is what would help: `wait`, `open`, `paint`, `key`,
    or the wire name of the field to look at."""

    text: str
    remedy: str


class Generating(QObject):
    """Watches everything that a job needs."""

    key_wanted = Signal()

    def __init__(
        self,
        window: MainWindow,
        document: Document,
        parameters: ParameterState,
        services: Services,
        queue: JobQueue,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._window = window
        self._document = document
        self._parameters = parameters
        self._services = services
        self._queue = queue
        self._obstacle: Obstacle | None = None
        self._is_held = False
        self._is_mask_changing = False
        # Many keys in a row are looked at once.
        self._look = QTimer(self, singleShot=True, interval=PAUSE_MS)
        self._look.timeout.connect(self.refresh)
        changes = (document.picture_changed, document.mask_edited, parameters.changed)
        for change in (*changes, services.changed):
            change.connect(self._look.start)
        for change in (queue.job_added, queue.job_changed, queue.job_removed):
            change.connect(self._show_running)
        queue.failed.connect(self._tell)
        window.actions_table.on("generate", self.generate)
        window.actions_table.on("cancel", self.cancel)
        window.panel.generate_requested.connect(self.generate)
        window.panel.cancel_requested.connect(self.cancel)
        window.panel.dock.reason_requested.connect(self.lead)
        self._show_running()
        self.refresh()
        self._show_obstacle()

    @property
    def obstacle(self) -> Obstacle | None:
        """What was in the way when last looked."""
        return self._obstacle

    def hold(self, is_held: bool) -> None:
        """Send nothing while the picture that is seen is not the one that would be sent."""
        self._is_held = is_held
        self.refresh()

    def wait_for_mask(self, is_changing: bool) -> None:
        """Send nothing while an edit of the mask is still computed that would be left out."""
        self._is_mask_changing = is_changing
        self.refresh()

    def refresh(self) -> None:
        """Look anew."""
        obstacle = self._find()
        if obstacle != self._obstacle:
            self._obstacle = obstacle
            self._show_obstacle()

    def generate(self) -> None:
        """Send what is open off, or say why not."""
        self.refresh()
        picture = self._document.picture
        if self._obstacle is not None or picture is None:
            self.lead()
            return
        self._queue.submit(
            self._services.current, self._parameters.value, picture, self._document.mask_snapshot()
        )
        self._parameters.mark_run()

    def lead(self) -> None:
        """Say what is in the way, and lead to it."""
        self.refresh()
        if self._obstacle is None:
            return
        if self._obstacle.remedy == "key":
            message = Message(self._obstacle.text, self.tr("Nothing was sent."))
            enter = (self.tr("Enter key…"), self.key_wanted.emit)
            self._window.stage.notice.tell(message, "warn", enter)
            return
        self._window.status.show_message(self._obstacle.text)
        if self._obstacle.remedy not in _NO_FIELDS:
            self._window.panel.lead_to(self._obstacle.remedy)

    def cancel(self) -> None:
        """Stop the job that was started last among those under way."""
        running = [entry for entry in self._queue.entries if entry.is_running]
        if running:
            self._queue.cancel(running[-1].id)

    def _find(self) -> Obstacle | None:
        parameters = self._parameters.value
        if self._is_held:
            return Obstacle(self.tr("The picture is still being read."), "wait")
        if self._document.picture is None:
            return Obstacle(self.tr("Open a picture to begin."), "open")
        if self._is_mask_changing:
            return Obstacle(self.tr("The mask is still being changed."), "wait")
        if self._document.mask_is_empty and not parameters.inpainting_mask_invert:
            return Obstacle(self.tr("Paint over what should change."), "paint")
        if not self._services.has_key:
            words = self.tr("{service} needs a key.")
            return Obstacle(words.format(service=self._services.current.title), "key")
        return self._problem()

    def _problem(self) -> Obstacle | None:
        """The first field that cannot be sent as it is."""
        # Here, as none of this may be loaded on the way to the first paint.
        from app.jobs.prepare import completed
        from app.panels.parameters.wording import describe_problem

        for problem in completed(self._parameters.value, self._services.current).problems():
            return Obstacle(describe_problem(problem), problem.field.partition(".")[0])
        return None

    def _show_obstacle(self) -> None:
        self._window.panel.dock.set_reason(self._obstacle.text if self._obstacle else "")

    def _show_running(self) -> None:
        running = self._queue.running
        self._window.actions_table.state(Fact.RUNNING, running > 0)
        self._window.panel.dock.set_running(running)

    def _tell(self, error: AppError) -> None:
        severity = "info" if isinstance(error, AlreadySent) else "error"
        self._window.stage.notice.tell(message_for(error), severity)
