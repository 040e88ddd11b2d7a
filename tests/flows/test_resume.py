"""`maskwright resume`: what an earlier end has left is finished once, nothing is sent twice."""

import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from tests.support.apart import ServiceApart
from tests.support.studio import photo
from tests.support.waiting import wait_for

KEY = "canary-resume-51b7d2"
ROOT = Path(__file__).parents[2]
UNKNOWN = 7


@dataclass(frozen=True)
class Desk:
    """A home with a picture and a mask, and a service to send them to."""

    folder: Path
    service: ServiceApart

    def start(self, *arguments: str) -> subprocess.Popen[str]:
        home = str(self.folder)
        env = {
            **os.environ,
            "HOME": home,
            "XDG_DATA_HOME": f"{home}/data",
            "XDG_PICTURES_DIR": f"{home}/pictures",
            "MASKWRIGHT_BASE_URL": self.service.url,
            "MASKWRIGHT_API_KEY": KEY,
        }
        command = [sys.executable, "-m", "app", *arguments]
        pipe = subprocess.PIPE
        return subprocess.Popen(command, cwd=ROOT, env=env, stdout=pipe, stderr=pipe, text=True)

    def resume(self, *arguments: str) -> tuple[int, str, str]:
        """The exit code, and what was said on both streams."""
        process = self.start("resume", *arguments)
        out, err = process.communicate(timeout=100)
        return process.returncode, out, err

    def leave_a_job(self, *, once: Callable[[], bool]) -> None:
        """Start a job of two images, and kill the program once something has come about."""
        picture, mask = self.folder / "boat.png", self.folder / "mask.png"
        job = ("inpaint", str(picture), "--mask", str(mask), "--prompt", "x", "--model-name", "m")
        process = self.start(*job, "--image-num", "2")
        wait_for(once)
        process.kill()
        process.communicate()


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    photo(tmp_path / "boat.png")
    mask = np.zeros((160, 240), np.uint8)
    mask[60:100, 90:150] = 255
    Image.fromarray(mask).save(tmp_path / "mask.png")
    with ServiceApart(tmp_path, key=KEY) as service:
        yield Desk(tmp_path, service)


def test_a_task_that_was_left_is_collected_once(desk: Desk) -> None:
    desk.service.arm("poll.queued_forever", times=-1)
    desk.leave_a_job(once=lambda: desk.service.state["requests"].get("poll", 0) > 0)
    desk.service.mend()
    code, out, err = desk.resume()
    assert code == 0, err
    assert [Path(line).is_file() for line in out.splitlines()] == [True, True]
    assert desk.resume() == (0, "", "")
    assert desk.service.state["charged"] == 2


def test_what_may_have_been_sent_is_left_for_a_decision(desk: Desk) -> None:
    desk.service.arm("submit.hang")
    desk.leave_a_job(once=lambda: desk.service.state["charged"] > 0)
    for _ in range(2):
        code, out, err = desk.resume("--json")
        assert code == UNKNOWN
        assert [job["state"] for job in json.loads(out)] == ["unknown"]
        assert "may have been sent" in err
    assert desk.service.state["charged"] == 2


def test_beside_another_that_is_at_work_nothing_is_touched(desk: Desk) -> None:
    desk.service.arm("poll.queued_forever", times=-1)
    picture, mask = desk.folder / "boat.png", desk.folder / "mask.png"
    job = ("inpaint", str(picture), "--mask", str(mask), "--prompt", "x", "--model-name", "m")
    working = desk.start(*job, "--image-num", "1")
    try:
        wait_for(lambda: desk.service.state["requests"].get("poll", 0) > 0)
        code, out, err = desk.resume()
        assert (code, out) == (0, "")
        assert "another one is at work" in err
        desk.service.mend()
        out, err = working.communicate(timeout=60)
        assert working.returncode == 0, err
        assert len(out.splitlines()) == 1
    finally:
        working.kill()
        working.communicate()
    assert desk.service.state["charged"] == 1
