"""A program and all that it started: what they use. Linux alone tells this."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path

PROC = Path("/proc")


def cpu_s(pid: int) -> float:
    """Processor time of a process and its descendants since they started."""
    nanoseconds = 0
    for process in family(pid):
        with suppress(OSError):
            for task in (PROC / str(process) / "task").iterdir():
                nanoseconds += int((task / "schedstat").read_text().split()[0])
    return nanoseconds / 1e9


def peak_mb(pid: int) -> float:
    """The most memory that each of them had, added up."""
    kilobytes = 0
    for process in family(pid):
        with suppress(OSError):
            for line in (PROC / str(process) / "status").read_text().splitlines():
                if line.startswith("VmHWM:"):
                    kilobytes += int(line.split()[1])
    return kilobytes / 1024


def family(pid: int) -> list[int]:
    """The process and its descendants."""
    members = [pid]
    with suppress(OSError):
        for task in (PROC / str(pid) / "task").iterdir():
            for child in (task / "children").read_text().split():
                members += family(int(child))
    return members
