"""The mask library: what its window asks for is done beside the window."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

from PySide6.QtCore import QObject

from app.contract.hints import QT_TRANSLATE_NOOP
from app.model.errors import AppError, PictureError
from app.shell.messages import message_for

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from app.look.theme import Theme
    from app.model.change import Change
    from app.model.kept_mask import Glance, KeptMask
    from app.model.picture import Plane
    from app.model.selecting import Mode
    from app.session.document import Document
    from app.session.tasks import Beside, Spawn
    from app.session.work import MaskWork, Report
    from app.shell.library.dialog import LibraryDialog
    from app.shell.main_window import MainWindow

MARGIN = 16
USED = QT_TRANSLATE_NOOP("Document", "Mask from Library")


class Store(Protocol):
    """Where masks are kept. Everything blocks and raises `AppError`."""

    def masks(self) -> Sequence[KeptMask]: ...
    def keep(self, name: str, plane: Plane) -> KeptMask: ...
    def load(self, mask: KeptMask) -> Plane: ...
    def glance(self, mask: KeptMask) -> Glance: ...
    def rename(self, mask: KeptMask, name: str) -> KeptMask: ...
    def delete(self, mask: KeptMask) -> KeptMask: ...
    def bring_back(self, mask: KeptMask, deleted: KeptMask) -> KeptMask: ...


class Library(QObject):
    """Answers "mask library". `store` is asked for when it is first needed."""

    def __init__(
        self,
        window: MainWindow,
        theme: Theme,
        document: Document,
        work: MaskWork,
        store: Callable[[], Store],
        beside: Beside,
        spawn: Spawn,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._window = window
        self._theme = theme
        self._document = document
        self._work = work
        self._store = store
        self._beside = beside
        self._spawn = spawn
        self._dialog: LibraryDialog | None = None
        self._is_looking = False
        window.actions_table.on("mask_library", self.open)
        work.failed.connect(self._tell_failure)
        document.picture_changed.connect(self._follow)
        document.mask_edited.connect(self._follow)

    def open(self) -> None:
        """Show the window, or come back to it."""
        if self._dialog is None:
            self._dialog = self._make_dialog()
        self._follow()
        self._dialog.show()
        self._dialog.raise_()
        self._dialog.activateWindow()
        self._spawn(self._list())

    def _make_dialog(self) -> LibraryDialog:
        # Here, as the start need not wait for a window that is seldom wanted.
        from app.shell.library.dialog import LibraryDialog

        stage = self._window.stage
        dialog = LibraryDialog(self._theme, self._window)
        # To one side, as what is used should be seen on the picture.
        corner = stage.mapToGlobal(stage.rect().topRight())
        dialog.move(corner.x() - dialog.width() - MARGIN, corner.y() + MARGIN)
        dialog.keep_wanted.connect(self._keep)
        dialog.use_wanted.connect(self._use)
        dialog.rename_wanted.connect(lambda *asked: self._spawn(self._rename(*asked)))
        dialog.delete_wanted.connect(lambda mask: self._spawn(self._delete(mask)))
        return dialog

    def _follow(self) -> None:
        dialog, picture = self._dialog, self._document.picture
        if dialog is not None:
            dialog.set_able(can_keep=not self._document.mask_is_empty, can_use=picture is not None)
            dialog.suggest_name(Path(picture.name).stem if picture else "")

    def _keep(self, name: str) -> None:
        if self._document.mask is not None:
            self._spawn(self._keep_copy(name, self._document.mask_copy()))

    async def _keep_copy(self, name: str, plane: Plane) -> None:
        kept = await self._done("keep", name, plane)
        if kept is not None:
            await self._list(kept)
            self._tell(self.tr("Kept as “{name}”.").format(name=kept.name))

    def _use(self, mask: KeptMask, mode: Mode) -> None:
        """Make one step of it; a mask of another size is scaled."""
        load = partial(self._store().load, mask)

        def compute(base: Plane, report: Report) -> Change:
            from app.model.change import combine
            from app.model.geometry import Rect, Size
            from app.model.mask_source import scaled

            plane = load()
            report(0.5)
            height, width = base.shape
            size = Size(width, height)
            fitting = plane if plane.shape == base.shape else scaled(plane, size)
            return combine(base, fitting, Rect.of(size), mode)

        if self._document.picture is not None:
            self._work.then(partial(self._work.run, USED, compute))
            self._tell(self._told_use(mask))

    def _told_use(self, mask: KeptMask) -> str:
        picture, row = self._document.picture, self._dialog and self._dialog.current
        size = row.size if row else None
        if picture is None or size is None or size == picture.size:
            return self.tr("“{name}” is on the picture now.").format(name=mask.name)
        told = self.tr(
            "“{name}” was scaled from {width} × {height} to the picture's {wide} × {high}."
        )
        return told.format(
            name=mask.name,
            width=size.width,
            height=size.height,
            wide=picture.size.width,
            high=picture.size.height,
        )

    async def _rename(self, mask: KeptMask, name: str) -> None:
        renamed = await self._done("rename", mask, name)
        await self._list(renamed)
        if renamed is not None:
            told = self.tr("“{old}” is called “{new}” now.")
            self._tell(told.format(old=mask.name, new=renamed.name))

    async def _delete(self, mask: KeptMask) -> None:
        deleted = await self._done("delete", mask)
        await self._list()
        if deleted is not None and self._dialog is not None:

            def take_back() -> None:
                self._spawn(self._bring_back(mask, deleted))

            told = self.tr("“{name}” was deleted.").format(name=mask.name)
            self._dialog.tell(told, undo=take_back)

    async def _bring_back(self, mask: KeptMask, deleted: KeptMask) -> None:
        await self._list(await self._done("bring_back", mask, deleted))

    async def _done(self, act: str, *arguments: Any) -> KeptMask | None:
        """What the store makes of it; None when it failed, which is told."""
        try:
            made: KeptMask = await self._beside(getattr(self._store(), act), *arguments)
        except AppError as error:
            self._tell_error(error)
            return None
        return made

    async def _list(self, selected: KeptMask | None = None) -> None:
        dialog = self._dialog
        if dialog is None:
            return
        try:
            masks = await self._beside(self._store().masks)
        except AppError as error:
            self._tell_error(error)
            return
        dialog.show_masks(masks, selected)
        await self._look(dialog)

    async def _look(self, dialog: LibraryDialog) -> None:
        """Read one mask after the other, so that none is held longer than its thumbnail takes."""
        if self._is_looking:
            return  # what is listed meanwhile is looked at by whoever looks already
        self._is_looking = True
        try:
            while unseen := dialog.rows.unseen():
                dialog.show_glance(unseen[0], await self._glance(unseen[0]))
        finally:
            self._is_looking = False

    async def _glance(self, mask: KeptMask) -> Glance | None:
        try:
            glance: Glance = await self._beside(self._store().glance, mask)
        except PictureError:
            return None
        return glance

    def _tell(self, text: str) -> None:
        if self._dialog is not None:
            self._dialog.tell(text)

    def _tell_failure(self, error: Exception) -> None:
        if isinstance(error, AppError):
            self._tell_error(error)

    def _tell_error(self, error: AppError) -> None:
        if self._dialog is not None:
            message = message_for(error)
            self._dialog.tell(f"{message.title}. {message.text}", "error")
