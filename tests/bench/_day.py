"""A day of the whole program, watched; the trust bench runs some, each in a process of its own.

`python -m tests.bench._day FOLDER PICTURES [SCENE …]` prints what was measured as JSON. Of all
scenes, only `connect` has to be asked for: its service never answers. The diary in the folder says
where the window's thread was whenever it was late.
"""

from __future__ import annotations

import asyncio
import json
import os
import sys
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING

from app.bootstrap import run_window
from app.storage.folders import Folders
from tests.support.apart import ServiceApart
from tests.support.canary import KEY
from tests.support.stuck import deaf

if TYPE_CHECKING:
    from app.shell.main_window import MainWindow
    from tests.support.desk import Desk
    from tests.support.pulse import Gaps, Pulse

LATE_S = 0.03


class Day:
    """Lives through its scenes in a window that it closes at the end."""

    def __init__(self, service: ServiceApart, folder: Path, pictures: Path) -> None:
        self._service = service
        self._folder = folder
        self._pictures = pictures
        self._end = ExitStack()
        self._living: asyncio.Task[Desk] | None = None
        self._leaving: asyncio.Task[None] | None = None

    def live(self, wanted: list[str]) -> dict[str, Gaps]:
        """All that was measured, by name."""
        folders = Folders.under(self._folder)

        def begin(stage: str, window: MainWindow) -> None:
            if stage == "ready":
                scenes = self._scenes(window, folders, wanted)
                self._living = asyncio.get_running_loop().create_task(scenes)

        with self._end:
            run_window(None, folders, stage=begin)
        assert self._living is not None
        return self._living.result().figures

    async def _scenes(self, window: MainWindow, folders: Folders, wanted: list[str]) -> Desk:
        from tests.support.desk import Desk
        from tests.support.pulse import Pulse
        from tests.support.studio import Studio

        pulse = Pulse(LATE_S)
        self._end.callback(self._write_diary, pulse)
        studio = Studio(window, folders)
        desk = Desk(studio, self._service, pulse, self._pictures, self._folder)
        try:
            await _live_through(desk, wanted)
        finally:
            self._leaving = asyncio.create_task(desk.leave())
        return desk

    def _write_diary(self, pulse: Pulse) -> None:
        pulse.close()
        (self._folder / "diary").write_text(pulse.told)


async def _live_through(desk: Desk, wanted: list[str]) -> None:
    """All scenes, up to where the window is to be closed."""
    from tests.bench._scenes import DAY, SCENES

    await desk.ready()
    for scene in SCENES:
        if scene.__name__ in (wanted or DAY):
            await scene(desk)
    desk.service.set(pace={"queued": 1000})
    await desk.generate()
    await asyncio.sleep(0.5)


def main(folder: Path, pictures: Path, wanted: list[str]) -> None:
    """Print the figures of one day: largest gap, that without waiting, its 99th percentile."""
    with ServiceApart(folder) as service, deaf() as silence:
        url = silence if wanted == ["connect"] else service.url
        os.environ.update(MASKWRIGHT_BASE_URL=url, MASKWRIGHT_API_KEY=KEY)
        figures = Day(service, folder, pictures).live(wanted)
    print(json.dumps({name: gaps.figures for name, gaps in figures.items()}))


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]), sys.argv[3:])
