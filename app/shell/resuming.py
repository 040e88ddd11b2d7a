"""Jobs of earlier runs go on, and all jobs look around when the world may have changed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QGuiApplication

from app.model.errors import AppError
from app.shell.messages import Message, message_for

if TYPE_CHECKING:
    from collections.abc import Callable

    from app.jobs.resuming import Archive
    from app.model.record import Recovery
    from app.model.services import Service
    from app.session.queue import JobQueue
    from app.session.tasks import Beside
    from app.shell.main_window import MainWindow
    from app.shell.services import Services


class Resuming(QObject):
    """Tells what an end that was none has left, and what jobs wait for.

    `recover` puts the journal in order, and `archive` is what can be read then; both block.
    """

    def __init__(
        self,
        window: MainWindow,
        queue: JobQueue,
        services: Services,
        recover: Callable[[], Recovery],
        archive: Callable[[], Archive],
        beside: Beside,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._notice = window.stage.notice
        self._told_paused: Message | None = None
        self._queue = queue
        self._services = services
        self._recover = recover
        self._archive = archive
        self._beside = beside
        queue.paused.connect(self._tell_paused)
        queue.balance_told.connect(self._tell_balance)
        services.changed.connect(self._try_key)
        services.key_confirmed.connect(self._go_on)
        application = QGuiApplication.instance()
        assert isinstance(application, QGuiApplication)
        application.applicationStateChanged.connect(self._follow_focus)

    async def resume(self) -> None:
        """Put in order what was left, then go on with it."""
        try:
            recovery: Recovery = await self._beside(self._recover)
        except AppError as error:
            self._tell(message_for(error))
            return
        self._tell_recovery(recovery)
        # What is under way may belong to a command that runs beside the window.
        if recovery.refusal is None and recovery.is_alone:
            self._queue.restore(self._archive)

    def watch_network(self) -> None:
        """Have jobs look around when the network is back. Takes some time the first time."""
        from PySide6.QtNetwork import QNetworkInformation

        if not QNetworkInformation.loadBackendByFeatures(QNetworkInformation.Feature.Reachability):
            return  # then they look around by themselves, a little later
        network = QNetworkInformation.instance()
        network.reachabilityChanged.connect(self._look_around)

    def _look_around(self, *_: Any) -> None:
        self._queue.traffic.wake()

    def _follow_focus(self, state: Qt.ApplicationState) -> None:
        if state is Qt.ApplicationState.ApplicationActive:
            self._look_around()

    def _try_key(self, service: Service) -> None:
        if self._services.has_key and self._queue.traffic.gate.is_closed(service):
            self._go_on(service, by_hand=False)

    def _go_on(self, service: Service, *, by_hand: bool = True) -> None:
        """Let the jobs go on that wait for the key; by hand with the same one, too.

        An account that was unlocked has the key that it had.
        """
        self._queue.resume(service, by_hand=by_hand)
        self._notice.withdraw(self._told_paused)

    def _tell_recovery(self, found: Recovery) -> None:
        if found.refusal is not None:
            self._tell(message_for(found.refusal))
            return
        if found.damaged is not None:
            self._tell(self._about_damage(found))
        if found.set_aside:
            title = self.tr("A job's folder was incomplete and was put aside")
            kept = self.tr("Nothing of it was deleted; it is in “{folder}”.")
            self._notice.add(Message(title, kept.format(folder=found.set_aside[0].parent)), "warn")

    def _about_damage(self, found: Recovery) -> Message:
        title = self.tr("The record of jobs was damaged and was made anew")
        if found.is_restored:
            source = self.tr("It comes from a copy and from the jobs' own folders.")
        else:
            source = self.tr("It comes from the jobs' own folders.")
        kept = self.tr("Every result is where it was. The damaged file was kept as “{name}”.")
        assert found.damaged is not None
        return Message(title, f"{source} {kept.format(name=found.damaged.name)}")

    def _tell_paused(self, service: Service, error: AppError) -> None:
        words = self.tr("Jobs for {service} wait; none was lost, and nothing was charged.")
        message = Message(message_for(error).title, words.format(service=service.title))
        enter = (self.tr("Enter key…"), lambda: self._services.key_wanted.emit(service))
        self._notice.tell(message, "warn", enter)
        self._told_paused = message

    def _tell_balance(self, service: Service, before: float | None, now: float | None) -> None:
        self._tell(self._about_balance(service, before, now), "info")

    def _about_balance(self, service: Service, before: float | None, now: float | None) -> Message:
        if now is None:
            return Message(
                self.tr("{service} does not tell the balance").format(service=service.title), ""
            )
        amount = f"{service.currency}{now:.2f}"
        title = self.tr("The balance is {amount} now").format(amount=amount)
        if before is None:
            text = self.tr("What it was before is not known.")
        elif now < before:
            was = f"{service.currency}{before:.2f}"
            text = self.tr("It was {amount} before: this job may have been charged.")
            text = text.format(amount=was)
        else:
            text = self.tr("It is not lower than before: this job was probably not charged.")
        hint = self.tr("This is only a hint, as other jobs use the same balance.")
        return Message(title, f"{text} {hint}")

    def _tell(self, message: Message, severity: str = "error") -> None:
        self._notice.tell(message, severity)
