"""A file goes out as it is only when nothing but the shown pixels is in it."""

from pathlib import Path

import numpy as np
import pytest
from PIL import Image, ImageCms
from PIL.PngImagePlugin import PngInfo

from app.contract.request import MAX_SIDE
from app.storage.pictures import chunks
from tests.storage.pictures.made import saved
from tests.support.pictures import load, load_bytes, original

RGB = np.random.default_rng(3).integers(0, 256, (24, 40, 3), np.uint8)
SRGB = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()


def image(mode: str = "RGB") -> Image.Image:
    return Image.fromarray(RGB).convert(mode)


def note(text: str = "hello") -> PngInfo:
    info = PngInfo()
    info.add_text("Comment", text)
    return info


def turned(orientation: int) -> Image.Exif:
    exif = Image.Exif()
    exif[0x0112] = orientation
    return exif


def goes_out(folder: Path, data: bytes) -> bool:
    path = folder / "a"
    path.write_bytes(data)
    sent = original(load(path))
    assert sent in {None, data}
    return sent is not None


@pytest.mark.parametrize(
    "data",
    [
        saved(image(), "PNG"),
        saved(image("L"), "PNG"),
        saved(image(), "PNG", dpi=(72, 72)),
        saved(image(), "JPEG"),
        saved(image("L"), "JPEG"),
        saved(image(), "JPEG", progressive=True, quality=100),
        saved(image(), "JPEG", restart_marker_rows=1),
    ],
)
def test_plain_files_go_out_as_they_are(tmp_path: Path, data: bytes) -> None:
    assert goes_out(tmp_path, data)


@pytest.mark.parametrize(
    "data",
    [
        saved(image("RGBA"), "PNG"),
        saved(image("LA"), "PNG"),
        saved(image("P"), "PNG"),
        saved(image("1"), "PNG"),
        saved(image(), "PNG", transparency=(1, 2, 3)),
        saved(Image.fromarray(RGB[:, :, 0].astype(np.uint16)), "PNG"),
        saved(image(), "PNG", pnginfo=note()),
        saved(image(), "PNG", exif=turned(1)),
        saved(image(), "PNG", icc_profile=SRGB),
        saved(image(), "PNG") + b"hidden",
        saved(image(), "PNG")[:-12],
        saved(image(), "PNG", save_all=True, append_images=[image("L").convert("RGB")]),
        saved(image(), "JPEG", exif=turned(6)),
        saved(image(), "JPEG", exif=turned(1)),
        saved(image(), "JPEG", icc_profile=SRGB),
        saved(image(), "JPEG", comment=b"taken at home"),
        saved(image(), "JPEG", xmp=b"<x:xmpmeta/>"),
        saved(image(), "JPEG") + b"hidden",
        saved(image(), "MPO", save_all=True, append_images=[image()]),
        saved(image("CMYK"), "JPEG"),
        saved(image(), "WebP", lossless=True),
        saved(image(), "BMP"),
        saved(image(), "TIFF"),
        saved(image(), "GIF"),
    ],
)
def test_everything_else_is_encoded_anew(tmp_path: Path, data: bytes) -> None:
    assert not goes_out(tmp_path, data)


def test_a_jpeg_with_something_between_its_parts_is_not_plain(tmp_path: Path) -> None:
    data = saved(image(), "JPEG")
    assert not goes_out(tmp_path, data[:20] + b"hidden" + data[20:])


def test_a_picture_that_is_too_large_for_the_contract_stays(tmp_path: Path) -> None:
    assert goes_out(tmp_path, saved(Image.new("RGB", (MAX_SIDE, 2)), "PNG"))
    assert not goes_out(tmp_path, saved(Image.new("RGB", (MAX_SIDE + 1, 2)), "PNG"))


def test_a_file_that_changed_since_is_not_sent(tmp_path: Path) -> None:
    path = tmp_path / "a.png"
    path.write_bytes(saved(image(), "PNG"))
    picture = load(path)
    path.write_bytes(saved(Image.fromarray(RGB[::-1]), "PNG"))
    assert original(picture) is None
    path.write_bytes(b"\x89PNG\r\n\x1a\n")
    assert original(picture) is None
    path.unlink()
    assert original(picture) is None


def test_what_is_in_a_file_is_not_looked_at_here(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(chunks, "_png_chunks", None)
    assert goes_out(tmp_path, saved(image(), "PNG"))


def test_a_picture_from_elsewhere_has_no_original() -> None:
    assert original(load_bytes(saved(image(), "PNG"))) is None
