"""An artist's desk: the whole program, a service in a process of its own, and a pulse."""

from __future__ import annotations

import asyncio
from contextlib import contextmanager
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QDoubleSpinBox, QFileDialog

from app.session.catalogue import Catalogue
from app.session.parameters import ParameterState
from app.session.preferences import Preferences
from app.session.queue import JobQueue
from app.shell.services import Services

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from tests.support.apart import ServiceApart
    from tests.support.pulse import Gaps, Pulse
    from tests.support.studio import Studio

STROKE_S = 0.3
CLOSING = "closing"


class Desk:
    """What scenes act on. `figures` is what they measured, by name; files lie in `folder`."""

    def __init__(
        self, studio: Studio, service: ServiceApart, pulse: Pulse, pictures: Path, folder: Path
    ) -> None:
        self.studio = studio
        self.service = service
        self.pictures = pictures
        self.folder = folder
        self.figures: dict[str, Gaps] = {}
        self._pulse = pulse
        window = studio.window
        self.queue = window.findChild(JobQueue)
        self.parameters = window.findChild(ParameterState)
        self.preferences = window.findChild(Preferences)
        self.catalogue = window.findChild(Catalogue)
        self._services = window.findChild(Services)
        self.parameters.edit(prompt="a lake", model_name="m", image_num=1)

    @contextmanager
    def watched(self, name: str) -> Iterator[None]:
        """Measure the window's pulse while the block runs."""
        self._pulse.start()
        try:
            yield
        finally:
            self.figures[name] = self._pulse.stop()

    async def ready(self) -> None:
        """Wait until the key was found."""
        await self.studio.until(lambda: self._services.has_key)

    def act(self, action: str) -> None:
        """Do what a menu offers."""
        self.studio.window.actions_table[action].trigger()

    async def open(self, name: str) -> None:
        """Open a prepared picture, and wait until it is seen whole."""
        before = self.studio.document.picture
        await self.studio.open(self.pictures / name)
        await self.studio.until(lambda: self.studio.document.picture is not before)
        await asyncio.sleep(0.3)
        await self.studio.until(lambda: not self.studio.canvas._building.isActive())

    async def paint(self, seconds: float = STROKE_S) -> None:
        """Paint zigzags in one stroke, at the pace of a mouse."""
        canvas, now = self.studio.canvas, asyncio.get_running_loop().time
        middle, ends, step = canvas.rect().center(), now() + seconds, 0
        QTest.mousePress(canvas, Qt.MouseButton.LeftButton, pos=middle)
        while now() < ends:
            step += 1
            QTest.mouseMove(canvas, middle + QPoint(abs(step * 6 % 400 - 200) - 100, step % 60))
            await asyncio.sleep(0.008)
        QTest.mouseRelease(canvas, Qt.MouseButton.LeftButton, pos=middle)

    async def generate(self, pictures: int = 1) -> None:
        """Press Generate, and wait until the job is on the list."""
        self.studio.find("image_num", QDoubleSpinBox).setValue(pictures)
        button = self.studio.find("generate")
        try:
            await self.studio.until(button.isEnabled)
        except TimeoutError as error:
            raise AssertionError(f"Generate is off: {button.toolTip()}") from error
        before = len(self.queue.entries)
        self.studio.click("generate")
        await self.studio.until(lambda: len(self.queue.entries) > before)

    async def submitted(self) -> None:
        """Wait until the newest job has a task."""
        await self.studio.until(lambda: self.queue.entries[-1].task_id is not None)

    async def arrived(self) -> None:
        """Wait until no job runs."""
        await self.studio.until(lambda: self.queue.running == 0)

    async def give_up(self) -> None:
        """Stop all that runs, or set it aside; the service cuts what it has left hanging."""
        for entry in self.queue.entries:
            end = self.queue.set_aside if entry.task_id else self.queue.cancel
            end(entry.job.id)
        await asyncio.to_thread(self._cut)
        await self.arrived()

    def _cut(self) -> None:
        self.service.mend()
        self.service.refuse()
        self.service.accept()

    async def leave(self) -> None:
        """Measure how the window closes; the end of the loop ends this at the latest."""
        with self.watched(CLOSING):
            self.studio.window.close()
            await self.studio.until(lambda: not self.studio.window.isVisible())

    async def hits(self, fault: str) -> int:
        """How often the service met a fault so far."""
        state = await asyncio.to_thread(lambda: self.service.state)
        return int(state["faults"].get(fault, 0))

    async def save_as(self, action: str, dialog: str, name: str) -> None:
        """Choose where something goes, and wait until it is there."""
        to, window = self.folder / name, self.studio.window
        # Not from here: a dialog that a real screen shows lives through events of its own.
        QTimer.singleShot(0, lambda: self.act(action))
        await self.studio.until(lambda: window.findChild(QFileDialog, dialog) is not None)
        asked = self.studio.find(dialog, QFileDialog)
        QTimer.singleShot(0, lambda: asked.fileSelected.emit(str(to)))
        QTimer.singleShot(0, asked.reject)
        await self.studio.until(to.exists)
        await asyncio.sleep(0.1)


def many_models(count: int) -> list[dict[str, object]]:
    """A long list, as a service tells it."""
    return [
        {
            "name": f"Model number {n}",
            "sd_name": f"model_{n}_v{n % 7}.safetensors",
            "type": {"name": "checkpoint"},
            "base_model": "SD 1.5",
            "status": 1,
        }
        for n in range(count)
    ]
