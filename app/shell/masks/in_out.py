"""Masks as files and on the clipboard."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QMimeData, QObject
from PySide6.QtGui import QGuiApplication, QImage

from app.model.errors import AppError
from app.shell.files import ask, opening_dialog, pictures_folder, saving_dialog
from app.shell.incoming import dropped, pasted
from app.shell.messages import message_for
from app.shell.pixels import grey_image_of, picture_of

if TYPE_CHECKING:
    from app.model.picture import Picture, Plane
    from app.model.snapshot import Snapshot
    from app.session.document import Document
    from app.session.tasks import Beside, Spawn
    from app.shell.dropping import Dropping
    from app.shell.incoming import Found
    from app.shell.main_window import MainWindow
    from app.shell.masks.importing import Importing

Load = Callable[["Path | bytes"], Awaitable["Picture"]]
Export = Callable[[Path, "Plane"], Awaitable[None]]
"""Writes a mask over another file as what its name says; raises `AppError`."""

FILTER = "PNG (*.png)"
PNG = "image/png"


class MasksInOut(QObject):
    """Answers import, export, copy and paste of the mask; reads and writes beside the window."""

    def __init__(
        self,
        window: MainWindow,
        document: Document,
        importing: Importing,
        dropping: Dropping,
        load: Load,
        export: Export,
        beside: Beside,
        spawn: Spawn,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._window = window
        self._document = document
        self._importing = importing
        self._load = load
        self._write = export
        self._beside = beside
        self._spawn = spawn
        self._folder: Path | None = None
        self._dropping = dropping
        dropping.entered.connect(self._tell_ways)
        dropping.dropped_as_mask.connect(self.take)
        document.picture_changed.connect(self._follow_picture)
        self._follow_picture()
        actions = window.actions_table
        actions.on("import_mask", self.choose)
        actions.on("export_mask", self.export)
        actions.on("copy_mask", self.copy)
        actions.on("paste_mask", self.paste)

    def choose(self) -> None:
        """Ask for the picture to import as a mask."""
        title = self.tr("Import Mask")
        dialog = opening_dialog(self._window, title, self._place(), projects=False)
        ask(dialog, "import_dialog", lambda path: self._spawn(self._import(path)))

    def export(self) -> None:
        """Ask where, and write the mask there; the dialog asks before it overwrites."""
        picture = self._document.picture
        if picture is None:
            return
        stem = Path(picture.name).stem or self.tr("picture")
        place = self._place() / f"{self.tr('{name}-mask').format(name=stem)}.png"
        dialog = saving_dialog(self._window, self.tr("Export Mask"), place, [FILTER])
        ask(dialog, "export_dialog", lambda to: self._spawn(self._export(to)))

    def copy(self) -> None:
        """Put the mask on the clipboard as a grey picture, white where it is redrawn."""
        if self._document.mask is not None:
            self._spawn(self._copy(self._document.mask_snapshot()))

    def paste(self) -> None:
        """Import what the clipboard holds."""
        self._take(pasted(self._window.status))

    def take(self, data: QMimeData) -> None:
        """Import what was dropped."""
        self._take(dropped(data, self._window.status))

    def _take(self, found: Found | None) -> None:
        if isinstance(found, QImage):
            self._spawn(self._import_pixels(found))
        elif found is not None:
            self._spawn(self._import(found))

    async def _import(self, source: Path | bytes) -> None:
        try:
            picture = await self._load(source)
        except AppError as error:
            self._window.stage.notice.tell(message_for(error))
        else:
            if isinstance(source, Path):
                self._folder = source.parent
            self._importing.begin(picture)

    async def _import_pixels(self, image: QImage) -> None:
        self._importing.begin(await self._beside(picture_of, image, ""))

    async def _export(self, to: Path) -> None:
        mask = self._document.mask_snapshot()
        try:
            await self._write(to, await self._beside(mask.plane))
        except AppError as error:
            self._window.stage.notice.tell(message_for(error))
        else:
            self._folder = to.parent
            self._window.status.show_message(self.tr("Saved as {name}.").format(name=to.name))

    async def _copy(self, mask: Snapshot) -> None:
        from app.model.png import encode_plane

        plane = await self._beside(mask.plane)
        # Encoded here: else Qt would do so in the window's thread when another program asks.
        data = QMimeData()
        data.setData(PNG, await self._beside(encode_plane, plane))
        data.setImageData(grey_image_of(plane))
        QGuiApplication.clipboard().setMimeData(data)
        self._window.status.show_message(self.tr("Mask copied."))

    def _follow_picture(self) -> None:
        self._dropping.takes_masks = self._document.picture is not None

    def _tell_ways(self) -> None:
        if self._dropping.takes_masks:
            self._window.status.show_message(
                self.tr("Drop to open it, or with Shift to import it as a mask.")
            )

    def _place(self) -> Path:
        """Where a file dialog begins: where the last mask was, else beside the picture."""
        picture = self._document.picture
        if self._folder is not None:
            return self._folder
        if picture is not None and picture.path is not None:
            return picture.path.parent
        return pictures_folder()
