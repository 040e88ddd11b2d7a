"""The end of the process, which nothing that hangs in a thread may hold up."""

import os
import sys
import threading


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
