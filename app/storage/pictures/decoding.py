"""From an opened image file to a picture's planes on a canvas, by whichever way holds the least."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, BinaryIO

from PIL import ExifTags
from PIL.JpegImagePlugin import JpegImageFile

from app.storage.pictures.colour import conversion
from app.storage.pictures.lending import lend, put_blue_first, read_in_blocks
from app.storage.pictures.pixels import settle, unpack
from app.storage.pictures.reduced import reduced_beside
from app.storage.pictures.turning import SIDEWAYS
from app.worker.frames import Frame

if TYPE_CHECKING:
    from collections.abc import Callable
    from threading import Event

    from PIL.ImageFile import ImageFile

    from app.storage.pictures.canvas import Canvas
    from app.storage.pictures.pixels import Outcome


@dataclass(frozen=True, slots=True)
class Sight:
    """Somebody who waits to see something of the picture; `again` opens its file once more."""

    tell: Callable[[Frame], None]
    is_watched: Event
    again: Callable[[], BinaryIO]


def decode(
    image: ImageFile, canvas: Canvas, sight: Sight | None
) -> tuple[Outcome, tuple[str, ...]]:
    """Put an opened image on `canvas`, upright; the notices tell what was changed on the way."""
    read_in_blocks(image)
    is_deep = image.info.get("is_deep") is True or any(
        ";16" in str(tile.args) for tile in image.tile
    )
    memory = lend(image, canvas, is_sideways=early_orientation(image) >= SIDEWAYS)
    if memory is None:
        _load(image, sight)
        way = conversion(image, is_deep=is_deep)
        return unpack(image, way, orientation_of(image), canvas), way.notices
    lent, way = image.im, conversion(image, is_deep=is_deep)
    is_ordered = way.is_plain and put_blue_first(image)
    if sight is not None:
        _tell_of_rows(image, sight, is_ordered=is_ordered)
    _load(image, sight)
    orientation = orientation_of(image)
    if image.im is not lent:  # Pillow turns TIFFs by itself, into memory of its own
        return unpack(image, way, orientation, canvas), way.notices
    done = settle(memory, image, way, orientation, canvas, is_ordered=is_ordered)
    return done, way.notices


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


def _load(image: ImageFile, sight: Sight | None) -> None:
    """Decode; meanwhile let a JPEG be seen smaller."""
    if sight is not None and isinstance(image, JpegImageFile):
        with reduced_beside(sight.again, early_orientation(image), sight.tell, sight.is_watched):
            image.load()
    else:
        image.load()
    if sight is not None:
        sight.tell(Frame("decoded"))


def _tell_of_rows(image: ImageFile, sight: Sight, *, is_ordered: bool) -> None:
    """Say how the rows lie that are on the canvas from now on, if they can be looked at there."""
    orientation = early_orientation(image)
    if orientation < SIDEWAYS and image.mode != "CMYK" and not isinstance(image, JpegImageFile):
        sight.tell(Frame("rows", {"orientation": orientation, "is_ordered": is_ordered}))
