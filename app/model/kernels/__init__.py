"""The few loops over pixels that painting spends its time in.

They are compiled from the C in `c/` where an install could do that, and else numpy's; either gives
the same bytes. With MASKWRIGHT_PURE set it is numpy, so that tests can try both. Those that draw
(`resample`, `tint`, `show`, `lay_rim`, `lift_rim`) are there only if `IS_COMPILED`; numpy has
nothing that would beat Qt at that.
"""

import os

__all__ = [
    "IS_COMPILED",
    "blue_first",
    "changed_tiles",
    "dab",
    "disc",
    "flood",
    "gaussian",
    "halve",
    "highest",
    "keep_tiles",
    "lay_rim",
    "lift_rim",
    "near",
    "resample",
    "settle_tiles",
    "show",
    "smooth_edges",
    "swap_tiles",
    "tile_bytes",
    "tint",
    "walk",
]

IS_COMPILED = False
if not os.environ.get("MASKWRIGHT_PURE"):
    try:
        from app.model.kernels._compiled import (
            blue_first,
            changed_tiles,
            dab,
            disc,
            flood,
            gaussian,
            halve,
            highest,
            keep_tiles,
            lay_rim,
            lift_rim,
            near,
            resample,
            settle_tiles,
            show,
            smooth_edges,
            swap_tiles,
            tile_bytes,
            tint,
            walk,
        )

        IS_COMPILED = True
    except ImportError:
        pass
if not IS_COMPILED:
    from app.model.kernels.channels import blue_first
    from app.model.kernels.discs import disc
    from app.model.kernels.nearness import near
    from app.model.kernels.pure import (
        changed_tiles,
        dab,
        flood,
        halve,
        keep_tiles,
        settle_tiles,
        smooth_edges,
        swap_tiles,
        tile_bytes,
        walk,
    )
    from app.model.kernels.surroundings import gaussian, highest
