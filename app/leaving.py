"""The end of the process, which nothing that hangs in a thread or on a disk may hold up."""

import os
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager

PATIENCE_S = 3.0
"""How long the last word to the disk may take."""


def leave(code: int) -> int:
    """`code`, for the process to end with; where a thread is still at something it ends at once.

    Python would wait for that without end: for a share that is gone, or for a name that nobody
    looks up. What is on disk is whole at any moment, so nothing is lost.
    """
    here = threading.current_thread()
    if any(not thread.daemon for thread in threading.enumerate() if thread is not here):
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(code)
    return code


@contextmanager
def in_time(code: int, patience_s: float = PATIENCE_S) -> Iterator[None]:
    """Let the block take its time, but not for ever: then the process ends in it, with `code`."""
    timer = threading.Timer(patience_s, os._exit, (code,))
    timer.daemon = True
    timer.start()
    try:
        yield
    finally:
        timer.cancel()
