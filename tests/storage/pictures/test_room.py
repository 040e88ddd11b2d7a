"""A picture that memory would not hold is refused by its header."""

import platform
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image

from app.model.errors import NoRoom, PictureError
from app.model.geometry import Size
from app.storage.pictures import memory
from app.storage.pictures.decoders import DECODERS
from app.storage.pictures.needs import needed_bytes
from app.storage.pictures.room import SHOWN
from tests.support.pictures import load, load_bytes

SIZE = Size(400, 300)


def filed(kind: str, mode: str = "RGB", **options: object) -> BytesIO:
    out = BytesIO()
    Image.new(mode, SIZE).save(out, kind, **options)
    out.seek(0)
    return out


def each(kind: str, mode: str = "RGB", **options: object) -> float:
    """The bytes that a pixel of such a file needs."""
    return needed_bytes(DECODERS[kind](filed(kind, mode, **options))) / SIZE.area


def test_too_little_memory_refuses_before_anything_is_decoded(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "wide.png"
    path.write_bytes(filed("PNG").getvalue()[:60])  # the header alone: decoding would fail
    monkeypatch.setattr(memory, "available", lambda: 500_000.0)
    with pytest.raises(NoRoom) as caught:
        load(path)
    assert caught.value.path == path
    assert caught.value.size == SIZE
    assert caught.value.needed == round(SIZE.area * SHOWN)
    assert caught.value.free == 500_000


def test_what_just_fits_opens(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(memory, "available", lambda: SIZE.area * SHOWN + 1)
    assert load_bytes(filed("PNG").getvalue()).size == SIZE


def test_pictures_need_what_is_shown_and_what_their_decoder_holds() -> None:
    assert each("PNG") == each("JPEG") == pytest.approx(SHOWN)
    assert each("PNG", "L") == pytest.approx(SHOWN)
    assert each("PNG", "RGBA") == pytest.approx(SHOWN + 1)
    assert each("TIFF") == 8
    assert each("WebP") == 12


def test_a_photo_that_must_be_turned_is_held_twice_for_a_moment() -> None:
    exif = Image.Exif()
    exif[0x0112] = 6
    assert each("JPEG", exif=exif) == 8


def test_the_machine_says_what_is_free() -> None:
    free = memory.available()
    assert free > 1e8
    if platform.system() == "Linux":
        assert free < 1e14


@pytest.mark.skipif(platform.system() != "Linux", reason="control groups are Linux's")
def test_a_container_counts_less_than_its_machine(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "memory.max").write_text("1000000\n")
    (tmp_path / "memory.current").write_text("800000\n")
    (tmp_path / "memory.stat").write_text("anon 500000\ninactive_file 300000\n")
    monkeypatch.setattr(memory, "_GROUP", tmp_path)
    assert memory.available() == 500_000


def test_a_container_without_a_limit_takes_nothing_away(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(memory, "_GROUP", tmp_path)
    without = memory.available()
    (tmp_path / "memory.max").write_text("max\n")
    assert memory.available() == pytest.approx(without, rel=0.5)


def test_a_claim_beyond_all_is_refused_whatever_is_free(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(memory, "available", lambda: 1e18)
    header = bytearray(filed("BMP").getvalue()[:60])
    header[18:26] = (20000).to_bytes(4, "little") + (20000).to_bytes(4, "little")
    with pytest.raises(PictureError) as caught:
        load_bytes(bytes(header))
    assert (caught.value.kind, caught.value.detail) == ("too_large", "20000 × 20000")
