"""Copies of results: where the artist says, and as what their name says."""

import json
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from app.contract.request import ImageType
from app.model.encode import SUFFIXES, about_in, encode
from app.model.errors import StorageError
from app.model.metadata import JSON_KEY, TEXT_KEY
from app.model.picture import Picture
from app.storage.pictures.copies import save_copy
from tests.support.pictures import pictures

ABOUT = {TEXT_KEY: "a café in 北京\nSteps: 20", JSON_KEY: json.dumps({"prompt": "北京"})}
FORMATS = {".png": "PNG", ".webp": "WEBP", ".jpg": "JPEG", ".jpeg": "JPEG", ".PNG": "PNG"}


def saved(folder: Path, kind: ImageType) -> Path:
    pixels = np.random.default_rng(3).integers(0, 256, (40, 60, 4), np.uint8)
    pixels[..., 3] = 255
    path = folder / f"result{SUFFIXES[kind]}"
    path.write_bytes(encode(Picture(pixels=pixels), kind, ABOUT))
    return path


@pytest.mark.parametrize("kind", ["png", "webp", "jpeg"])
def test_a_copy_of_the_same_kind_is_the_same_to_the_byte(tmp_path: Path, kind: ImageType) -> None:
    source = saved(tmp_path, kind)
    to = tmp_path / f"mine{source.suffix}"
    save_copy(source, to, pictures)
    assert to.read_bytes() == source.read_bytes()


@pytest.mark.parametrize("suffix", FORMATS)
@pytest.mark.parametrize("kind", ["png", "webp", "jpeg"])
def test_a_name_says_what_the_copy_is(tmp_path: Path, kind: ImageType, suffix: str) -> None:
    to = tmp_path / f"mine{suffix}"
    save_copy(saved(tmp_path, kind), to, pictures)
    with Image.open(to) as image:
        assert image.format == FORMATS[suffix]
    assert about_in(to.read_bytes()) == ABOUT


def test_png_and_webp_keep_every_pixel(tmp_path: Path) -> None:
    source = saved(tmp_path, "png")
    save_copy(source, tmp_path / "mine.webp", pictures)
    with Image.open(source) as before, Image.open(tmp_path / "mine.webp") as after:
        assert np.array_equal(np.asarray(before), np.asarray(after.convert("RGB")))


@pytest.mark.parametrize("name", ["mine.gif", "mine.tiff", "mine"])
def test_a_name_of_another_kind_is_refused(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_bytes(b"before")
    with pytest.raises(StorageError) as caught:
        save_copy(saved(tmp_path, "png"), tmp_path / name, pictures)
    assert (caught.value.kind, caught.value.path) == ("format", tmp_path / name)
    assert (tmp_path / name).read_bytes() == b"before"


def test_what_the_format_cannot_hold_is_told(tmp_path: Path) -> None:
    source = tmp_path / "wide.png"
    wide = np.full((1, 17000, 4), 255, np.uint8)  # WebP ends at 16383 a side
    source.write_bytes(encode(Picture(pixels=wide), "png", {}))
    with pytest.raises(StorageError):
        save_copy(source, tmp_path / "wide.webp", pictures)
    assert not (tmp_path / "wide.webp").exists()


def test_a_result_that_is_gone_is_told(tmp_path: Path) -> None:
    with pytest.raises(StorageError) as caught:
        save_copy(tmp_path / "gone.png", tmp_path / "mine.png", pictures)
    assert caught.value.kind == "missing"


@pytest.mark.parametrize("kind", ["png", "webp", "jpeg"])
def test_a_picture_that_says_nothing_is_copied_too(tmp_path: Path, kind: ImageType) -> None:
    source = tmp_path / "plain.png"
    Image.new("RGB", (8, 8), (9, 200, 30)).save(source)
    to = tmp_path / f"mine{SUFFIXES[kind]}"
    save_copy(source, to, pictures)
    assert about_in(to.read_bytes()) == {}
