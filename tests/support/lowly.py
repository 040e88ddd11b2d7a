"""A process that permissions hold for, though tests may run as root."""

import ctypes
import os
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

ROOT = Path(__file__).parents[2]

_DROP_FROM_BOUNDS = 24
_OVERRIDES = (1, 2, 3)  # writing, reading and owning what permissions do not allow


def run_lowly(
    command: Sequence[str], variables: Mapping[str, str], without: Sequence[str] = ()
) -> subprocess.CompletedProcess[str]:
    """Run Python with `command`, unable to overrule the permissions of files."""
    kept = {
        name: value
        for name, value in os.environ.items()
        if name not in without and not name.startswith("XDG_")
    }
    return subprocess.run(
        [sys.executable, *command],
        cwd=ROOT,
        env={**kept, **variables},
        preexec_fn=_give_up_privileges if _is_root() else None,
        capture_output=True,
        text=True,
        timeout=100,
        check=False,
    )


def _is_root() -> bool:
    return hasattr(os, "getuid") and os.getuid() == 0


def _give_up_privileges() -> None:
    """Linux: root without these capabilities is an owner like any other, after the next exec."""
    library = ctypes.CDLL(None)
    for capability in _OVERRIDES:
        library.prctl(_DROP_FROM_BOUNDS, capability, 0, 0, 0)
