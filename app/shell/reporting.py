"""The way from a problem to whoever can mend it: a notice, a menu entry, a report."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt

from app.shell.messages import ended, unexpected

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from app.look.theme import Theme
    from app.session.tasks import Spawn
    from app.shell.main_window import MainWindow


class Reporting(QObject):
    """Tells of failures that nobody foresaw, and shows the report of `compose`."""

    def __init__(
        self,
        window: MainWindow,
        theme: Theme,
        compose: Callable[[], Awaitable[str]],
        spawn: Spawn,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._window = window
        self._theme = theme
        self._compose = compose
        self._spawn = spawn
        window.actions_table.on("report", self.open)

    def tell(self, often: bool) -> None:
        """Say that something went wrong, perhaps once more, and offer to report it."""
        self._window.stage.notice.tell(unexpected(often=often), action=self._way_out)

    def tell_ended(self) -> None:
        """Say that the last run ended as none should, after all that is told of what it left.

        A mask that it left is offered by a bar in the same place, which tells as much.
        """
        if not self._window.stage.is_asking:
            self._window.stage.notice.add(ended(), "info", self._way_out)

    def open(self) -> None:
        """Show the report, as things stand now."""
        self._spawn(self._open())

    @property
    def _way_out(self) -> tuple[str, Callable[[], object]]:
        return self.tr("Report…"), self.open

    async def _open(self) -> None:
        from app.shell.report_dialog import ReportDialog

        text = await self._compose()
        if self._window.findChild(ReportDialog) is None:
            dialog = ReportDialog(self._theme, text, self._window)
            dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
            dialog.open()
