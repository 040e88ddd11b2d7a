"""Starting the program twice: the second start hands its picture to the first and ends."""

import json
import os
import signal
import subprocess
import sys
from pathlib import Path

from tests.support.studio import photo
from tests.support.waiting import wait_for

COMMAND = (sys.executable, "-m", "app")
ROOT = Path(__file__).parents[2]


def environment(home: Path) -> dict[str, str]:
    places = {name: str(home / name) for name in ("XDG_DATA_HOME", "XDG_CONFIG_HOME")}
    screen = {"QT_QPA_PLATFORM": os.environ.get("QT_QPA_PLATFORM", "")}
    return {**os.environ, "HOME": str(home), "XDG_CACHE_HOME": str(home / "c"), **places, **screen}


def recent(settings: Path) -> list[str]:
    """The recent files that the program remembers; it saves them a moment later."""
    return json.loads(settings.read_bytes())["recent_files"] if settings.exists() else []


def test_a_second_start_opens_its_picture_in_the_first_window(tmp_path: Path) -> None:
    photo(tmp_path / "boat.png")
    env = environment(tmp_path)
    first = subprocess.Popen(COMMAND, cwd=ROOT, env=env)
    try:
        held = tmp_path / "XDG_DATA_HOME" / "maskwright" / "running.lock"
        wait_for(lambda: held.exists() or first.poll() is not None)
        second = subprocess.run(
            [*COMMAND, str(tmp_path / "boat.png")], cwd=ROOT, env=env, timeout=60, check=False
        )
        assert second.returncode == 0
        settings = tmp_path / "XDG_CONFIG_HOME" / "maskwright" / "settings.json"
        opened = [str(tmp_path / "boat.png")]
        wait_for(lambda: recent(settings) == opened or first.poll() is not None)
        assert recent(settings) == opened
    finally:
        first.send_signal(signal.SIGTERM)
    assert first.wait(60) == 0
