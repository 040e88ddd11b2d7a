"""Masks go out and come back bit by bit, and are kept by whatever name they were given."""

import os
import time
from datetime import datetime
from pathlib import Path
from unicodedata import normalize

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from PIL import Image

from app.model.errors import PictureError, StorageError
from app.model.kept_mask import KeptMask
from app.model.mask_source import mask_of
from app.model.picture import Plane
from app.model.png import encode_plane
from app.storage.masks import KEPT_DELETED_S, MaskLibrary, export_mask, filed
from tests.support.pictures import load, load_bytes

PLANES = st.tuples(st.integers(1, 300), st.integers(1, 40)).flatmap(
    lambda shape: arrays(np.uint8, shape)
)


@pytest.fixture
def library(tmp_path: Path) -> MaskLibrary:
    return MaskLibrary(tmp_path / "masks", load)


def noise(seed: int = 1, width: int = 200, height: int = 130) -> Plane:
    return np.random.default_rng(seed).integers(0, 256, (height, width), np.uint8)


def names(library: MaskLibrary) -> list[str]:
    return [mask.name for mask in library.masks()]


@given(PLANES)
def test_what_goes_out_comes_back_bit_by_bit(plane: Plane) -> None:
    assert np.array_equal(mask_of(load_bytes(encode_plane(plane))), plane)


def test_an_exported_mask_is_grey_lossless_and_white_where_redrawn(tmp_path: Path) -> None:
    plane = np.zeros((30, 40), np.uint8)
    plane[5:10, 6:20] = 255
    export_mask(tmp_path / "a.png", plane)
    with Image.open(tmp_path / "a.png") as image:
        assert (image.format, image.mode, image.size) == ("PNG", "L", (40, 30))
        assert image.getpixel((6, 5)) == 255
        assert image.getpixel((0, 0)) == 0
    assert np.array_equal(mask_of(load(tmp_path / "a.png")), plane)


def test_a_name_of_a_lossy_format_is_refused(tmp_path: Path) -> None:
    with pytest.raises(StorageError) as caught:
        export_mask(tmp_path / "a.jpg", noise())
    assert caught.value.kind == "mask_format"
    assert list(tmp_path.iterdir()) == []


def test_an_export_that_fails_leaves_what_was_there(tmp_path: Path) -> None:
    (tmp_path / "a.png").mkdir()
    with pytest.raises(StorageError):
        export_mask(tmp_path / "a.png", noise())
    assert [path.name for path in tmp_path.iterdir()] == ["a.png"]


def test_a_library_that_was_never_used_is_empty(library: MaskLibrary, tmp_path: Path) -> None:
    assert library.masks() == []
    assert list(tmp_path.iterdir()) == []


def test_a_kept_mask_is_found_again_bit_by_bit(library: MaskLibrary) -> None:
    library.keep("sky", noise())
    (kept,) = library.masks()
    assert kept.name == "sky"
    assert np.array_equal(library.load(kept), noise())


def test_a_glance_is_small_and_tells_the_size(library: MaskLibrary) -> None:
    plane = np.zeros((640, 960), np.uint8)
    plane[:320] = 255
    seen = library.glance(library.keep("upper half", plane))
    assert seen.size == (960, 640)
    assert seen.small.shape == (64, 96)
    assert (seen.small[:32] == 255).all()
    assert (seen.small[32:] == 0).all()


def test_a_name_that_is_taken_gets_a_number(library: MaskLibrary) -> None:
    for seed in range(3):
        library.keep("sky", noise(seed))
    assert names(library) == ["sky", "sky-2", "sky-3"]
    assert [int(library.load(mask)[0, 0]) for mask in library.masks()] == [
        int(noise(seed)[0, 0]) for seed in range(3)
    ]


@pytest.mark.parametrize(
    "name",
    ["a/b\\c", "..", ".hidden", "con", "NUL.png", "100 %", "%2F", "雲 & 山", "x" * 30, 'q"?*'],
)
def test_odd_names_survive(library: MaskLibrary, name: str) -> None:
    library.keep(name, noise())
    assert names(library) == [name]


@given(st.text(min_size=1, max_size=60))
def test_every_name_is_a_file_name_and_reads_back(name: str) -> None:
    file = filed(name)
    line = " ".join(normalize("NFC", name).split())
    assert "/" not in file
    assert len(file.encode()) <= 255
    assert not file.startswith(".")
    if line and len(line) <= 20:
        assert KeptMask(Path(file), None).name == line


def test_a_very_long_name_is_cut(library: MaskLibrary) -> None:
    kept = library.keep("?" * 500, noise())
    assert set(kept.name) == {"?"}


def test_renaming_keeps_the_mask_and_never_replaces_another(library: MaskLibrary) -> None:
    first, second = library.keep("sky", noise(1)), library.keep("lake", noise(2))
    renamed = library.rename(second, "sky")
    assert names(library) == ["sky", "sky-2"]
    assert np.array_equal(library.load(renamed), noise(2))
    assert np.array_equal(library.load(first), noise(1))
    assert library.rename(first, "sky") == first


def test_a_deleted_mask_can_be_brought_back(library: MaskLibrary) -> None:
    kept = library.keep("sky", noise())
    deleted = library.delete(kept)
    assert names(library) == []
    again = library.bring_back(kept, deleted)
    assert again == kept
    assert np.array_equal(library.load(again), noise())


def test_brought_back_beside_a_new_one_of_its_name_it_gets_a_number(library: MaskLibrary) -> None:
    kept = library.keep("sky", noise(1))
    deleted = library.delete(kept)
    library.keep("sky", noise(2))
    library.bring_back(kept, deleted)
    assert names(library) == ["sky", "sky-2"]


def test_what_was_deleted_long_ago_goes_for_good_whenever_it_was_painted(
    library: MaskLibrary,
) -> None:
    old, fresh = library.keep("old", noise()), library.keep("fresh", noise())
    for mask in (old, fresh):
        os.utime(mask.path, (1e9, 1e9))
    old, fresh = library.delete(old), library.delete(fresh)
    assert old.saved == fresh.saved == datetime.fromtimestamp(1e9)
    os.utime(old.path, (time.time() - KEPT_DELETED_S - 60, 1e9))
    library.delete(library.keep("another", noise()))
    assert not old.path.exists()
    assert fresh.path.exists()


@pytest.mark.parametrize("data", [b"", b"no picture", encode_plane(noise())[:-3000]])
def test_a_damaged_file_is_shown_and_left_alone(
    library: MaskLibrary, tmp_path: Path, data: bytes
) -> None:
    library.keep("good", noise())
    bad = tmp_path / "masks" / "bad.png"
    bad.write_bytes(data)
    assert names(library) == ["bad", "good"]
    with pytest.raises(PictureError):
        library.glance(library.masks()[0])
    assert bad.read_bytes() == data


def test_a_mask_that_is_gone_meanwhile_is_told(library: MaskLibrary) -> None:
    kept = library.keep("sky", noise())
    kept.path.unlink()
    with pytest.raises(PictureError):
        library.load(kept)
    for act in (lambda: library.rename(kept, "lake"), lambda: library.delete(kept)):
        with pytest.raises(StorageError) as caught:
            act()
        assert caught.value.kind == "missing"


@pytest.mark.skipif(os.name == "nt", reason="Windows knows no such modes")
def test_what_is_kept_is_the_artists_alone(library: MaskLibrary) -> None:
    kept = library.keep("sky", noise())
    assert kept.path.stat().st_mode & 0o777 == 0o600
    assert kept.path.parent.stat().st_mode & 0o777 == 0o700
