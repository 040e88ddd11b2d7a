"""The key to a service: typed, kept, forgotten, tried out."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QDialog, QFormLayout, QLineEdit

from app.look.buttons import PlainButton
from app.model.errors import AppError, NothingOffered
from app.shell.form import Line, Note, add_row, side_by_side
from app.shell.messages import message_for
from app.shell.preferences.connection import connection_message

if TYPE_CHECKING:
    from collections.abc import Callable

    from app.look.theme import Theme
    from app.model.services import Service
    from app.session.tasks import Running, Spawn
    from app.shell.messages import Message


class Keys(Protocol):
    """Where keys are kept. Places are `environment`, `keyring` and `session`."""

    async def place(self, service: Service) -> str | None:
        """Where the key is; None when there is none."""

    async def keep(self, service: Service, typed: str) -> str:
        """Keep a typed key and say where; raises `InvalidInput`."""

    async def forget(self, service: Service) -> None:
        """Drop the key."""

    async def check(self, service: Service) -> float | None:
        """Try the service out, free of charge; its balance. Raises `AppError`."""


@dataclass(frozen=True, slots=True)
class Custody:
    """What keys are handled with: where they are kept, who hears of a change, what waits.

    `confirmed` hears of a service whose key was typed, or was accepted when it was tried out.
    """

    keys: Keys
    changed: Callable[[], object]
    confirmed: Callable[[Service], object]
    spawn: Spawn


class KeyPart(QObject):
    """The lines of a form for the key to the service that is shown.

    A keyring and a service may take their time: meanwhile the dialog may be closed or show
    another service, and then nothing is shown of what comes; that a key has come or gone is told
    all the same.
    """

    def __init__(
        self,
        theme: Theme,
        form: QFormLayout,
        custody: Custody,
        dialog: QDialog,
    ) -> None:
        super().__init__(dialog)
        self._keys = custody.keys
        self._changed = custody.changed
        self._confirmed = custody.confirmed
        self._spawn = custody.spawn
        self._service: Service | None = None
        self._checking: Running | None = None
        self._line = Line(theme, "api_key", self.tr("API key"))
        self._line.edit.setEchoMode(QLineEdit.EchoMode.Password)
        self._forget = PlainButton(theme, self.tr("Forget"))
        self._forget.setObjectName("forget_key")
        self._test = PlainButton(theme, self.tr("Test connection"))
        self._test.setObjectName("test_connection")
        self.note = Note(theme, "key_note", lines=5)
        fields = side_by_side(self._line, self._forget, self._test)
        add_row(theme, form, self.tr("API key"), fields)
        form.addRow("", self.note)
        self._line.edit.editingFinished.connect(self._take)
        self._forget.clicked.connect(self._drop)
        self._test.clicked.connect(self._try_out)
        dialog.finished.connect(lambda: self.show_none())

    def focus(self) -> None:
        """Let the artist type a key."""
        self._line.edit.setFocus()

    def allow(self, allowed: bool) -> None:
        """Whether there is anything that could have a key."""
        for part in (self._line, self._forget, self._test):
            part.setEnabled(allowed)

    def show_none(self) -> None:
        """Show the key to nothing, and ask nobody any more."""
        self._turn_to(None)
        self.allow(False)

    def show(self, service: Service) -> None:
        """Show the key to `service`."""
        self._turn_to(service)
        self.allow(service.needs_key)
        if service.needs_key:
            self.note.tell("")
            self._spawn(self._show_place(service))
        else:
            self.note.tell(
                self.tr(
                    "Fills from the surroundings, on this machine; prompts need a connected "
                    "service."
                )
            )

    def tell(self, message: Message) -> None:
        """Say what does not do."""
        self.note.tell(f"{message.title}. {message.text}", "error")

    def _turn_to(self, service: Service | None) -> None:
        """Start afresh, with whatever has the keyboard: someone may be about to type a key."""
        self._service = service
        if self._checking is not None:
            self._checking.cancel()
            self._checking = None
        self._line.edit.clear()
        self._line.edit.setPlaceholderText("")

    def _take(self) -> None:
        typed = self._line.edit.text()
        if typed and self._service is not None:
            self._line.edit.clear()
            self._spawn(self._keep(self._service, typed))

    def _drop(self) -> None:
        if self._service is not None:
            self._spawn(self._lose(self._service))

    def _try_out(self) -> None:
        if self._service is None:
            return
        self._test.setEnabled(False)
        self.note.tell(self.tr("Asking {service}…").format(service=self._service.title))
        self._checking = self._spawn(self._check(self._service))

    async def _keep(self, service: Service, typed: str) -> None:
        try:
            await self._keys.keep(service, typed)
        except AppError as error:
            self._refuse(service, message_for(error))
            return
        self._changed()
        self._confirmed(service)
        await self._show_place(service)

    async def _lose(self, service: Service) -> None:
        try:
            await self._keys.forget(service)
        except AppError as error:
            self._refuse(service, message_for(error))
            return
        self._changed()
        await self._show_place(service)

    async def _check(self, service: Service) -> None:
        try:
            balance = await self._keys.check(service)
        except AppError as error:
            if isinstance(error, NothingOffered):
                self._confirmed(service)
            self._refuse(service, connection_message(error))
        else:
            self._changed()
            self._confirmed(service)
            if service == self._service:
                self._tell_connected(service, balance)
        if service == self._service:
            self._checking = None
            self._test.setEnabled(True)

    def _refuse(self, service: Service, message: Message) -> None:
        if service == self._service:
            self.tell(message)

    def _tell_connected(self, service: Service, balance: float | None) -> None:
        words, token = self.tr("Connected; the key is accepted."), "ok"
        if balance is not None:
            amount = f"{service.currency}{balance:.2f}"
            words = self.tr("Connected; the key is accepted. Balance {amount}.")
            words = words.format(amount=amount)
            if balance <= 0:
                words, token = f"{words} {self.tr('Top up before you generate.')}", "warn"
        self.note.tell(words, token)

    async def _show_place(self, service: Service) -> None:
        try:
            place = await self._keys.place(service)
        except AppError as error:  # the environment's key, which is not ours to mend
            self._refuse(service, message_for(error))
            return
        if service == self._service:
            self._tell_place(place)

    def _tell_place(self, place: str | None) -> None:
        words = {
            "keyring": self.tr("A key is kept in the system's keyring."),
            "session": self.tr(
                "The key is kept until you quit, and then gone: the system's keyring did not take "
                "it. There is none, it is locked, or nobody answered it."
            ),
            "environment": self.tr("The key comes from MASKWRIGHT_API_KEY."),
        }
        nothing = self.tr("No key yet. Paste the one you were given.")
        self.note.tell(words.get(place or "", nothing), "warn" if place == "session" else "sub")
        is_ours = place in {"keyring", "session"}
        self._line.edit.setPlaceholderText(self.tr("Kept. Paste another here.") if is_ours else "")
        self._line.setEnabled(place != "environment")
        self._forget.setEnabled(is_ours)
