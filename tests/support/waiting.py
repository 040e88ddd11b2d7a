"""Waiting for what another thread or process brings about on the disk."""

import time
from collections.abc import Callable

PATIENCE_S = 60.0


def wait_for(true: Callable[[], bool]) -> None:
    """Look again and again until it is true."""
    end = time.monotonic() + PATIENCE_S
    while not true():
        assert time.monotonic() < end, "it never came"
        time.sleep(0.005)
