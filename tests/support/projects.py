"""Projects to save, and zip files that no program of good will writes."""

import io
import tempfile
import zipfile
from collections.abc import Mapping
from pathlib import Path

import numpy as np
from PIL import Image

from app.contract.parameters import Parameters
from app.model.picture import Picture, Plane
from app.model.project import OpenedProject, Project
from app.storage.pictures.believing import picture_on
from app.storage.pictures.canvas import BYTES, Canvas
from app.storage.project.answer import believed
from app.storage.project.archive import Unsafe
from app.storage.project.checking import check_members
from app.storage.project.keeping import ProjectStore
from app.storage.project.reading import ProjectFile
from tests.support.pictures import pictures

FIXTURES = Path(__file__).parents[1] / "data" / "projects"
MIMETYPE = b"image/openraster"

store = ProjectStore(pictures.is_whole)
save_project, save_beside = store.save_project, store.save_beside


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
        parameters=parameters.to_json(),
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
    found = pictures.open(path)
    assert isinstance(found, OpenedProject), "it is a picture"
    return found


def read(data: bytes, name: str = "boat.ora") -> OpenedProject:
    """What a reader makes of the bytes of a file, here, where it takes no process; or `Unsafe`."""
    with tempfile.TemporaryFile() as file:
        file.write(data)
        found = ProjectFile(file)
        canvas = Canvas(bytearray(BYTES * found.size.area), found.size.area)
        said = found.put(canvas, None)
    return believed(said, picture_on(canvas, said, name, None), Path(name))


def is_whole(path: Path) -> bool:
    """What `Pictures.is_whole` says, here, where it takes no process."""
    try:
        with path.open("rb") as file:
            check_members(file)
    except (OSError, Unsafe):
        return False
    return True


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
