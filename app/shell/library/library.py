"""The mask library: what its window asks for is done beside the window."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from app.contract.hints import QT_TRANSLATE_NOOP
from app.model.errors import AppError
from app.shell.kept.listing import Listing

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from PySide6.QtCore import QObject

    from app.look.theme import Theme
    from app.model.change import Change, Report
    from app.model.kept_mask import Glance, KeptMask
    from app.model.picture import Plane
    from app.model.selecting import Mode
    from app.model.snapshot import Snapshot
    from app.session.document import Document
    from app.session.tasks import Beside, Spawn
    from app.session.work import MaskWork
    from app.shell.kept.rows import Look
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


class Library(Listing["LibraryDialog"]):
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
        super().__init__(spawn, parent)
        self._window = window
        self._theme = theme
        self._document = document
        self._work = work
        self._store = store
        self._beside = beside
        window.actions_table.on("mask_library", self.open)
        work.failed.connect(self._tell_failure)
        document.picture_changed.connect(self._follow)
        document.mask_edited.connect(self._follow)

    def open(self) -> None:
        super().open()
        self._follow()

    def _make_dialog(self) -> LibraryDialog:
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
            self._spawn(self._keep_copy(name, self._document.mask_snapshot()))

    async def _keep_copy(self, name: str, mask: Snapshot) -> None:
        with self._telling():
            plane = await self._beside(mask.plane)
            kept: KeptMask = await self._beside(self._store().keep, name, plane)
            self._tell(self.tr("Kept as “{name}”.").format(name=kept.name))
            await self._list(kept)

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
        size = row.look.size if row and row.look else None
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
        renamed: KeptMask | None = None
        with self._telling():
            renamed = await self._beside(self._store().rename, mask, name)
            told = self.tr("“{old}” is called “{new}” now.")
            self._tell(told.format(old=mask.name, new=renamed.name))
        await self._list(renamed)

    async def _delete(self, mask: KeptMask) -> None:
        with self._telling():
            deleted: KeptMask = await self._beside(self._store().delete, mask)
            told = self.tr("“{name}” was deleted.").format(name=mask.name)
            self._tell(told, undo=lambda: self._spawn(self._bring_back(mask, deleted)))
        await self._list()

    async def _bring_back(self, mask: KeptMask, deleted: KeptMask) -> None:
        back: KeptMask | None = None
        with self._telling():
            back = await self._beside(self._store().bring_back, mask, deleted)
        await self._list(back)

    async def _read(self, dialog: LibraryDialog) -> Sequence[KeptMask]:
        masks: Sequence[KeptMask] = await self._beside(self._store().masks)
        return masks

    async def _look(self, kept: KeptMask) -> Look:
        from app.shell.kept.rows import Look
        from app.shell.pixels import grey_image_of

        glance: Glance = await self._beside(self._store().glance, kept)
        return Look(glance.size, grey_image_of(glance.small))

    def _tell_failure(self, error: Exception) -> None:
        if isinstance(error, AppError):
            self._tell_error(error)
