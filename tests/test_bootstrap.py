"""The program from its start to its end, in a process of its own."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.support.canary import KEY

PLACES = """
def places(window):
    "Where each named part of the frame is, in the window."
    from PySide6.QtCore import QPoint

    parts = {
        "menu_row": window.menu_row,
        "options": window.options,
        "rail": window.rail,
        "stage": window.stage,
        "strip": window.strip,
        "panel": window.panel,
        "dock": window.panel.dock,
        "status": window.status,
    }
    return {
        name: (*part.mapTo(window, QPoint()).toTuple(), *part.size().toTuple())
        for name, part in parts.items()
    }
"""
RUN = """
import json, sys
from app.bootstrap import run_window
from app.storage.folders import Folders
def tell(**facts):
    print(json.dumps(facts), flush=True)
sys.exit(run_window(None, Folders.standard(), stage=stage))
"""


def run(tmp_path: Path, stage: str, remembered: dict[str, Any] | None = None) -> list[Any]:
    """Start the program with `stage` as its callback; what that told, once the program ended."""
    config = tmp_path / "maskwright"
    config.mkdir()
    (config / "settings.json").write_text(json.dumps(remembered or {}))
    done = subprocess.run(
        [sys.executable, "-c", PLACES + stage + RUN],
        env={**os.environ, "XDG_CONFIG_HOME": str(tmp_path), "QT_QPA_PLATFORM": "offscreen"},
        cwd=Path(__file__).parent.parent,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return [json.loads(line) for line in done.stdout.splitlines()]


@pytest.mark.parametrize(
    "remembered",
    [{}, {"folded": ["results", "mask"], "theme": "light", "splitters": {"columns": [900, 400]}}],
    ids=["at the first start", "with what was remembered"],
)
def test_no_part_of_the_frame_moves_after_the_first_paint(
    tmp_path: Path, remembered: dict[str, Any]
) -> None:
    stage = """
def stage(name, window):
    def look():
        tell(name=name, places=places(window))
    if name == "painted":
        return look()
    # The layouts do first what they have put off; not from here, as this is called by a coroutine.
    from PySide6.QtCore import QTimer
    QTimer.singleShot(0, look)
    QTimer.singleShot(0, window.close)
"""
    painted, ready = run(tmp_path, stage, remembered)

    assert (painted["name"], ready["name"]) == ("painted", "ready")
    assert len(painted["places"]) == 8
    assert painted["places"] == ready["places"]


def test_a_folded_strip_is_folded_from_the_first_paint_on(tmp_path: Path) -> None:
    stage = """
def stage(name, window):
    tell(folded=window.strip.is_folded)
    if name == "ready":
        window.close()
"""
    assert run(tmp_path, stage, {"folded": ["results"]}) == [{"folded": True}, {"folded": True}]


@pytest.mark.skipif(sys.platform == "win32", reason="there are no such signals")
@pytest.mark.parametrize("signal", ["SIGINT", "SIGTERM"])
def test_a_signal_closes_the_window_in_good_order(tmp_path: Path, signal: str) -> None:
    stage = f"""
import os, signal
def stage(name, window):
    if name == "ready":
        os.kill(os.getpid(), signal.{signal})
"""
    assert run(tmp_path, stage) == []
    kept = json.loads((tmp_path / "maskwright" / "settings.json").read_text())
    assert kept["geometry"]


@pytest.mark.skipif(sys.platform == "win32", reason="there are no such signals")
def test_a_name_that_nobody_looks_up_does_not_hold_up_the_end(tmp_path: Path) -> None:
    """Nor does anything else that hangs in a thread, as a share that is gone would."""
    script = """
import os, signal, socket, sys, threading
def hang(*asked, **facts):
    os.kill(os.getpid(), signal.SIGTERM)
    threading.Event().wait()
socket.getaddrinfo = hang
from app.cli import main
sys.exit(main([]))
"""
    service = {"MASKWRIGHT_BASE_URL": "https://nobody.invalid", "MASKWRIGHT_API_KEY": KEY}
    homes = {name: str(tmp_path / name) for name in ("HOME", "XDG_CONFIG_HOME", "XDG_DATA_HOME")}
    done = subprocess.run(
        [sys.executable, "-c", script],
        env={**os.environ, **homes, **service, "QT_QPA_PLATFORM": "offscreen"},
        cwd=Path(__file__).parent.parent,
        timeout=60,
        check=False,
    )
    assert done.returncode == 0
    settings = tmp_path / "XDG_CONFIG_HOME" / "maskwright" / "settings.json"
    assert json.loads(settings.read_text())["geometry"]


def test_a_bug_in_a_slot_is_told_and_outlived(tmp_path: Path) -> None:
    stage = """
from PySide6.QtCore import QTimer
def stage(name, window):
    if name == "ready":
        def fail():
            QTimer.singleShot(0, look)
            raise RuntimeError("a bug")
        def look():
            tell(notice=window.stage.notice.isVisible())
            window.close()
        QTimer.singleShot(0, fail)
"""
    assert run(tmp_path, stage) == [{"notice": True}]


def test_what_only_a_picture_or_a_job_needs_is_not_read_before_the_window_is_ready(
    tmp_path: Path,
) -> None:
    stage = """
def stage(name, window):
    if name == "ready":
        late = {"numpy", "PIL", "httpx", "pydantic", "sqlite3", "app.storage.jobs.journal"}
        late |= {"app.canvas.canvas", "app.panels.results.shelf", "app.model.operations.settings"}
        tell(read=sorted(late & sys.modules.keys()))
        window.close()
"""
    assert run(tmp_path, stage) == [{"read": []}]


def test_what_the_first_paint_does_not_show_is_not_read_before_it(tmp_path: Path) -> None:
    stage = """
def stage(name, window):
    if name == "painted":
        late = {"asyncio", "dataclasses", "datetime", "ssl", "subprocess", "app.contract.fields"}
        late |= {"app.shell.messages", "app.shell.keeping", "app.session.tools", "app.model.job"}
        tell(read=sorted(late & sys.modules.keys()))
    else:
        window.close()
"""
    # Some Pythons have Qt itself read some of it.
    bare = [sys.executable, "-c", "import PySide6.QtWidgets, sys; print(*sys.modules)"]
    brought = subprocess.run(bare, capture_output=True, text=True, check=True).stdout.split()
    (read,) = run(tmp_path, stage)
    assert set(read["read"]) - set(brought) == set()


def test_later_imports_do_not_read_source_anew(tmp_path: Path) -> None:
    """As PySide6 would, once for each module that is imported after it."""
    stage = """
import linecache
def stage(name, window):
    if name == "painted":
        before = len(linecache.cache)
        import colorsys
        tell(read=len(linecache.cache) - before)
    else:
        window.close()
"""
    assert run(tmp_path, stage) == [{"read": 0}]
