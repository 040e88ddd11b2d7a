"""What the kernel lets a worker process take at most.

These bounds hold where nobody is left to look: a decoder that spins after the program was killed
ends by them too. Windows has no such bounds; there the program's clock is all.
"""

import math
import sys
import time

_SPARE_BYTES = 512 * 2**20
"""What an interpreter and a header may take, with much to spare."""


def allow(seconds: float, more_bytes: int = 0) -> None:
    """Let this process take so much more of the processor's time and of memory, then end it."""
    if sys.platform == "win32":
        return
    import resource

    def bound(kind: int, value: int) -> None:
        _, hard = resource.getrlimit(kind)
        soft = value if hard == resource.RLIM_INFINITY else min(value, hard)
        resource.setrlimit(kind, (soft, hard))

    bound(resource.RLIMIT_CPU, math.ceil(time.process_time() + seconds))
    bound(resource.RLIMIT_CORE, 0)  # a dump would hold the picture
    if sys.platform == "linux":  # elsewhere it is not told how much there is already
        bound(resource.RLIMIT_AS, _address_space() + _SPARE_BYTES + more_bytes)


def _address_space() -> int:
    import resource

    with open("/proc/self/statm", encoding="ascii") as facts:
        return int(facts.read().split()[0]) * resource.getpagesize()
