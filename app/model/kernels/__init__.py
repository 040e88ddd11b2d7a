"""The few loops over pixels that painting spends its time in."""

from app.model.kernels.pure import dab, tile_bytes

__all__ = ["dab", "tile_bytes"]
