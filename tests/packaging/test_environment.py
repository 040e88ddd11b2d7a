"""The venv is made once, left alone while nothing changes, and mended when it broke."""

import os
import shutil
import subprocess
import sys
import venv
from pathlib import Path

import pytest

from devkit.environment import SOURCES, Environment, pip_news
from devkit.failure import SetupFailed


@pytest.fixture
def environment(tmp_path: Path) -> Environment:
    """That of a checkout which was never set up."""
    for name in SOURCES:
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text("as it was")
    return Environment(tmp_path)


def quick_venv(folder: Path) -> None:
    """Make a venv without the seconds that a real pip takes."""
    venv.create(folder, symlinks=os.name != "nt")
    for packages in folder.rglob("site-packages"):
        (packages / "pip.py").touch()


def nothing(environment: Environment) -> None:
    """An installer for tests that are about the venv around what it installs."""


def interrupted(environment: Environment) -> None:
    (environment.folder / "half a package").touch()
    raise KeyboardInterrupt


def refused(environment: Environment) -> None:
    raise SetupFailed("no network")


def test_a_fresh_checkout_gets_a_python_with_pip(environment: Environment) -> None:
    assert not environment.is_ready
    environment.prepare(nothing)

    assert environment.is_ready
    pip = subprocess.run([environment.python, "-m", "pip", "--version"], check=False)
    assert pip.returncode == 0


@pytest.mark.parametrize("source", SOURCES)
def test_what_it_was_made_from_is_watched(environment: Environment, source: str) -> None:
    before = environment.fingerprint()
    (environment.root / source).write_text("changed")

    assert environment.fingerprint() != before


def test_a_change_of_what_is_compiled_is_noticed(environment: Environment) -> None:
    source = environment.root / "app/model/kernels/c/dab.c"
    source.parent.mkdir(parents=True)
    source.write_text("as it was")
    before = environment.fingerprint()
    source.write_text("changed")

    assert environment.fingerprint() != before


def test_a_compiler_that_comes_later_is_noticed(
    environment: Environment, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(shutil, "which", lambda name: None)
    before = environment.fingerprint()
    monkeypatch.setattr(shutil, "which", lambda name: f"/usr/bin/{name}")

    assert environment.fingerprint() != before


def test_a_moved_checkout_is_set_up_again(environment: Environment, tmp_path: Path) -> None:
    shutil.copytree(tmp_path, tmp_path / "moved")

    assert Environment(tmp_path / "moved").fingerprint() != environment.fingerprint()


def test_a_change_keeps_the_venv(environment: Environment) -> None:
    environment.prepare(nothing, quick_venv)
    (environment.folder / "kept").touch()
    (environment.root / "pyproject.toml").write_text("changed")
    assert not environment.is_ready
    environment.prepare(nothing, quick_venv)

    assert environment.is_ready
    assert (environment.folder / "kept").exists()


def test_an_interrupted_set_up_begins_anew(environment: Environment) -> None:
    with pytest.raises(KeyboardInterrupt):
        environment.prepare(interrupted, quick_venv)
    assert not environment.is_ready
    environment.prepare(nothing, quick_venv)

    assert environment.is_ready
    assert not (environment.folder / "half a package").exists()


def test_a_refused_install_keeps_what_works(environment: Environment) -> None:
    environment.prepare(nothing, quick_venv)
    (environment.folder / "kept").touch()
    with pytest.raises(SetupFailed):
        environment.prepare(refused, quick_venv)
    assert not environment.is_ready
    environment.prepare(nothing, quick_venv)

    assert (environment.folder / "kept").exists()


@pytest.mark.skipif(sys.platform == "win32", reason="a running Windows keeps its files")
def test_a_vanished_interpreter_is_noticed_and_replaced(environment: Environment) -> None:
    environment.prepare(nothing, quick_venv)
    environment.python.unlink()
    environment.python.symlink_to("/gone/python3")
    assert not environment.is_ready
    environment.prepare(nothing, quick_venv)

    assert environment.works()


@pytest.mark.parametrize(
    ("line", "news"),
    [
        ("Downloading numpy-2.4.6-cp311-cp311-linux_x86_64.whl (15.8 MB)", "numpy 2.4.6, 15.8 MB"),
        (
            "Downloading https://somewhere/a/zipp-4.1.2-py3-none-any.whl (10 kB)",
            "zipp 4.1.2, 10 kB",
        ),
        ("Downloading numpy-2.4.6-cp311-cp311-linux_x86_64.whl.metadata (62 kB)", None),
        ("Collecting numpy", None),
    ],
)
def test_downloads_are_told_shortly(line: str, news: str | None) -> None:
    assert pip_news(line) == (news and f"getting {news}")
