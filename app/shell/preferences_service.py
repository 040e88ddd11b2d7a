"""Which service, where it is, and the key to it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QLineEdit, QSizePolicy, QVBoxLayout, QWidget

from app.look.buttons import PlainButton
from app.look.choices import Combo
from app.model.errors import AppError, InvalidInput
from app.model.services import BUILTIN, CUSTOM_ID, PRESETS, Service, custom
from app.shell.form import Line, Note, add_row, section, side_by_side
from app.shell.messages import message_for
from app.shell.services import service_of

if TYPE_CHECKING:
    from app.look.theme import Theme
    from app.session.preferences import Preferences
    from app.session.tasks import Spawn


class Keys(Protocol):
    """Where keys are kept. Places are `environment`, `keyring` and `session`."""

    async def place(self, service: Service) -> str | None:
        """Where the key is; None when there is none."""

    async def keep(self, service: Service, typed: str) -> str:
        """Keep a typed key and say where; raises `InvalidInput`."""

    async def forget(self, service: Service) -> None:
        """Drop the key."""

    async def check(self, service: Service) -> float | None:
        """Ask the service for the balance; raises `AppError` when that cannot be done."""


class ServicePart(QObject):
    """Every choice takes effect at once; an address and a key do when their field is left.

    An address that is still being typed may be someone else's, who must not be sent a key.
    """

    keys_changed = Signal()

    def __init__(
        self,
        theme: Theme,
        column: QVBoxLayout,
        preferences: Preferences,
        keys: Keys,
        spawn: Spawn,
        dialog: QWidget,
    ) -> None:
        super().__init__(dialog)
        self._preferences = preferences
        self._keys = keys
        self._spawn = spawn
        self._combo = Combo(theme)
        self._combo.setObjectName("service_choice")
        self._combo.setAccessibleName(self.tr("Service"))
        self._combo.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        for preset in PRESETS:
            title = self.tr("Built-in engine") if preset.is_builtin else preset.title
            self._combo.addItem(title, preset.id)
        self._combo.addItem(self.tr("Another address"), CUSTOM_ID)
        self._url = Line(theme, "base_url", self.tr("Address"))
        self._key = Line(theme, "api_key", self.tr("API key"))
        self._key.edit.setEchoMode(QLineEdit.EchoMode.Password)
        self._forget = PlainButton(theme, self.tr("Forget"))
        self._forget.setObjectName("forget_key")
        self._test = PlainButton(theme, self.tr("Test connection"))
        self._test.setObjectName("test_connection")
        self._note = Note(theme, "key_note", lines=3)
        form = section(theme, column, self.tr("Service"))
        add_row(theme, form, self.tr("Service"), self._combo)
        add_row(theme, form, self.tr("Address"), self._url)
        add_row(theme, form, self.tr("API key"), side_by_side(self._key, self._forget, self._test))
        form.addRow("", self._note)
        self._combo.activated.connect(self._choose)
        self._url.edit.textEdited.connect(self._judge_url)
        self._url.edit.editingFinished.connect(self._take_url)
        self._key.edit.editingFinished.connect(self._take_key)
        self._forget.clicked.connect(lambda: self._spawn(self._drop_key(self._service)))
        self._test.clicked.connect(lambda: self._spawn(self._check(self._service)))
        preferences.changed.connect(self._follow)
        self._shown: Service | None = None
        self._follow()

    def focus_key(self) -> None:
        """Let the artist type a key."""
        self._key.edit.setFocus()

    @property
    def _service(self) -> Service:
        record = self._preferences.value
        return service_of(record.service, record.custom_url)

    def _choose(self, index: int) -> None:
        chosen = self._combo.itemData(index)
        if chosen == CUSTOM_ID and service_of(CUSTOM_ID, self._preferences.value.custom_url) is (
            BUILTIN
        ):
            self._ask_url()
        else:
            self._preferences.edit(service=chosen)

    def _ask_url(self) -> None:
        """Another address becomes the service once there is one."""
        self._shown = None
        self._url.setEnabled(True)
        self._url.edit.setReadOnly(False)
        self._url.edit.clear()
        self._url.edit.setFocus()
        self._allow_keys(False)
        self._note.tell(self.tr("Type the address of a service that speaks the same API."))

    def _judge_url(self, url: str) -> bool:
        """Say what is wrong with an address; whether it can be used."""
        try:
            custom(url)
        except ValueError as error:
            self._tell(InvalidInput("base_url", str(error)))
            is_fine = False
        else:
            self._note.tell("")
            is_fine = True
        self._url.set_bad(not is_fine)
        self._allow_keys(is_fine)
        return is_fine

    def _take_url(self) -> None:
        url = self._url.edit.text().strip()
        if url and not self._url.edit.isReadOnly() and self._judge_url(url):
            self._preferences.edit(custom_url=url, service=CUSTOM_ID)
            self._show()

    def _follow(self) -> None:
        if self._service != self._shown:
            self._show()

    def _show(self) -> None:
        service = self._shown = self._service
        self._combo.setCurrentIndex(self._combo.findData(service.id))
        self._url.setEnabled(not service.is_builtin)
        self._url.edit.setReadOnly(service.id != CUSTOM_ID)
        self._url.set_bad(False)
        if not self._url.edit.hasFocus():
            self._url.edit.setText("" if service.is_builtin else service.base_url)
        self._key.edit.clear()
        self._key.edit.setPlaceholderText("")
        self._allow_keys(service.needs_key)
        if service.needs_key:
            self._note.tell("")
            self._spawn(self._show_place(service))
        else:
            self._note.tell(
                self.tr(
                    "Fills from the surroundings, on this machine; prompts need a connected "
                    "service."
                )
            )

    def _allow_keys(self, allowed: bool) -> None:
        for part in (self._key, self._forget, self._test):
            part.setEnabled(allowed)

    def _take_key(self) -> None:
        typed = self._key.edit.text()
        if typed:
            self._key.edit.clear()
            self._spawn(self._keep(self._service, typed))

    async def _keep(self, service: Service, typed: str) -> None:
        try:
            await self._keys.keep(service, typed)
        except AppError as error:
            self._tell(error)
            return
        self.keys_changed.emit()
        await self._show_place(service)

    async def _drop_key(self, service: Service) -> None:
        await self._keys.forget(service)
        self.keys_changed.emit()
        await self._show_place(service)

    async def _check(self, service: Service) -> None:
        self._test.setEnabled(False)
        self._note.tell(self.tr("Asking {service}…").format(service=service.title))
        try:
            balance = await self._keys.check(service)
        except AppError as error:
            self._tell(error)
        else:
            self._note.tell(self._connected(service, balance), "ok")
            self.keys_changed.emit()
        finally:
            self._test.setEnabled(self._service.needs_key)

    def _connected(self, service: Service, balance: float | None) -> str:
        if balance is None:
            return self.tr("Connected; the key is accepted.")
        amount = f"{service.currency}{balance:.2f}"
        return self.tr("Connected; the key is accepted. Balance {amount}.").format(amount=amount)

    async def _show_place(self, service: Service) -> None:
        try:
            place = await self._keys.place(service)
        except AppError as error:  # the environment's key, which is not ours to mend
            self._tell(error)
            return
        if service != self._service:
            return
        words = {
            "keyring": self.tr("A key is kept in the system's keyring."),
            "session": self.tr(
                "A key is kept until you quit: this system has no keyring that could hold it."
            ),
            "environment": self.tr("The key comes from MASKWRIGHT_API_KEY."),
        }
        self._note.tell(
            words.get(place or "", self.tr("No key yet. Paste the one you were given."))
        )
        self._key.edit.setPlaceholderText(self.tr("Kept. Paste another here.") if place else "")
        self._key.setEnabled(place != "environment")
        self._forget.setEnabled(place in {"keyring", "session"})

    def _tell(self, error: AppError) -> None:
        message = message_for(error)
        self._note.tell(f"{message.title}. {message.text}", "error")
