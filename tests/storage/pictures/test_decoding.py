"""A picture is decoded into the memory that it keeps."""

import subprocess
import sys
from io import BytesIO
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from tests.support.pictures import load_bytes

ROOT = Path(__file__).parents[3]
SIDE = 3000

PROGRAM = """
import resource, sys
from pathlib import Path
from tests.support.pictures import load
def peak():
    unit = 1 if sys.platform == "darwin" else 1024
    return unit * resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
load(Path(sys.argv[2]))
before = peak()
picture = load(Path(sys.argv[1]))
print((peak() - before) / picture.pixels.nbytes)
"""


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such count")
@pytest.mark.parametrize("suffix", ["png", "jpg"])
def test_nothing_of_the_pictures_size_is_held_twice(tmp_path: Path, suffix: str) -> None:
    large, small = tmp_path / f"large.{suffix}", tmp_path / f"small.{suffix}"
    Image.new("RGB", (SIDE, SIDE), (10, 20, 30)).save(large)
    Image.new("RGB", (8, 8)).save(small)
    answer = subprocess.run(
        [sys.executable, "-c", PROGRAM, str(large), str(small)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    assert float(answer.stdout) < 1.5


@pytest.mark.parametrize("mode", ["RGB", "RGBA", "CMYK", "L"])
@pytest.mark.parametrize("orientation", range(1, 9))
def test_whatever_the_way_the_pixels_are_pillows(mode: str, orientation: int) -> None:
    """More rows than a strip has, of every kind of memory, however it is turned."""
    noise = np.random.default_rng(orientation).integers(0, 256, (1100, 1001, 4), np.uint8)
    image = Image.fromarray(noise[..., 0] if mode == "L" else noise[..., : len(mode)], mode)
    exif = Image.Exif()
    exif[0x0112] = orientation
    out = BytesIO()
    image.save(out, "JPEG" if mode == "CMYK" else "PNG", exif=exif, compress_level=1)
    picture = load_bytes(out.getvalue())
    with Image.open(BytesIO(out.getvalue())) as filed:
        turned = np.asarray(
            _upright(filed, orientation).convert("RGBA" if mode == "RGBA" else "RGB")
        )
    assert np.array_equal(picture.rgb, turned[..., :3])
    assert (picture.pixels[..., 3] == 255).all()
    if mode == "RGBA":
        assert picture.alpha is not None
        assert np.array_equal(picture.alpha, turned[..., 3])
    else:
        assert picture.alpha is None


def _upright(image: Image.Image, orientation: int) -> Image.Image:
    flips = Image.Transpose
    way = {
        2: flips.FLIP_LEFT_RIGHT,
        3: flips.ROTATE_180,
        4: flips.FLIP_TOP_BOTTOM,
        5: flips.TRANSPOSE,
        6: flips.ROTATE_270,
        7: flips.TRANSVERSE,
        8: flips.ROTATE_90,
    }.get(orientation)
    return image if way is None else image.transpose(way)
