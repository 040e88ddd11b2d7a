"""Projects to save, and zip files that no program of good will writes."""

import io
import zipfile
from collections.abc import Mapping
from pathlib import Path

import numpy as np
from PIL import Image

from app.contract.parameters import Parameters
from app.model.picture import Picture, Plane
from app.model.project import OpenedProject, Project
from tests.support.pictures import load, load_bytes

FIXTURES = Path(__file__).parents[1] / "data" / "projects"
MIMETYPE = b"image/openraster"


def make_project(
    width: int = 24,
    height: int = 16,
    *,
    has_alpha: bool = False,
    name: str = "harbour.jpg",
    seed: int = 5,
    **chosen: object,
) -> Project:
    """A project whose mask has every value that fits into it."""
    pixels = _values(height, width, 4, seed)
    pixels[:, :, 3] = 255
    alpha = _values(height, width, 1, seed + 1)[:, :, 0] if has_alpha else None
    mask = np.resize(np.arange(256, dtype=np.uint8), (height, width))
    mask.setflags(write=False)
    parameters = Parameters().edited(**{"prompt": "a red sail", "steps": 12, **chosen})
    return Project(
        picture=Picture(pixels=pixels, alpha=alpha, name=name),
        mask=mask,
        parameters=parameters.model_dump(mode="json"),
    )


def _values(height: int, width: int, channels: int, seed: int) -> Plane:
    """Bytes that follow no pattern, and the same ones for ever: files are compared with them."""
    count = np.arange(seed, seed + height * width * channels, dtype=np.uint64)
    mixed = (count * np.uint64(0x9E3779B97F4A7C15)) >> np.uint64(56)
    return np.ascontiguousarray(mixed.astype(np.uint8).reshape(height, width, channels))


def is_same(one: Project, other: Project) -> bool:
    """Whether two projects agree in every pixel, value and word."""
    first, second = one.picture, other.picture
    return (
        np.array_equal(first.pixels, second.pixels)
        and (first.alpha is None) == (second.alpha is None)
        and (first.alpha is None or np.array_equal(first.alpha, second.alpha))
        and np.array_equal(one.mask, other.mask)
        and (first.name, one.parameters) == (second.name, other.parameters)
    )


def reopened(path: Path) -> OpenedProject:
    """What opening the file as the window does gives."""
    from app.model.errors import PictureError
    from app.storage.project.keeping import open_instead

    try:
        load(path)
    except PictureError as refusal:
        return open_instead(path, refusal, load_bytes)
    raise AssertionError("it is a picture")


def png(pixels: Plane) -> bytes:
    """A PNG as another program writes it."""
    out = io.BytesIO()
    Image.fromarray(pixels).save(out, "PNG")
    return out.getvalue()


def zipped(members: Mapping[str, bytes], *, packing: int = zipfile.ZIP_DEFLATED) -> bytes:
    """An OpenRaster file with these members after its mimetype, as other programs pack it."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("mimetype", MIMETYPE)
        for name, data in members.items():
            archive.writestr(name, data, packing)
    return out.getvalue()


def stack(*layers: str, size: tuple[int, int] = (24, 16)) -> bytes:
    """A `stack.xml` around some layers."""
    width, height = size
    inside = "".join(layers)
    return f'<image w="{width}" h="{height}"><stack>{inside}</stack></image>'.encode()
