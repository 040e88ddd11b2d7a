"""How much memory is left for a picture."""

import ctypes
import math
import os
import platform
from contextlib import suppress
from pathlib import Path

_MEMINFO = Path("/proc/meminfo")
_GROUP = Path("/sys/fs/cgroup")
_INACTIVE = "inactive_file "
_MUCH = 0.6


def available() -> float:
    """The bytes that can be had without pushing anything out; endless where nobody tells."""
    match platform.system():
        case "Windows":
            return _on_windows()
        case "Linux":
            return min(_on_linux(), _in_group())
        case _:
            return _in_all()


def _in_all() -> float:
    """Much of what there is, where the system does not tell what is free of it."""
    with suppress(ValueError, OSError):
        return _MUCH * os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
    return math.inf


def _on_linux() -> float:
    with suppress(OSError, ValueError, IndexError):
        for line in _MEMINFO.read_text("ascii").splitlines():
            if line.startswith("MemAvailable:"):
                return 1024.0 * int(line.split()[1])
    return math.inf


def _in_group() -> float:
    """What a container's limit leaves; endless outside of one."""
    with suppress(OSError, ValueError, StopIteration):
        limit = int((_GROUP / "memory.max").read_text("ascii"))
        used = int((_GROUP / "memory.current").read_text("ascii"))
        facts = (_GROUP / "memory.stat").read_text("ascii").splitlines()
        cached = next(int(line.split()[1]) for line in facts if line.startswith(_INACTIVE))
        return float(max(0, limit - used + cached))
    return math.inf


def _on_windows() -> float:
    class Status(ctypes.Structure):
        _fields_ = (
            ("length", ctypes.c_uint32),
            ("load", ctypes.c_uint32),
            *((name, ctypes.c_uint64) for name in ("total", "free", *"abcde")),
        )

    status = Status(length=ctypes.sizeof(Status))
    kernel = getattr(ctypes, "windll").kernel32  # noqa: B009 - elsewhere there is no such name
    return float(status.free) if kernel.GlobalMemoryStatusEx(ctypes.byref(status)) else math.inf
