"""What edits of a whole mask cost beside the fastest library call for the same.

Times are the processor's, of all threads: OpenCV spreads its work over several.
"""

from collections.abc import Callable
from functools import partial
from time import process_time
from typing import Any

import numpy as np
from PIL import Image, ImageDraw, ImageFilter

from app.model.brush import Brush, Sample
from app.model.geometry import Size
from app.model.mask import Mask
from app.model.operations.reaching import grow, shrink
from app.model.operations.settings import Feather, Grow, Shrink
from app.model.operations.softening import feather
from app.model.picture import Picture, Plane
from app.model.selecting import Selecting
from app.model.stroke import Stroke
from app.model.wand import Wand

try:
    import cv2
except ImportError:
    cv2 = None

SIDE = 2048
ROUNDS = 5
TOLERANCE = 32

Call = Callable[[], Any]


def edit_cost() -> None:
    """Print how long edits take beside each library that is here."""
    version = f"OpenCV {cv2.__version__}" if cv2 else "OpenCV is not installed: Pillow alone"
    print(f"Edits  {SIDE}², ÷ the fastest library call for the same   goal ≤ 1.5   ({version})")
    mask, picture = painted(), sloping()
    for radius in (1, 4, 16, 64) if cv2 else (1, 4, 16):  # Pillow takes half a minute for 64
        ours = partial(grow, mask, Grow(radius=radius), silent)
        tell(f"grow {radius}", ours, growing(mask, radius))
    ours = partial(shrink, mask, Shrink(radius=4), silent)
    tell("shrink 4", ours, shrinking(mask, 4))
    for radius in (1, 2, 8, 20, 32):
        ours = partial(feather, mask, Feather(radius=radius), silent)
        tell(f"feather {radius}", ours, feathering(mask, radius))
    choice = Selecting(tolerance=TOLERANCE)
    ours = partial(Wand(picture, 1000, 900).change, choice, "add", mask, silent)
    tell("wand", ours, picking(picture))
    print()


def tell(words: str, ours: Call, theirs: dict[str, Call]) -> None:
    """Print the ratio to the fastest of the others, all measured in turn."""
    calls = {"": ours, **theirs}
    spent: dict[str, list[float]] = {name: [] for name in calls}
    for _ in range(ROUNDS):
        for name, call in calls.items():
            started = process_time()
            call()
            spent[name].append(process_time() - started)
    least = {name: min(times) for name, times in spent.items()}
    mine = least.pop("")
    fastest = min(least, key=lambda name: least[name])
    print(
        f"    {words:12}{mine * 1e3:7.1f} ms = {mine / least[fastest]:5.2f} × {fastest} "
        f"({least[fastest] * 1e3:.1f} ms)",
        flush=True,
    )


def growing(mask: Plane, radius: int) -> dict[str, Call]:
    """A disc's maximum; Pillow knows only squares, of which it takes one as wide."""
    calls: dict[str, Call] = {}
    if cv2:
        calls["cv2.dilate"] = partial(cv2.dilate, mask, disc(radius))
    if not cv2 or radius <= 4:
        largest = ImageFilter.MaxFilter(2 * radius + 1)
        calls["Pillow's MaxFilter"] = partial(Image.fromarray(mask).filter, largest)
    return calls


def shrinking(mask: Plane, radius: int) -> dict[str, Call]:
    """The same with its minimum."""
    if cv2:
        return {"cv2.erode": partial(cv2.erode, mask, disc(radius))}
    smallest = ImageFilter.MinFilter(2 * radius + 1)
    return {"Pillow's MinFilter": partial(Image.fromarray(mask).filter, smallest)}


def disc(radius: int) -> Plane:
    """The pixels that are looked at, for OpenCV."""
    reach = np.arange(-radius, radius + 1) ** 2
    return (reach[:, None] + reach <= radius * radius).astype(np.uint8)


def feathering(mask: Plane, radius: int) -> dict[str, Call]:
    blur = ImageFilter.GaussianBlur(radius)
    calls: dict[str, Call] = {"Pillow's GaussianBlur": partial(Image.fromarray(mask).filter, blur)}
    if cv2:
        calls["cv2.GaussianBlur"] = partial(cv2.GaussianBlur, mask, (0, 0), radius)
    return calls


def picking(picture: Picture) -> dict[str, Call]:
    """A flood fill of the picture; neither antialiases its edge, as the wand does."""
    if cv2 is None:
        image = Image.fromarray(picture.rgb)
        fill = partial(ImageDraw.floodfill, xy=(1000, 900), value=(1, 2, 3), thresh=TOLERANCE)
        return {"Pillow's floodfill": lambda: fill(image.copy())}
    pixels = np.ascontiguousarray(picture.rgb)
    border = np.zeros((SIDE + 2, SIDE + 2), np.uint8)
    flags = 4 | cv2.FLOODFILL_MASK_ONLY | cv2.FLOODFILL_FIXED_RANGE | 255 << 8
    span = (TOLERANCE,) * 3

    def fill_by_cv2() -> None:
        border.fill(0)
        cv2.floodFill(pixels, border, (1000, 900), 0, span, span, flags)

    return {"cv2.floodFill": fill_by_cv2}


def painted(side: int = SIDE) -> Plane:
    """A mask with soft and hard strokes on it."""
    mask = Mask(Size(side, side))
    for number, brush in enumerate((Brush(size=300), Brush(size=120, hardness=1), Brush(size=40))):
        stroke = Stroke(mask, brush)
        for x, y in ((400, 500), (1500, 700), (1300, 1600), (600, 1200)):
            place = (side / SIDE * (at + way * number) for at, way in ((x, 60), (y, 90)))
            stroke.extend(Sample(*place))
        stroke.finish()
    return mask.plane


def sloping(side: int = SIDE) -> Picture:
    """A picture of soft shades with a little noise, as photos have."""
    y, x = np.mgrid[0:side, 0:side].astype(np.float32)
    shades = [90 + 80 * np.sin((x * a + y * b) / side * 6) for a, b in ((1, 0.4), (0.3, 1), (1, 1))]
    noise = np.random.default_rng(3).normal(0, 4, (side, side, 1)).astype(np.float32)
    pixels = np.full((side, side, 4), 255, np.uint8)
    pixels[..., :3] = np.clip(np.stack(shades, axis=2) + noise, 0, 255)
    return Picture(pixels=pixels)


def silent(share: float) -> None:
    """Nobody waits for news."""
