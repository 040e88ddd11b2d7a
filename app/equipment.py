"""What only an open picture needs: the canvas, and all that is done to a mask."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from app.canvas.canvas import Canvas
from app.session.display import Display
from app.session.operations import Operations
from app.shell.editing import Editing, show_work
from app.shell.keeping import follow_wheel, keep_display, keep_operations
from app.shell.library.library import Library
from app.shell.masks.carrying import Carrying
from app.shell.masks.importing import Importing
from app.shell.masks.in_out import MasksInOut
from app.shell.operating import Operating
from app.shell.viewing import Looking

if TYPE_CHECKING:
    from app.look.theme import Theme
    from app.session.viewing import Viewing
    from app.shell.dropping import Dropping
    from app.shell.main_window import MainWindow
    from app.state import State


class Equipment:
    """Puts it into the window, once; the window owns it from then on."""

    def __init__(
        self,
        window: MainWindow,
        theme: Theme,
        state: State,
        viewing: Viewing,
        dropping: Dropping,
    ) -> None:
        self._window = window
        self._theme = theme
        self._state = state
        canvas = self._show_canvas()
        self._offer_operations(viewing)
        self._offer_masks(dropping)
        viewing.shown_changed.connect(lambda: canvas.show_result(viewing.picture))
        canvas.result_dismissed.connect(viewing.back)

    def _show_canvas(self) -> Canvas:
        window, state = self._window, self._state
        display = Display(window)
        keep_display(state.preferences, display)
        canvas = Canvas(
            state.document, state.tools, self._theme, display, pen=state.pen, work=state.work
        )
        Looking(window, canvas, display, window)
        show_work(window, state.work)
        follow_wheel(state.preferences, canvas.wheel)
        Editing(window, state.document, state.tools, window)
        return canvas

    def _offer_operations(self, viewing: Viewing) -> None:
        window, state = self._window, self._state
        operations = Operations(state.document, state.work, window)
        keep_operations(state.preferences, operations)
        operating = Operating(window, self._theme, state.document, operations, window)
        operating.offer_results(state.queue, viewing, state.tasks.spawn)

    def _offer_masks(self, dropping: Dropping) -> None:
        window, state = self._window, self._state
        document, work, spawn = state.document, state.work, state.tasks.spawn
        importing = Importing(window, self._theme, document, work, state.preferences, window)
        MasksInOut(
            window,
            document,
            importing,
            dropping,
            state.access.load,
            state.access.export_mask,
            asyncio.to_thread,
            spawn,
            window,
        )
        Carrying(window, document, work, window)
        Library(
            window,
            self._theme,
            document,
            work,
            state.access.mask_store,
            asyncio.to_thread,
            spawn,
            window,
        )
