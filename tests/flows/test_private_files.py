"""Whose files they are: private whatever the umask, and a clear word where none can be made."""

import os
import stat
import sys
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from tests.support.lowly import run_lowly

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="POSIX permissions and Linux' root")

OPEN_AND_CLOSE = """
import os, sys
os.umask(0)
from app.bootstrap import run_window
from app.storage.folders import Folders
from app.storage.instance import Instance
def stage(name, window):
    if name == "ready":
        window.close()
folders = Folders.standard()
with Instance.take(folders.data) as instance:
    sys.exit(run_window(None, folders, instance, stage))
"""
COMMAND = """
import os, sys
os.umask(0)
from app.cli import main
sys.exit(main(sys.argv[1:]))
"""


@pytest.fixture
def home(tmp_path: Path) -> Path:
    home = tmp_path / "home"
    home.mkdir(mode=0o700)
    return home


@pytest.fixture
def pictures(tmp_path: Path) -> tuple[str, ...]:
    """The words that ask for a small part of a picture to be redrawn."""
    texture = np.random.default_rng(3).integers(90, 160, (64, 64, 3), np.uint8)
    Image.fromarray(texture).save(tmp_path / "photo.png")
    mask = np.zeros((64, 64), np.uint8)
    mask[20:30, 20:30] = 255
    Image.fromarray(mask).save(tmp_path / "mask.png")
    return ("inpaint", str(tmp_path / "photo.png"), "--mask", str(tmp_path / "mask.png"))


def modes_that_others_can_use(folder: Path) -> dict[str, str]:
    return {
        str(path.relative_to(folder)): oct(stat.S_IMODE(path.lstat().st_mode))
        for path in folder.rglob("*")
        if "Pictures" not in path.parts and stat.S_IMODE(path.lstat().st_mode) & 0o077
    }


def test_all_that_the_program_keeps_is_private_whatever_the_umask(
    home: Path, pictures: tuple[str, ...]
) -> None:
    places = {"HOME": str(home), "QT_QPA_PLATFORM": "offscreen"}
    for command in ((COMMAND, *pictures), (OPEN_AND_CLOSE,)):
        done = run_lowly(["-c", *command], places)
        assert done.returncode == 0, done.stderr
    kept = {path.name for path in home.rglob("*") if path.is_file()}
    assert {"journal.sqlite", "settings.json"} <= kept
    assert modes_that_others_can_use(home) == {}


def test_the_log_is_private_whatever_the_umask(home: Path) -> None:
    done = run_lowly(
        ["-c", COMMAND, "models", "--base-url", "http://127.0.0.1:9"], {"HOME": str(home)}
    )
    assert done.returncode == 4
    (log,) = home.rglob("maskwright.log")
    assert "127.0.0.1/v3/model: ConnectError" in log.read_text()
    assert modes_that_others_can_use(home) == {}


def test_a_home_that_can_only_be_read_is_told_plainly(
    home: Path, pictures: tuple[str, ...]
) -> None:
    home.chmod(0o500)
    try:
        done = run_lowly(["-m", "app", *pictures], {"HOME": str(home)})
    finally:
        home.chmod(0o700)
    assert done.returncode == 6
    assert "Permission denied" in done.stderr
    assert "Traceback" not in done.stderr
    assert list(home.iterdir()) == []


def test_a_window_opens_although_nothing_can_be_kept(home: Path) -> None:
    home.chmod(0o500)
    try:
        done = run_lowly(
            ["-c", OPEN_AND_CLOSE], {"HOME": str(home), "QT_QPA_PLATFORM": "offscreen"}
        )
    finally:
        home.chmod(0o700)
    assert done.returncode == 0, done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize("arguments", [("models",), ()])
def test_without_a_home_it_is_said_what_is_missing(
    tmp_path: Path, arguments: tuple[str, ...]
) -> None:
    unknown = f"import os\nos.getuid = lambda: 4242424\nos.chdir({str(tmp_path)!r})\n"
    command = ["-c", unknown + COMMAND, *arguments]
    done = run_lowly(
        command, {"PYTHONPATH": os.getcwd(), "QT_QPA_PLATFORM": "offscreen"}, without=["HOME"]
    )
    assert done.returncode == 6, done.stderr
    assert "set HOME" in done.stderr
    assert "Traceback" not in done.stderr
    assert list(tmp_path.iterdir()) == []


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs a device that is always full")
@pytest.mark.parametrize("temporary", ["/nowhere", "/dev/full"])
def test_a_job_needs_no_folder_for_temporary_files(
    home: Path, pictures: tuple[str, ...], temporary: str
) -> None:
    done = run_lowly(["-m", "app", *pictures], {"HOME": str(home), "TMPDIR": temporary})
    assert done.returncode == 0, done.stderr
    assert Path(done.stdout.splitlines()[0]).is_file()
