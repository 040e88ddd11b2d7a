"""What reading one picture may take: time, by the program's clock, and what the kernel bounds.

The kernel's bounds hold where nobody is left to look: a decoder that spins after the program was
killed ends by them too. Windows has no such bounds; there the program's clock is all.
"""

import math
import sys
import time

MAX_FILE_BYTES = 2 * 1024**3

HEADER_S = 20.0
"""For the header alone: much, as a disk or a network may be slow."""

_PIXELS_A_SECOND = 2e6  # a tenth of what slow decoders do on slow machines
_BYTES_A_SECOND = 1e6  # a slow network's
_SPARE_BYTES = 512 * 2**20
"""What an interpreter and a header may take beside a picture, with much to spare."""


def decoding_s(pixels: int) -> float:
    """The processor's time that decoding so many may take."""
    return HEADER_S + pixels / _PIXELS_A_SECOND


def patience_s(pixels: int, file_bytes: int) -> float:
    """How long it may take until they have come."""
    return decoding_s(pixels) + file_bytes / _BYTES_A_SECOND


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
