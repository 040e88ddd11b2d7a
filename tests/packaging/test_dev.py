"""The one file that a newcomer types, as a newcomer types it."""

import os
import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace

import pytest

DEV = Path(__file__).parents[2] / "packaging" / "dev.py"


def python(*arguments: str, **environ: str) -> subprocess.CompletedProcess[str]:
    env = {**os.environ, "PYTHONIOENCODING": "utf-8", **environ}
    return subprocess.run(
        [sys.executable, *arguments], capture_output=True, encoding="utf-8", env=env, check=False
    )


def test_an_old_python_is_told_what_is_needed() -> None:
    pretend = (
        "import runpy, sys; sys.version_info = (3, 9, 18);"
        f"runpy.run_path({str(DEV)!r}, run_name='__main__')"
    )
    answer = python("-c", pretend)

    assert answer.returncode == 1
    assert answer.stderr.startswith("Maskwright needs Python 3.11 or newer, and this is Python 3.9")


@pytest.mark.parametrize("arguments", [[], ["--help"], ["help"]])
def test_it_says_what_it_can_do(arguments: list[str]) -> None:
    answer = python(str(DEV), *arguments)

    assert answer.returncode == 0
    assert "python3 packaging/dev.py run" in answer.stdout


@pytest.mark.parametrize("arguments", [["tset"], ["check", "quickly"]])
def test_what_it_cannot_do_is_refused(arguments: list[str]) -> None:
    answer = python(str(DEV), *arguments)

    assert answer.returncode == 2
    assert "python3 packaging/dev.py run" in answer.stderr


def test_its_help_names_every_command() -> None:
    from devkit.commands import COMMANDS

    shown = python(str(DEV), "--help").stdout
    assert [name for name in COMMANDS if f"dev.py {name}" not in shown] == []


def test_a_soak_may_be_asked_for_less(
    monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    from devkit import commands

    monkeypatch.setattr(commands, "ready", lambda: SimpleNamespace(python=sys.executable))
    assert commands.soak(["--help"]) == 0
    assert "--beats" in capfd.readouterr().out


def test_the_judgement_is_the_readme_test_command() -> None:
    script = (DEV.parents[1] / ".ci" / "run").read_text()
    assert script.splitlines()[-1] == "exec python3 packaging/dev.py test"
