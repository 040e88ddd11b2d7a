"""What survives a restart: layout, parameters, tools, keys."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from PySide6.QtCore import QObject

from app.session.preferences import STRIP
from app.shell.messages import message_for

if TYPE_CHECKING:
    from collections.abc import Iterable

    from app.canvas.wheel import Wheel
    from app.jobs.traffic import Traffic
    from app.look.theme import Mode, Theme
    from app.model.errors import AppError
    from app.session.display import Display
    from app.session.operations import Operations
    from app.session.parameters import ParameterState
    from app.session.pen import Pen
    from app.session.preferences import Preferences
    from app.session.tools import Tools
    from app.shell.main_window import MainWindow


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
        for change in (
            tools.tool_changed,
            tools.brush_changed,
            tools.aids_changed,
            tools.selecting_changed,
            tools.mode_changed,
        ):
            change.connect(self._keep_tools)
        self._keys = window.actions_table.keys
        self._keys.restore(preferences.value.key_set, preferences.value.keys)
        self._keys.changed.connect(self._keep_keys)
        window.strip.folded_changed.connect(self._keep_strip)
        window.panel.folded_changed.connect(self._keep_sections)
        preferences.save_failed.connect(self._tell)

    def keep_all(self) -> bool:
        """Before the end: the layout too, and on disk at once; whether the disk answers."""
        self._preferences.edit(**self._window.layout_state())
        return self._preferences.flush()

    def _keep_parameters(self) -> None:
        self._preferences.edit(parameters=self._parameters.to_json())

    def _keep_tools(self) -> None:
        self._preferences.edit(tools=self._tools.state())

    def _keep_keys(self) -> None:
        own = {name: list(keys) for name, keys in self._keys.own.items()}
        self._preferences.edit(key_set=self._keys.key_set, keys=own)

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


def keep_display(preferences: Preferences, display: Display) -> None:
    """Show the mask as it was remembered, then remember how it is shown."""
    display.restore(preferences.value.display)
    display.changed.connect(lambda: preferences.edit(display=display.state()))


def keep_operations(preferences: Preferences, operations: Operations) -> None:
    """Start operations from the settings they had last, then remember those."""
    operations.restore(preferences.value.operations)
    operations.closed.connect(lambda: preferences.edit(operations=operations.state()))


def follow_wheel(preferences: Preferences, wheel: Wheel) -> None:
    """Let the wheel do what the artist is used to."""

    def follow() -> None:
        wheel.habit = "photoshop" if preferences.value.wheel == "photoshop" else "zoom"

    preferences.changed.connect(follow)
    follow()


def follow_pace(preferences: Preferences, traffic: Traffic) -> None:
    """Ask no service for more images a minute than the artist allows."""

    def follow() -> None:
        if traffic.images_per_minute != preferences.value.images_per_minute:
            traffic.images_per_minute = preferences.value.images_per_minute

    preferences.changed.connect(follow)
    follow()


def follow_theme(preferences: Preferences, theme: Theme) -> None:
    """Dress the program anew whenever the artist chooses another theme."""

    def follow() -> None:
        mode = cast("Mode", preferences.value.theme)
        if mode != theme.mode:
            theme.apply(mode)

    preferences.changed.connect(follow)
