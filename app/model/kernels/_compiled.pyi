"""What is compiled from `c/`; `pure` tells what it does."""

from app.model.picture import Plane

def dab(
    plane: Plane,
    stamp: Plane,
    left: int,
    top: int,
    *,
    erase: bool = False,
    opacity: int = 255,
    limit: Plane | None = None,
) -> None: ...
def tile_bytes(values: Plane) -> bytes: ...
