"""From an opened image file to the planes of `Picture`, by whichever way holds the least."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PIL import ExifTags
from PIL.JpegImagePlugin import JpegImageFile

from app.model.draft import Draft
from app.model.geometry import Size
from app.storage.colour import conversion
from app.storage.drafts import LARGE, growing, reduced_beside
from app.storage.lending import lend, put_blue_first, read_in_blocks
from app.storage.pixels import settle, unpack

if TYPE_CHECKING:
    from pathlib import Path
    from threading import Event

    from PIL.ImageFile import ImageFile

    from app.model.draft import Watch
    from app.storage.drafts import WatchedFile
    from app.storage.lending import Packed
    from app.storage.pixels import Planes


@dataclass(frozen=True, slots=True)
class Sight:
    """Who watches the decoding, and the file that is being read."""

    watch: Watch
    is_watched: Event | None
    file: WatchedFile
    path: Path


def decode(image: ImageFile, sight: Sight | None) -> tuple[Planes, tuple[str, ...]]:
    """The upright planes of an opened image, and the notices of what was changed on the way."""
    read_in_blocks(image)
    is_deep = any(";16" in str(tile.args) for tile in image.tile)
    memory = lend(image)
    if memory is None:
        _load(image, sight, None, is_ordered=False)
        way = conversion(image, is_deep=is_deep)
        return unpack(image, way, orientation_of(image)), way.notices
    lent, way = image.im, conversion(image, is_deep=is_deep)
    is_ordered = way.is_plain and put_blue_first(image)
    _load(image, sight, memory, is_ordered=is_ordered)
    orientation = orientation_of(image)
    if image.im is not lent:  # Pillow turns TIFFs by itself, into memory of its own
        return unpack(image, way, orientation), way.notices
    return settle(memory, image, way, orientation, is_ordered=is_ordered), way.notices


def orientation_of(image: ImageFile) -> int:
    """The EXIF orientation that is still to be applied, 1…8; Pillow turns TIFFs by itself."""
    try:
        value = image.getexif().get(ExifTags.Base.Orientation, 1)
    except Exception:  # noqa: BLE001 - EXIF that cannot be parsed raises anything, and says nothing
        return 1
    return value if isinstance(value, int) and 1 <= value <= 8 else 1


def early_orientation(image: ImageFile) -> int:
    """The orientation as far as it is known without decoding."""
    # Asked for its EXIF, a PNG that does not begin with it would decode itself.
    is_known = isinstance(image, JpegImageFile) or "exif" in image.info
    return orientation_of(image) if is_known else 1


def _load(
    image: ImageFile, sight: Sight | None, memory: Packed | None, *, is_ordered: bool
) -> None:
    """Decode; meanwhile let a large picture be seen as it comes."""
    size = Size(*image.size)
    if sight is None or size.area < LARGE:
        image.load()
        return
    orientation = early_orientation(image)
    if orientation >= 5:
        size = Size(size.height, size.width)
    sight.watch(Draft(size=size))
    if isinstance(image, JpegImageFile):
        with reduced_beside(sight.path, size, orientation, sight.watch, sight.is_watched):
            image.load()
    elif memory is not None and image.mode != "CMYK":
        sight.file.look = growing(memory, size, orientation, sight.watch, is_ordered=is_ordered)
        image.load()
        sight.file.look = None
    else:
        image.load()
