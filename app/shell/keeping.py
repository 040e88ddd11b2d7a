"""What survives a restart: layout, parameters, tools."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from PySide6.QtCore import QObject

from app.shell.messages import message_for

if TYPE_CHECKING:
    from collections.abc import Iterable

    from app.look.theme import Mode, Theme
    from app.model.errors import AppError
    from app.session.parameters import ParameterState
    from app.session.pen import Pen
    from app.session.preferences import Preferences
    from app.session.tools import Tools
    from app.shell.main_window import MainWindow

STRIP = "results"
"""The strip's name among the folded parts; the others are sections of the panel."""


class Keeping(QObject):
    """Gives the parts what was remembered, then remembers what becomes of them.

    What shapes the frame is given back before the first paint (`app.frame`).
    """

    def __init__(
        self,
        window: MainWindow,
        preferences: Preferences,
        parameters: ParameterState,
        tools: Tools,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._window = window
        self._preferences = preferences
        self._parameters = parameters
        self._tools = tools
        parameters.from_json(preferences.value.parameters)
        tools.restore(dict(preferences.value.tools))
        parameters.changed.connect(self._keep_parameters)
        tools.tool_changed.connect(self._keep_tools)
        tools.brush_changed.connect(self._keep_tools)
        window.strip.folded_changed.connect(self._keep_strip)
        window.panel.folded_changed.connect(self._keep_sections)
        preferences.save_failed.connect(self._tell)

    def keep_all(self) -> None:
        """Before the end: the layout too, and on disk at once."""
        self._preferences.edit(**self._window.layout_state())
        self._preferences.flush()

    def _keep_parameters(self) -> None:
        self._preferences.edit(parameters=self._parameters.to_json())

    def _keep_tools(self) -> None:
        self._preferences.edit(tools=self._tools.state())

    def _keep_strip(self, is_folded: bool) -> None:
        others = [name for name in self._preferences.value.folded if name != STRIP]
        self._preferences.edit(folded=(*others, STRIP) if is_folded else tuple(others))

    def _keep_sections(self, names: Iterable[str]) -> None:
        strip = (STRIP,) if STRIP in self._preferences.value.folded else ()
        self._preferences.edit(folded=(*sorted(names), *strip))

    def _tell(self, error: AppError) -> None:
        self._window.stage.notice.tell(message_for(error))


def keep_pen(preferences: Preferences, pen: Pen) -> None:
    """Give the pen the feel that was remembered, then remember what becomes of it."""
    pen.restore(preferences.value.pen)
    pen.feel_changed.connect(lambda: preferences.edit(pen=pen.state()))


def follow_theme(preferences: Preferences, theme: Theme) -> None:
    """Dress the program anew whenever the artist chooses another theme."""

    def follow() -> None:
        mode = cast("Mode", preferences.value.theme)
        if mode != theme.mode:
            theme.apply(mode)

    preferences.changed.connect(follow)
