"""The whole program in a process of its own, with an artist in it who may be killed at any step.

`python -m tests.support.artist FACTS` takes JSON: `act` is "paint" (open `picture`, paint, send
it off, wait for what comes of it) or "return" (wait for what comes of the jobs of last time);
`home` is where everything lies, `log` takes the steps (see `reaper.py`), `fatal` is the last.
"""

import asyncio
import json
import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from app.storage.folders import Folders
from app.storage.instance import Instance
from tests.support.reaper import Reaper

if TYPE_CHECKING:
    from app.shell.main_window import MainWindow

ROOT = Path(__file__).parents[2]
IMAGES = 2


@dataclass(frozen=True)
class Home:
    """A home folder with its artist; the service is at `url` and wants `key`."""

    path: Path
    url: str
    key: str

    @property
    def folders(self) -> Folders:
        return Folders.under(self.path)

    def run(self, act: str, *, fatal: str | int | None = None) -> list[str]:
        """Let the artist live, to the end or to the fatal step; the steps that there were.

        A step of a name must come; whether there are as many as a number says is not sure.
        """
        log = self.path / "steps.log"
        log.unlink(missing_ok=True)
        facts = {"act": act, "home": str(self.path), "log": str(log), "fatal": fatal}
        done = subprocess.run(
            [sys.executable, "-m", "tests.support.artist", json.dumps(facts)],
            cwd=ROOT,
            env={
                **os.environ,
                "HOME": str(self.path),
                "QT_QPA_PLATFORM": "offscreen",
                "MASKWRIGHT_BASE_URL": self.url,
                "MASKWRIGHT_API_KEY": self.key,
            },
            capture_output=True,
            text=True,
            timeout=100,
            check=False,
        )
        ends = {None: {0}, str: {-9}, int: {0, -9}}[fatal and type(fatal)]
        assert done.returncode in ends, f"{done.returncode} {done.stderr}"
        assert "Traceback" not in done.stderr, done.stderr
        return log.read_text().splitlines()


def main() -> int:
    """Live as the facts say."""
    from app.bootstrap import run_window

    facts: dict[str, Any] = json.loads(sys.argv[1])
    home = Path(facts["home"])
    folders = Folders.under(home)
    Reaper(Path(facts["log"]), facts["fatal"]).watch(home)
    _watch_restoring()
    stories: set[asyncio.Task[None]] = set()

    def stage(name: str, window: "MainWindow") -> None:
        if name == "ready":
            story = _paint if facts["act"] == "paint" else _return
            stories.add(asyncio.get_running_loop().create_task(_live(story, window, folders)))

    picture = home / "boat.png" if facts["act"] == "paint" else None
    with Instance.take(folders.data) as instance:
        code = run_window(picture, folders, instance, stage)
    (told,) = stories
    told.result()
    return code


async def _live(story: Any, window: "MainWindow", folders: Folders) -> None:
    from tests.support.studio import Studio

    try:
        await story(Studio(window, folders))
    finally:
        window.close()


async def _paint(studio: Any) -> None:
    """Paint over the middle and have it redrawn."""
    from PySide6.QtWidgets import QAbstractButton

    from app.session.parameters import ParameterState

    await studio.until(lambda: "boat" in studio.window.windowTitle())
    state = studio.window.findChild(ParameterState)
    state.edit(prompt="a sail", model_name="m.safetensors", image_num=IMAGES)
    studio.drag_across_middle()
    await studio.until(studio.find("generate", QAbstractButton).isEnabled)
    studio.click("generate")
    await studio.until(lambda: studio.strip.count() > 0)
    await _rest(studio)


async def _return(studio: Any) -> None:
    """Let the program finish what was begun."""
    await studio.until(lambda: _IS_RESTORED)
    await _rest(studio)


_IS_RESTORED: list[bool] = []
"""Holds something once the queue has taken up the jobs of last time."""


def _watch_restoring() -> None:
    from app.session.queue import JobQueue

    plain = JobQueue._restore

    async def restore(queue: JobQueue, archive: Any) -> None:
        await plain(queue, archive)
        _IS_RESTORED.append(True)

    JobQueue._restore = restore  # type: ignore[method-assign]


async def _rest(studio: Any) -> None:
    from app.session.queue import JobQueue

    queue = studio.window.findChild(JobQueue)
    await studio.until(lambda: not queue.running)


if __name__ == "__main__":
    sys.exit(main())
