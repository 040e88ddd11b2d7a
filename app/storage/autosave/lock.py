"""Whose a folder is: the process that writes into it, told so that no other can be taken for it.

A number alone is not enough: it is given to another process sooner or later, so the time at which
the process began belongs to it.
"""

from __future__ import annotations

import ctypes
import json
import os
import platform
import subprocess
from contextlib import suppress
from functools import cache
from pathlib import Path

from app.storage.files.writing import write_replace

LOCK = "lock"
_BOOT = Path("/proc/sys/kernel/random/boot_id")
_STARTED = 19
"""Where `/proc/PID/stat` has the start, counted from behind the name, which may hold anything."""

_QUERY = 0x1000
"""Windows' PROCESS_QUERY_LIMITED_INFORMATION."""


def hold(folder: Path) -> None:
    """Make a folder this process's own."""
    own = {"pid": os.getpid(), "started": _own_start()}
    write_replace(folder / LOCK, json.dumps(own).encode())


def let_go(folder: Path) -> None:
    """Leave it to whoever wants it."""
    with suppress(OSError):
        (folder / LOCK).unlink()


def is_held(folder: Path) -> bool:
    """Whether a process that still runs, this one or another, writes into a folder."""
    try:
        lock = json.loads((folder / LOCK).read_bytes())
        pid, started = int(lock["pid"]), str(lock["started"])
    except (OSError, ValueError, KeyError, TypeError):
        return False
    return bool(started) and _started(pid) == started


@cache
def _own_start() -> str:
    return _started(os.getpid())


def _started(pid: int) -> str:
    """When a process began, in the system's own terms; empty when there is none."""
    match platform.system():
        case "Linux":
            return _on_linux(pid)
        case "Windows":
            return _on_windows(pid)
        case _:
            return _elsewhere(pid)


def _on_linux(pid: int) -> str:
    with suppress(OSError, IndexError):
        facts = Path(f"/proc/{pid}/stat").read_text("utf-8", "replace").rpartition(")")[2].split()
        # Counted from the start of the system, so that this belongs to it.
        return f"{facts[_STARTED]} {_BOOT.read_text('ascii').strip()}"
    return ""


def _elsewhere(pid: int) -> str:
    asked = ["ps", "-o", "lstart=", "-p", str(pid)]
    with suppress(OSError, subprocess.SubprocessError):
        told = subprocess.run(asked, capture_output=True, text=True, timeout=5, check=False)
        return told.stdout.strip()
    return ""


def _on_windows(pid: int) -> str:
    kernel = getattr(ctypes, "windll").kernel32  # noqa: B009 - elsewhere there is no such name
    process = kernel.OpenProcess(_QUERY, False, pid)
    if not process:
        return ""
    times = (ctypes.c_uint64 * 4)()
    places = [ctypes.byref(times, 8 * number) for number in range(4)]
    is_told = kernel.GetProcessTimes(process, *places)
    kernel.CloseHandle(process)
    return str(times[0]) if is_told else ""
