"""The equipment: there when a picture comes, however soon that is, and never twice."""

import asyncio
from collections.abc import Awaitable, Callable
from pathlib import Path

from PySide6.QtWidgets import QApplication

from app.canvas.canvas import Canvas
from app.eventloop import AppEventLoop
from app.frame import make_frame
from app.program import Program
from app.storage.folders import Folders
from tests.support.jobs import picture_of

Act = Callable[[Program, Callable[[], list[Canvas]]], Awaitable[None]]


def live(root: Path, application: QApplication, act: Act) -> None:
    """Start the program, and `act` as soon as its window is complete."""

    async def run() -> None:
        folders = Folders.under(root)
        frame = make_frame(folders)
        frame.window.show()
        program = Program(frame.window, frame.theme, frame.preferences, folders)

        def ready() -> None:
            acting.append(asyncio.ensure_future(act(program, canvases)))

        def canvases() -> list[Canvas]:
            return frame.window.findChildren(Canvas)

        acting: list[asyncio.Future[None]] = []
        running = asyncio.create_task(program.run(None, frame.notice, ready))
        await asyncio.sleep(0)
        await acting[0]
        frame.window.close()
        await running
        frame.window.deleteLater()

    with asyncio.Runner(loop_factory=lambda: AppEventLoop(application)) as runner:
        runner.run(run())


def test_a_picture_that_comes_at_once_finds_it(tmp_path: Path, qapp: QApplication) -> None:
    async def open_at_once(program: Program, canvases: Callable[[], list[Canvas]]) -> None:
        assert canvases() == []
        program._state.document.open(picture_of(300, 200))
        (canvas,) = canvases()
        assert canvas.isVisible()
        program._state.document.open(picture_of(300, 200))
        assert canvases() == [canvas]

    live(tmp_path, qapp, open_at_once)


def test_it_is_made_in_a_quiet_moment(tmp_path: Path, qapp: QApplication) -> None:
    async def wait(program: Program, canvases: Callable[[], list[Canvas]]) -> None:
        async with asyncio.timeout(30):
            while not canvases():  # noqa: ASYNC110 - nobody tells
                await asyncio.sleep(0.01)
        (canvas,) = canvases()
        program._state.document.open(picture_of(300, 200))
        assert canvases() == [canvas]
        assert canvas.isVisible()

    live(tmp_path, qapp, wait)
