"""Going on with a mask that was kept: the picture, the mask, and what was chosen in the panel."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

from PySide6.QtCore import QObject, Signal

from app.model.errors import AppError
from app.shell.files import ask, opening_dialog, pictures_folder
from app.shell.messages import Message, message_for
from app.shell.recovery.wording import name_of

if TYPE_CHECKING:
    from app.model.autosave import Autosaved, Glimpse, Work
    from app.model.picture import Picture
    from app.session.autosave import Autosave
    from app.session.document import Document
    from app.session.parameters import ParameterState
    from app.session.tasks import Beside, Spawn
    from app.shell.main_window import MainWindow

Load = Callable[[Path], Awaitable["Picture"]]

_GREY = 128


class Store(Protocol):
    """Where masks are kept. Everything blocks and raises `AppError`."""

    days: int

    def kept(self) -> Sequence[Autosaved]: ...
    def deleted(self) -> Sequence[Autosaved]: ...
    def glimpse(self, kept: Autosaved) -> Glimpse: ...
    def work(self, kept: Autosaved, opened: Picture | None = None) -> Work: ...
    def decline(self, kept: Autosaved) -> None: ...
    def delete(self, kept: Autosaved) -> None: ...
    def bring_back(self, kept: Autosaved) -> None: ...
    def clean_up(self) -> None: ...


class GoingOn(QObject):
    """Puts back what was kept, as a state without a history. What was open can be undone to.

    Where the picture is gone the mask lies on a grey one, and another file can be chosen.
    """

    went_on = Signal()
    """What is open now is what was kept, and nothing but that."""

    def __init__(
        self,
        window: MainWindow,
        document: Document,
        parameters: ParameterState,
        autosave: Autosave,
        store: Callable[[], Store],
        load: Load,
        beside: Beside,
        spawn: Spawn,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._window = window
        self._document = document
        self._parameters = parameters
        self._autosave = autosave
        self._store = store
        self._load = load
        self._beside = beside
        self._spawn = spawn

    def go_on(self, kept: Autosaved) -> None:
        """Open it beside the window."""
        self._spawn(self._go_on(kept))

    async def _go_on(self, kept: Autosaved) -> None:
        opening = self.tr("Opening {name}…").format(name=name_of(kept))
        self._window.status.show_message(opening)
        try:
            work = await self._beside(self._store().work, kept, self._document.picture)
        except AppError as error:
            self._window.stage.notice.tell(message_for(error))
        else:
            self._put_back(kept, work)
        finally:
            self._window.status.show_message("")

    def _put_back(self, kept: Autosaved, work: Work) -> None:
        self._window.stage.notice.make_way()
        self._autosave.replaces(kept.folder)
        self._document.open(work.picture or _grey(kept), work.mask)
        self._take_settings(work.parameters)
        self.went_on.emit()
        if work.picture is None:
            self._tell_missing(kept)
        elif not work.is_same:
            title = self.tr("“{name}” was changed since you painted on it")
            text = self.tr("The mask is complete and lies where it was. See whether it still fits.")
            message = Message(title.format(name=name_of(kept)), text)
            self._window.stage.notice.tell(message, "warn")

    def _take_settings(self, stored: Mapping[str, Any]) -> None:
        before = self._parameters.value
        self._parameters.from_json(stored)
        if self._parameters.value != before:
            self._window.status.show_message(self.tr("The settings are those of that time again."))

    def _tell_missing(self, kept: Autosaved) -> None:
        title = self.tr("“{name}” is not there any more").format(name=name_of(kept))
        text = self.tr(
            "The mask is complete, on an empty picture of {width} × {height}. Choose the picture "
            "that belongs below it."
        ).format(width=kept.size.width, height=kept.size.height)
        choose = (self.tr("Choose Picture…"), self._choose)
        self._window.stage.notice.tell(Message(title, text), "warn", choose)

    def _choose(self) -> None:
        title = self.tr("Choose Picture")
        dialog = opening_dialog(self._window, title, pictures_folder(), projects=False)
        ask(dialog, "recover_picture", lambda path: self._spawn(self._lay_below(path)))

    async def _lay_below(self, path: Path) -> None:
        try:
            picture = await self._load(path)
        except AppError as error:
            self._window.stage.notice.tell(message_for(error))
            return
        open_now = self._document.picture
        if open_now is not None and picture.size == open_now.size:
            self._document.use_as_picture(picture)
            return
        title = self.tr("“{name}” has another size").format(name=picture.name)
        text = self.tr("The mask is kept as it is. Choose a picture of the same size.")
        choose = (self.tr("Choose Picture…"), self._choose)
        self._window.stage.notice.tell(Message(title, text), "warn", choose)


def _grey(kept: Autosaved) -> Picture:
    """A picture to show the mask on, in the place of the one that is gone."""
    import numpy as np

    from app.model.picture import Picture

    pixels = np.full((kept.size.height, kept.size.width, 4), _GREY, np.uint8)
    pixels[..., 3] = 255
    return Picture(pixels=pixels, name=kept.source.name, path=kept.source.path)
