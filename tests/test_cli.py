"""The command line's outermost part."""

import os
import subprocess
import sys

import pytest

from app import __version__
from app.cli import main


def run(*arguments: str, **environ: str) -> subprocess.CompletedProcess[str]:
    clean = {k: v for k, v in os.environ.items() if k not in {"QT_QPA_PLATFORM", "DISPLAY"}}
    clean.pop("WAYLAND_DISPLAY", None)
    return subprocess.run(
        [sys.executable, "-m", "app", *arguments],
        env={**clean, **environ},
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )


def test_the_version_is_told(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        main(["--version"])
    assert ended.value.code == 0
    assert capsys.readouterr().out.strip() == f"Maskwright {__version__}"


@pytest.mark.parametrize("command", ["inpaint", "models", "serve"])
def test_every_command_explains_itself(command: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        main([command, "--help"])
    assert ended.value.code == 0
    assert f"maskwright {command}" in capsys.readouterr().out


@pytest.mark.skipif(sys.platform != "linux", reason="only there may a screen be missing")
def test_without_a_screen_it_says_so_instead_of_crashing() -> None:
    done = run()
    assert done.returncode == 1
    assert "no screen" in done.stdout
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize("port", ["-1", "65536", "http"])
def test_a_port_that_is_none_is_refused(port: str) -> None:
    assert run("serve", "--port", port).returncode == 2
