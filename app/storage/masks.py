"""Masks as files: written where the artist says, and kept by name to be used again."""

from __future__ import annotations

import os
import re
import time
from datetime import datetime
from typing import TYPE_CHECKING
from unicodedata import normalize

import numpy as np
from PIL import Image

from app.model.errors import StorageError
from app.model.geometry import Size
from app.model.kept_mask import Glance, KeptMask
from app.model.mask_source import from_luminance
from app.model.png import encode_plane
from app.storage.files.faults import reported
from app.storage.files.writing import move_new, private_folder, save_over, write_new

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from app.model.picture import Picture, Plane

SUFFIX = ".png"
THUMBNAIL = Size(96, 64)
MAX_STEM_BYTES = 200
KEPT_DELETED_S = 30 * 24 * 3600.0
"""How long a deleted mask could still be brought back."""

_ESCAPED = re.compile(r'[%<>:"/\\|?*\x00-\x1f\x7f]|^[. ]|[. ]$')
_DEVICE = re.compile(r"(CON|PRN|AUX|NUL|(COM|LPT)[0-9¹²³])(\..*)?", re.IGNORECASE | re.DOTALL)


def export_mask(path: Path, plane: Plane) -> None:
    """Write a mask as 8-bit grey PNG where the artist chose, having agreed to replace a file.

    Any other ending is refused: it would name a format that loses or hides something.
    """
    if path.suffix.lower() != SUFFIX:
        raise StorageError("mask_format", path)
    save_over(path, encode_plane(plane))


class MaskLibrary:
    """The masks that are kept by name, one PNG each, in a folder of the program's own.

    What somebody else put there is shown as well, so that `load` takes each for a foreign file, and
    what cannot be read is left alone. All methods block.
    """

    def __init__(self, folder: Path, load: Callable[[Path], Picture]) -> None:
        self._folder = folder
        self._load = load
        self._deleted = folder / "deleted"

    def masks(self) -> list[KeptMask]:
        """All that is there, by name."""
        found = []
        with reported(self._folder):
            for path in self._folder.glob(f"*{SUFFIX}") if self._folder.is_dir() else ():
                if path.is_file() and not path.name.startswith("."):
                    found.append(KeptMask(path, datetime.fromtimestamp(path.stat().st_mtime)))
        return sorted(found, key=lambda mask: (mask.name.casefold(), mask.name))

    def keep(self, name: str, plane: Plane) -> KeptMask:
        """Keep a mask; a name that is taken gets a number."""
        data = encode_plane(plane)
        return self._told(write_new(private_folder(self._folder) / filed(name), data))

    def load(self, mask: KeptMask) -> Plane:
        """The mask itself; raises `PictureError` for what is none."""
        return from_luminance(self._load(mask.path))

    def glance(self, mask: KeptMask) -> Glance:
        """What a list shows of it; raises `PictureError` too."""
        plane = self.load(mask)
        height, width = plane.shape
        image = Image.fromarray(plane)
        image.thumbnail(THUMBNAIL, Image.Resampling.BOX)
        return Glance(Size(width, height), np.array(image))

    def rename(self, mask: KeptMask, name: str) -> KeptMask:
        """Give it another name, with a number if that is taken."""
        target = self._folder / filed(name)
        if target == mask.path:
            return mask
        return self._told(move_new(mask.path, target))

    def delete(self, mask: KeptMask) -> KeptMask:
        """Put it away, for a while; what was put away long ago goes for good."""
        self._clean_up()
        with reported(mask.path):
            # From now on its days are counted; when it was painted stays what it is known by.
            os.utime(mask.path, ns=(time.time_ns(), mask.path.stat().st_mtime_ns))
        return self._told(move_new(mask.path, private_folder(self._deleted) / mask.path.name))

    def bring_back(self, mask: KeptMask, deleted: KeptMask) -> KeptMask:
        """Undo `delete(mask)`, which returned `deleted`."""
        return self._told(move_new(deleted.path, mask.path))

    def _clean_up(self) -> None:
        with reported(self._deleted):
            for old in self._deleted.glob(f"*{SUFFIX}"):
                if time.time() - old.stat().st_atime > KEPT_DELETED_S:
                    old.unlink(missing_ok=True)

    @staticmethod
    def _told(path: Path) -> KeptMask:
        with reported(path):
            return KeptMask(path, datetime.fromtimestamp(path.stat().st_mtime))


def filed(name: str) -> str:
    """A file name that every system accepts, and that says `name` when it is read back."""
    line = " ".join(normalize("NFC", name).split())
    stem = _ESCAPED.sub(lambda sign: f"%{ord(sign[0]):02X}", line)
    if _DEVICE.fullmatch(stem):
        stem = f"%{ord(stem[0]):02X}{stem[1:]}"
    short = stem.encode(errors="ignore")[:MAX_STEM_BYTES].decode(errors="ignore")
    whole = re.sub(r"%.?$", "", short)  # not in the middle of an escaped sign
    return (whole or "mask") + SUFFIX
