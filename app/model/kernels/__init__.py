"""The few loops over pixels that painting spends its time in.

They are compiled from the C in `c/` where an install could do that, and else numpy's; either gives
the same bytes. With MASKWRIGHT_PURE set it is numpy, so that tests can try both.
"""

import os

if os.environ.get("MASKWRIGHT_PURE"):
    from app.model.kernels.pure import dab, tile_bytes
else:
    try:
        from app.model.kernels._compiled import dab, tile_bytes
    except ImportError:
        from app.model.kernels.pure import dab, tile_bytes

__all__ = ["dab", "tile_bytes"]
