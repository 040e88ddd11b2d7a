"""Recorded strokes, in tests/data/strokes: what a hand did, and the mask that came of it.

`python -m tests.support.strokes` writes the digests anew, after a change that is meant to paint
otherwise.
"""

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any

import numpy as np

from app.model.aids import Aids
from app.model.brush import Brush, Sample
from app.model.geometry import Size
from app.model.mask import Mask
from app.model.picture import Picture
from app.model.stamp import StampCache
from app.model.stroke import Stroke

FOLDER = Path(__file__).parents[1] / "data" / "strokes"


@dataclass(frozen=True, slots=True, kw_only=True)
class Recording:
    """A stroke of a `device` on a mask of `size` that is `ground` all over before.

    `samples` are in picture pixels, with the pressure as it was felt.
    """

    name: str
    device: str
    size: Size
    ground: int
    erase: bool
    zoom: float
    brush: Brush
    aids: Aids
    samples: tuple[Sample, ...]
    digest: str

    def blank(self) -> Mask:
        """The mask that the stroke begins on."""
        mask = Mask(self.size)
        mask.fill(self.ground)
        return mask

    def stroke(self, mask: Mask, cache: StampCache | None = None) -> Stroke:
        """The stroke before its first sample."""
        picture = bands(self.size) if self.aids.edges else None
        return Stroke(
            mask,
            self.brush,
            erase=self.erase,
            aids=self.aids,
            picture=picture,
            zoom=self.zoom,
            cache=cache,
        )

    def replay(self) -> Mask:
        """The mask after the whole stroke."""
        mask = self.blank()
        stroke = self.stroke(mask)
        for sample in self.samples:
            stroke.extend(sample)
        stroke.finish()
        return mask


def recordings() -> Iterator[Recording]:
    """All recorded strokes, by name."""
    for file in sorted(FOLDER.glob("*.json")):
        yield _read(file.stem, json.loads(file.read_text("utf-8")))


def recording(name: str) -> Recording:
    return _read(name, json.loads((FOLDER / f"{name}.json").read_text("utf-8")))


def digest_of(mask: Mask) -> str:
    """What tells one mask from another."""
    return sha256(mask.plane.tobytes()).hexdigest()


def bands(size: Size) -> Picture:
    """A picture of slanting bands with soft edges, the same on every machine."""
    x, y = np.arange(size.width), np.arange(size.height)[:, None]
    level = np.abs((2 * x + y) % 400 - 200)
    pixels = np.empty((size.height, size.width, 4), np.uint8)
    for channel, offset in enumerate((0, 20, 40)):
        pixels[..., channel] = np.clip(level * 3 - 200 + offset, 0, 255)
    pixels[..., 3] = 255
    return Picture(pixels=pixels)


def _read(name: str, stored: dict[str, Any]) -> Recording:
    readers: dict[str, Callable[[Any], Any]] = {
        "size": lambda size: Size(*size),
        "brush": lambda brush: Brush(**brush),
        "aids": lambda aids: Aids(**aids),
        "samples": lambda samples: tuple(Sample(*sample) for sample in samples),
    }
    values = {key: readers.get(key, lambda same: same)(value) for key, value in stored.items()}
    return Recording(name=name, **values)


def main() -> None:
    """Write all digests anew."""
    for each in recordings():
        file = FOLDER / f"{each.name}.json"
        old = file.read_text("utf-8")
        file.write_text(old.replace(each.digest, digest_of(each.replay())), "utf-8")


if __name__ == "__main__":
    main()
