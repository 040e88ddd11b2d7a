"""How fast masks and pictures become PNG, against Pillow, side by side in one run."""

import io
import time
from collections.abc import Callable

import numpy as np
from PIL import Image

from app import resources
from app.model.picture import Picture
from app.model.png import encode_picture, encode_plane
from tests.support.pictures import load

SIDE = 2048
ROUNDS = 5


def main() -> None:
    """Print time and size as ratios to Pillow at its default level."""
    picture, mask = _picture(), _mask()
    rgb, grey = Image.fromarray(np.ascontiguousarray(picture.rgb)), Image.fromarray(mask)
    _compare("picture", lambda: encode_picture(picture), rgb)
    _compare("mask", lambda: encode_plane(mask), grey)


def _compare(what: str, ours: Callable[[], bytes], image: Image.Image) -> None:
    encoders = {
        "ours": ours,
        "Pillow, level 1": lambda: _pillow(image, 1),
        "Pillow, default": lambda: _pillow(image, 6),
    }
    times: dict[str, list[float]] = {name: [] for name in encoders}
    sizes: dict[str, int] = {}
    for _ in range(ROUNDS):
        for name, encode in encoders.items():
            started = time.perf_counter()
            sizes[name] = len(encode())
            times[name].append(time.perf_counter() - started)
    base, size = min(times["Pillow, default"]), sizes["Pillow, default"]
    for name in encoders:
        best = min(times[name])
        print(
            f"{what:8} {name:16} {best * 1000:7.0f} ms   {base / best:5.1f} times faster"
            f"   {sizes[name] / size:.2f} of the size"
        )


def _pillow(image: Image.Image, level: int) -> bytes:
    out = io.BytesIO()
    image.save(out, "PNG", compress_level=level)
    return out.getvalue()


def _picture() -> Picture:
    sample = Image.fromarray(np.ascontiguousarray(load(resources.path("sample", "lake.jpg")).rgb))
    pixels = np.full((SIDE, SIDE, 4), 255, np.uint8)
    pixels[..., 2::-1] = np.asarray(sample.resize((SIDE, SIDE), Image.Resampling.LANCZOS))
    return Picture(pixels=pixels)


def _mask() -> np.ndarray:
    """A soft blob, as a brush leaves it."""
    y, x = np.mgrid[-1 : 1 : SIDE * 1j, -1 : 1 : SIDE * 1j]
    return np.clip(255 * (1.4 - 2.5 * np.hypot(x, y)), 0, 255).astype(np.uint8)
