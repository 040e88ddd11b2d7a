"""Which service jobs go to, where it is, and how much is asked of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QDialog, QHBoxLayout, QSizePolicy, QVBoxLayout

from app.look.combo import Combo
from app.look.fields import NumberField, Spin
from app.look.text import Label
from app.model.errors import InvalidInput
from app.model.services import BUILTIN, CUSTOM_ID, PRESETS, Service, custom
from app.session.preferences import MAX_PACE
from app.shell.form import Line, add_row, section, side_by_side
from app.shell.messages import message_for
from app.shell.preferences.key import KeyPart
from app.shell.services import service_of

if TYPE_CHECKING:
    from app.look.theme import Theme
    from app.session.preferences import Preferences
    from app.shell.preferences.key import Custody

_PACE_WIDTH = 88


class ServicePart(QObject):
    """Every choice takes effect at once; an address and a key do when their field is left.

    An address that is still being typed may be someone else's, who must not be sent a key.
    """

    def __init__(
        self,
        theme: Theme,
        column: QVBoxLayout,
        preferences: Preferences,
        custody: Custody,
        dialog: QDialog,
    ) -> None:
        super().__init__(dialog)
        self._preferences = preferences
        self._combo = Combo(theme)
        self._combo.setObjectName("service_choice")
        self._combo.setAccessibleName(self.tr("Service"))
        self._combo.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        for preset in PRESETS:
            title = self.tr("Built-in engine") if preset.is_builtin else preset.title
            self._combo.addItem(title, preset.id)
        self._combo.addItem(self.tr("Another address"), CUSTOM_ID)
        self._url = Line(theme, "base_url", self.tr("Address"))
        form = section(theme, column, self.tr("Service"))
        add_row(theme, form, self.tr("Service"), self._combo)
        add_row(theme, form, self.tr("Address"), self._url)
        self._key = KeyPart(theme, form, custody, dialog)
        add_row(theme, form, self.tr("Images a minute"), self._pace(theme))
        self._combo.activated.connect(self._choose)
        self._url.edit.textEdited.connect(self._judge_url)
        self._url.edit.editingFinished.connect(self._take_url)
        preferences.changed.connect(self._follow)
        self._shown: Service | None = None
        self._follow()

    def _pace(self, theme: Theme) -> QHBoxLayout:
        """How many images are asked of a service in a minute. What is still typed is no limit yet:
        an emptied field must not let all go that waits."""
        spin = Spin(theme, 0, MAX_PACE, off=self.tr("No limit"))
        spin.setObjectName("images_per_minute")
        spin.setAccessibleName(self.tr("Images a minute"))
        spin.setKeyboardTracking(False)
        spin.setValue(self._preferences.value.images_per_minute)
        spin.valueChanged.connect(lambda n: self._preferences.edit(images_per_minute=int(n)))
        field = NumberField(theme, spin)
        field.setFixedWidth(_PACE_WIDTH)
        hint = self.tr("Most services allow 10; 0 sets no limit.")
        row = side_by_side(field, Label(theme, hint, "hint", 12))
        row.setStretch(0, 0)
        row.setStretch(1, 1)
        return row

    def focus_key(self) -> None:
        """Let the artist type a key."""
        self._key.focus()

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
        self._key.show_none()
        self._key.note.tell(self.tr("Type the address of a service that speaks the same API."))

    def _judge_url(self, url: str) -> bool:
        """Say what is wrong with an address; whether it can be used."""
        try:
            custom(url)
        except ValueError as error:
            self._key.tell(message_for(InvalidInput("base_url", str(error))))
            is_fine = False
        else:
            self._key.note.tell("")
            is_fine = True
        self._url.set_bad(not is_fine)
        self._key.allow(is_fine)
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
        self._key.show(service)
