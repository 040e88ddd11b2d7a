"""Which service jobs go to: chosen, remembered, and told in the menu row."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from PySide6.QtCore import QObject, QTimer, Signal

from app.model.errors import AppError, Unauthorized
from app.model.services import BUILTIN, CUSTOM_ID, PRESETS, Service, custom

if TYPE_CHECKING:
    from app.session.parameters import ParameterState
    from app.session.preferences import Preferences
    from app.session.tasks import Spawn
    from app.shell.service_chooser import ServiceChooser


SPENT_MS = 1500
"""How long after a picture has come the balance is looked at."""


class Account(Protocol):
    """What is known of the artist's standing with a service. Nothing here raises but `AppError`."""

    def has_key(self, service: Service) -> bool:
        """Whether it needs no key, or one was found."""

    async def find_key(self, service: Service) -> bool:
        """Look for the key anew; may wait for a keyring."""

    async def balance(self, service: Service) -> float | None:
        """The balance in whole units of the currency; None when the service does not tell."""


def service_of(service_id: str, custom_url: str) -> Service:
    """The service that was chosen; the built-in engine where nothing sound is remembered."""
    if service_id == CUSTOM_ID:
        try:
            return custom(custom_url)
        except ValueError:
            return BUILTIN
    return next((preset for preset in PRESETS if preset.id == service_id), BUILTIN)


class Services(QObject):
    """The service in use. A checkpoint is remembered for each, as their names differ."""

    changed = Signal(object)
    """The `Service`, also when its key came or went."""
    key_wanted = Signal(object)
    """A `Service` was chosen that has no key yet."""
    key_confirmed = Signal(object)
    """A `Service` whose key was typed, or was accepted when it was tried out."""

    def __init__(
        self,
        chooser: ServiceChooser,
        preferences: Preferences,
        parameters: ParameterState,
        account: Account,
        spawn: Spawn,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._chooser = chooser
        self._preferences = preferences
        self._parameters = parameters
        self._account = account
        self._spawn = spawn
        self._current = self._remembered()
        self._balance: float | None = None
        self._was_asked = False
        self._is_refused = False
        self._asks = False
        self._spent = QTimer(self, singleShot=True, interval=SPENT_MS)
        self._spent.timeout.connect(self._follow_balance)
        chooser.chosen.connect(self.choose)
        preferences.changed.connect(self._follow)
        parameters.changed.connect(self._remember_model)
        self._offer()
        self.refresh()

    @property
    def current(self) -> Service:
        return self._current

    @property
    def has_key(self) -> bool:
        """Whether the service in use can be asked."""
        return self._account.has_key(self._current)

    def choose(self, service_id: str) -> None:
        """Send jobs to another service from now on, and ask for its key if there is none."""
        self._asks = True
        self._preferences.edit(service=service_id)
        self._asks = False

    def refresh(self) -> None:
        """Look for the key and the balance anew."""
        self._balance = None
        self._was_asked = self._is_refused = False
        self._show()
        if self._current.needs_key:
            self._spawn(self._look_up(self._current, asks=self._asks))

    def note_spending(self) -> None:
        """Look for the balance anew, once nothing more is spent for a moment."""
        if self._current.needs_key:
            self._spent.start()

    def _remembered(self) -> Service:
        record = self._preferences.value
        return service_of(record.service, record.custom_url)

    def _follow(self) -> None:
        service = self._remembered()
        if service == self._current:
            return
        self._current = service
        self._offer()
        names = self._preferences.value.model_names
        self._parameters.edit(model_name=names.get(service.id, ""))
        self.refresh()
        self.changed.emit(service)

    def _remember_model(self) -> None:
        name, service = self._parameters.value.model_name, self._current
        known = self._preferences.value.model_names
        if known.get(service.id, "") != name:
            self._preferences.edit(model_names={**known, service.id: name})

    def _follow_balance(self) -> None:
        if self.has_key:
            self._spawn(self._look_up_balance(self._current))

    async def _look_up(self, service: Service, *, asks: bool) -> None:
        try:
            found = await self._account.find_key(service)
        except AppError:
            found = False  # a key that no request can carry is none; Preferences say what it lacks
        if service != self._current:
            return
        self._show()
        self.changed.emit(service)
        if not found:
            if asks:
                self.key_wanted.emit(service)
            return
        await self._look_up_balance(service)

    async def _look_up_balance(self, service: Service) -> None:
        balance, is_refused = self._balance, False
        try:
            balance = await self._account.balance(service)
        except AppError as error:  # what was known stays; it never keeps anyone from working
            is_refused = isinstance(error, Unauthorized)
        if service == self._current:
            self._balance, self._was_asked, self._is_refused = balance, True, is_refused
            self._show()

    def _offer(self) -> None:
        offered = [(preset.id, self._title(preset)) for preset in PRESETS]
        url = self._preferences.value.custom_url
        service = service_of(CUSTOM_ID, url)
        if not service.is_builtin:
            offered.append((CUSTOM_ID, service.title))
        self._chooser.offer(offered)

    def _show(self) -> None:
        service = self._current
        self._chooser.show_service(service.id, self._title(service), *self._state())

    def _state(self) -> tuple[str, str]:
        """Words, and the colour of the dot."""
        if self._current.is_builtin:
            return self.tr("no key needed"), "ok"
        if not self.has_key:
            return self.tr("no key yet"), "warn"
        if self._is_refused:
            return self.tr("Key refused"), "warn"
        if self._balance is None:
            return self.tr("Balance unknown") if self._was_asked else self.tr("key set"), "hint"
        amount = f"{self._current.currency}{self._balance:.2f}"
        words = self.tr("Balance {amount}").format(amount=amount)
        return words, "ok" if self._balance > 0 else "warn"

    def _title(self, service: Service) -> str:
        return self.tr("Built-in engine") if service.is_builtin else service.title
