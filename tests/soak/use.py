"""Months of use: signals and paints, strokes and jobs, in the real window."""

import asyncio
from collections.abc import Awaitable, Callable, Iterator
from itertools import cycle
from pathlib import Path

from PySide6.QtCore import QRect
from PySide6.QtWidgets import QDoubleSpinBox, QWidget

from app.model.geometry import Rect
from app.session.history import History
from app.session.parameters import ParameterState
from app.session.preferences import Preferences
from app.session.queue import JobQueue
from app.session.viewing import Viewing
from app.shell.services import Services
from tests.support.studio import Studio, photo

BREATH = 250
"""Beats after which the window sees to whatever else it has to do."""

KEPT = 6
"""Jobs on the list; older ones are taken off."""

AT_ONCE = 5
"""Jobs that are under way together: a task is first asked for after a second."""

STEPS = 10
"""What can be undone; without that, the history would grow for a thousand steps."""

SPOT = QRect(60, 40, 16, 16)

Beat = tuple[Callable[[], object], QWidget]

Use = Callable[[int], Awaitable[None]]
"""Uses the program so many times."""


class User:
    """Uses the window of `studio`; pictures lie in `folder`."""

    def __init__(self, studio: Studio, folder: Path) -> None:
        self._studio = studio
        self._pictures = cycle(_pictures(folder))
        window = studio.window
        self._queue = window.findChild(JobQueue)
        self._parameters = window.findChild(ParameterState)
        self._viewing = window.findChild(Viewing)
        self._services = window.findChild(Services)
        self._jobs = 0

    async def begin(self) -> None:
        """Open a picture, say what is wanted, and have one result."""
        await self._studio.until(lambda: self._services.has_key)
        window = self._studio.window
        window.findChild(Preferences).edit(images_per_minute=0)
        window.findChild(History)._most_steps = STEPS
        self._parameters.edit(prompt="a lake", model_name="m")
        self._studio.find("image_num", QDoubleSpinBox).setValue(1)
        await self.work(1)

    async def look(self, beats: int) -> None:
        """Let so many signals be emitted, and after each something be painted."""
        rhythm = cycle(self._beats())
        for number in range(beats):
            emit, widget = next(rhythm)
            emit()
            widget.repaint(SPOT)
            if number % BREATH == 0:
                await asyncio.sleep(0)

    async def work(self, jobs: int) -> None:
        """Paint, undo, generate, look at results and remove old ones."""
        for first in range(0, jobs, AT_ONCE):
            await self._open()
            for _ in range(min(AT_ONCE, jobs - first)):
                await self._generate()
            await self._studio.until(lambda: self._queue.running == 0)
            self._look_at_results()
            self._remove_old()
            await asyncio.sleep(0)

    def _beats(self) -> list[Beat]:
        """Signals from all parts of the program, each with something that shows what they say."""
        studio = self._studio
        document, tools, queue = studio.document, studio.tools, self._queue
        job = queue.entries[-1].id
        emits: list[Callable[[], object]] = [
            lambda: document.mask_changed.emit(Rect(40, 40, 16, 16)),
            lambda: tools.brush_changed.emit(tools.brush),
            lambda: queue.job_changed.emit(job),
            lambda: document.mask_changed.emit(Rect(80, 60, 16, 16)),
            lambda: tools.tool_changed.emit("brush"),
            lambda: self._viewing.shown_changed.emit(),
            lambda: document.mask_changed.emit(Rect(60, 50, 16, 16)),
            lambda: self._parameters.changed.emit(self._parameters.value),
        ]
        names = ("options", "status", "tool_rail", "generate_dock", "results")
        widgets = [studio.canvas, studio.strip.viewport(), *map(studio.find, names)]
        # Seven and eight: in time each signal comes with each widget.
        pairs = zip(cycle(emits), cycle(widgets), strict=False)
        return [next(pairs) for _ in range(len(emits) * len(widgets))]

    async def _open(self) -> None:
        """Open the next picture."""
        await self._studio.open(next(self._pictures))
        await self._studio.until(lambda: self._studio.find("generate").isVisible())

    async def _generate(self) -> None:
        studio = self._studio
        studio.drag_across_middle(60)
        studio.drag_across_middle(120)
        studio.window.actions_table["undo"].trigger()
        await studio.until(studio.find("generate").isEnabled)
        self._jobs += 1
        before = len(self._queue.entries)
        studio.click("generate")
        await studio.until(lambda: len(self._queue.entries) > before)

    def _look_at_results(self) -> None:
        """Click through the first things in the strip."""
        for row in range(min(3, self._studio.strip.count())):
            self._studio.click_item(row)

    def _remove_old(self) -> None:
        for entry in self._queue.entries[:-KEPT]:
            self._queue.remove(entry.id)


def _pictures(folder: Path) -> Iterator[Path]:
    for name in ("boat.png", "lake.png"):
        photo(folder / name)
        yield folder / name
