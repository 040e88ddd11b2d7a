"""The whole program in a process of its own, with an artist in it who may be killed at any step.

`python -m tests.support.artist FACTS` takes JSON: `act` is "paint" (open a picture, paint, send it
off, wait for what comes of it), "keep" (the same, but it is saved as a project twice before) or
"return" (wait for what comes of the jobs of last time); `home` is where everything lies, `log`
takes the steps (see `reaper.py`), `fatal` is the last. What the list of jobs tells is written to
the file `TOLD` in `home`.
"""

import asyncio
import json
import os
import subprocess
import sys
from collections.abc import Sequence
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
PROJECT = "boat.ora"
TOLD = "told.log"


@dataclass(frozen=True)
class Home:
    """A home folder with its artist; the service is at `url` and wants `key`."""

    path: Path
    url: str
    key: str

    @property
    def folders(self) -> Folders:
        return Folders.under(self.path)

    def run(
        self, act: str, *, fatal: str | int | None = None, under: Sequence[str] = ()
    ) -> list[str]:
        """Let the artist live, to the end or to the fatal step; the steps that there were.

        A step of a name must come; whether there are as many as a number says is not sure.
        `under` is a command that takes the artist's own.
        """
        log = self.path / "steps.log"
        log.unlink(missing_ok=True)
        facts = {"act": act, "home": str(self.path), "log": str(log), "fatal": fatal}
        done = subprocess.run(
            [*under, sys.executable, "-m", "tests.support.artist", json.dumps(facts)],
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
    _watch_telling(home / TOLD)
    stories: set[asyncio.Task[None]] = set()

    def stage(name: str, window: "MainWindow") -> None:
        if name == "ready":
            story = {"paint": _paint, "keep": _keep, "return": _return}[facts["act"]]
            stories.add(asyncio.get_running_loop().create_task(_live(story, window, folders)))

    picture = None if facts["act"] == "return" else home / "boat.png"
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
    await _begin(studio)
    await _generate(studio)


async def _keep(studio: Any) -> None:
    """The same, in a project: saved, painted on and saved again."""
    await _begin(studio)
    folder: Path = studio.folders.autosave
    await studio.until(lambda: any(folder.glob("*/state-*.json")))
    studio.drag_across_middle(80)
    await _save(studio)
    studio.drag_across_middle(100)
    await _save(studio)
    await _generate(studio)


async def _begin(studio: Any) -> None:
    """Paint, and say what is wanted."""
    from app.session.parameters import ParameterState

    await studio.until(lambda: "boat" in studio.window.windowTitle())
    state = studio.window.findChild(ParameterState)
    state.edit(prompt="a sail", model_name="m.safetensors", image_num=IMAGES)
    studio.drag_across_middle()


async def _save(studio: Any) -> None:
    """Save the project, under a name the first time."""
    from PySide6.QtWidgets import QFileDialog

    path = studio.folders.data.parent / PROJECT
    is_new = not path.exists()
    studio.window.actions_table["save"].trigger()
    if is_new:
        asked = studio.find("save_project_dialog", QFileDialog)
        asked.fileSelected.emit(str(path))
        asked.reject()
    await studio.until(lambda: not studio.window.isWindowModified())


async def _generate(studio: Any) -> None:
    from PySide6.QtWidgets import QAbstractButton

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

    JobQueue._restore = restore


def _watch_telling(log: Path) -> None:
    """Write down each state that the list says to be on disk, and each picture."""
    from app.session.queue import JobQueue

    plain, deliver, descriptor = JobQueue._change, JobQueue._deliver, _opened(log)

    def change(queue: JobQueue, job_id: str, **changes: Any) -> None:
        if "noted" in changes:
            os.write(descriptor, f"{changes['noted']}\n".encode())
        plain(queue, job_id, **changes)

    def delivered(queue: JobQueue, result: Any) -> None:
        os.write(descriptor, f"picture {result.index}\n".encode())
        deliver(queue, result)

    JobQueue._change, JobQueue._deliver = change, delivered


def _opened(log: Path) -> int:
    return os.open(log, os.O_WRONLY | os.O_CREAT | os.O_APPEND)


async def _rest(studio: Any) -> None:
    from app.session.queue import JobQueue

    queue = studio.window.findChild(JobQueue)
    await studio.until(lambda: not queue.running)


if __name__ == "__main__":
    sys.exit(main())
