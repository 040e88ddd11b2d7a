"""Every kind of picture file opens as what it shows; everything else is refused in good time."""

import os
import socket
import struct
import sys
import zlib
from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray
from PIL import Image, ImageCms

from app.model.errors import PictureError
from app.model.geometry import Size
from app.model.picture import Picture, Plane
from app.storage.pictures.room import MAX_PIXELS
from tests.support.pictures import load, load_bytes

W, H = 40, 24
KEPT = Path(__file__).parents[2] / "data" / "pictures"
"""Files that no library here writes."""

on_posix = pytest.mark.skipif(sys.platform == "win32", reason="special files are POSIX's")


def scene() -> Plane:
    """Four corners of different colours over a gradient; no two of them alike."""
    y, x = np.mgrid[:H, :W]
    rgb = np.stack([x * 6, y * 10, np.full_like(x, 90)], axis=-1).astype(np.uint8)
    rgb[:6, :6], rgb[:6, -6:] = (255, 0, 0), (0, 255, 0)
    rgb[-6:, :6], rgb[-6:, -6:] = (0, 0, 255), (255, 255, 0)
    return rgb


def is_like(found: Plane, expected: NDArray[Any]) -> bool:
    """Whether a file that may lose a little shows what it was made of."""
    return bool(np.abs(found.astype(float) - expected).max() <= 8)


def saved(image: Image.Image, kind: str = "PNG", **options: Any) -> bytes:
    out = BytesIO()
    image.save(out, kind, **options)
    return out.getvalue()


def chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def png(width: int, height: int, depth: int, colour: int, rows: bytes, *extra: bytes) -> bytes:
    header = struct.pack(">IIBBBBB", width, height, depth, colour, 0, 0, 0)
    parts = [
        chunk(b"IHDR", header),
        *extra,
        chunk(b"IDAT", zlib.compress(rows)),
        chunk(b"IEND", b""),
    ]
    return b"\x89PNG\r\n\x1a\n" + b"".join(parts)


def refused(data: bytes) -> PictureError:
    with pytest.raises(PictureError) as caught:
        load_bytes(data)
    return caught.value


def opened_or_refused(data: bytes) -> Picture | PictureError:
    try:
        return load_bytes(data)
    except PictureError as error:
        return error


def matrix_profile(gamma: float) -> bytes:
    """sRGB's profile with its tone curves exchanged: a colour space of another gamma."""
    data = bytearray(ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes())
    count = struct.unpack_from(">I", data, 128)[0]
    curve = b"curv" + bytes(4) + struct.pack(">IH", 1, round(gamma * 256)) + bytes(2)
    for n in range(count):
        at = 132 + 12 * n
        kind, offset, size = struct.unpack_from(">4sII", data, at)
        if kind in {b"rTRC", b"gTRC", b"bTRC"}:
            data[offset : offset + len(curve)] = curve
        elif kind == b"desc":
            data[offset : offset + size] = data[offset : offset + size].replace(
                "sRGB".encode("utf-16-be"), "Test".encode("utf-16-be")
            )
    return bytes(data)


def grey_profile(gamma: float) -> bytes:
    """The smallest ICC profile of a grey colour space."""
    d50 = struct.pack(">3i", 63190, 65536, 54061)
    tags = {
        b"wtpt": b"XYZ " + bytes(4) + d50,
        b"kTRC": b"curv" + bytes(4) + struct.pack(">IH", 1, round(gamma * 256)) + bytes(2),
    }
    table, body = b"", b""
    start = 128 + 4 + 12 * len(tags)
    for name, data in tags.items():
        table += name + struct.pack(">II", start + len(body), len(data))
        body += data
    header = struct.pack(
        ">I4sI4s4s4s12s4s4s24s12s48s",
        *(start + len(body), b"", 0x02100000, b"mntr", b"GRAY", b"XYZ ", bytes(12)),
        *(b"acsp", b"", b"", d50, b""),
    )
    return header + struct.pack(">I", len(tags)) + table + body


# ---- what the pixels are ----


@pytest.mark.parametrize(
    ("kind", "options"),
    [
        ("PNG", {}),
        ("TIFF", {}),
        ("TIFF", {"compression": "tiff_lzw"}),
        ("TIFF", {"compression": "tiff_adobe_deflate"}),
        ("BMP", {}),
        ("WebP", {"lossless": True}),
    ],
)
def test_lossless_files_open_pixel_for_pixel(kind: str, options: dict[str, Any]) -> None:
    picture = load_bytes(saved(Image.fromarray(scene()), kind, **options), "a")
    assert np.array_equal(picture.rgb, scene())
    assert (picture.pixels[:, :, 3] == 255).all()
    assert picture.alpha is None
    assert picture.notices == ()
    assert (picture.name, picture.path) == ("a", None)


def test_a_jpeg_opens_as_pillow_decodes_it() -> None:
    data = saved(Image.fromarray(scene()), "JPEG", quality=95)
    assert np.array_equal(load_bytes(data).rgb, np.asarray(Image.open(BytesIO(data))))


def test_a_picture_of_many_strips_is_whole() -> None:
    rows = np.random.default_rng(1).integers(0, 256, (2500, 1000, 3), np.uint8)
    assert np.array_equal(load_bytes(saved(Image.fromarray(rows), "BMP")).rgb, rows)


def test_the_file_and_not_its_name_says_what_it_is(tmp_path: Path) -> None:
    path = tmp_path / "a.png"
    path.write_bytes(saved(Image.fromarray(scene()), "JPEG"))
    picture = load(path)
    assert (picture.name, picture.path, picture.size) == ("a.png", path, Size(W, H))


GREY = (np.arange(W * H, dtype=np.uint32).reshape(H, W) * 255 // (W * H)).astype(np.uint8)


@pytest.mark.parametrize("kind", ["PNG", "TIFF", "BMP", "GIF"])
def test_grey_becomes_three_equal_channels(kind: str) -> None:
    picture = load_bytes(saved(Image.fromarray(GREY), kind))
    assert np.array_equal(picture.rgb, np.dstack([GREY] * 3))


@pytest.mark.parametrize("kind", ["PNG", "TIFF", "BMP"])
def test_one_bit_becomes_black_and_white(kind: str) -> None:
    picture = load_bytes(saved(Image.fromarray(GREY > 100), kind))
    assert np.array_equal(picture.rgb[:, :, 0], np.where(GREY > 100, 255, 0))


@pytest.mark.parametrize("kind", ["PNG", "TIFF"])
def test_sixteen_bit_grey_is_scaled_and_not_clipped(kind: str) -> None:
    wide = np.linspace(0, 65535, W * H).astype(np.uint16).reshape(H, W)
    picture = load_bytes(saved(Image.fromarray(wide), kind))
    expected = np.round(wide.astype(float) / 257)
    assert np.array_equal(picture.rgb[:, :, 1], expected)
    assert picture.notices == ("reduced_depth",)


def test_sixteen_bit_colour_is_reduced_with_a_notice() -> None:
    row = b"\0" + struct.pack(">3H", 0xFFFF, 0x8000, 0x0100)
    picture = load_bytes(png(1, 1, 16, 2, row))
    assert picture.rgb[0, 0].tolist() == [255, 128, 1]
    assert picture.notices == ("reduced_depth",)


@pytest.mark.parametrize("name", ["ten-bit.avif", "ten-bit-alpha.avif"])
def test_ten_bits_are_reduced_to_eight_with_a_notice(name: str) -> None:
    picture = load(KEPT / name)
    y, x = np.mgrid[:H, :W]
    assert is_like(picture.rgb, np.stack([x * 6, y * 10, np.full_like(x, 90)], axis=-1))
    assert picture.notices == ("reduced_depth",)
    if picture.alpha is not None:
        assert is_like(picture.alpha, x * 26 / 1023 * 255)
    assert (picture.alpha is not None) == ("alpha" in name)


def test_a_transparent_sixteen_bit_colour_is_alpha() -> None:
    colours = (0x1234, 0x5678, 0x9ABC), (0x2234, 0x5678, 0x9ABC)
    row = b"\0" + b"".join(struct.pack(">3H", *colour) for colour in colours)
    picture = load_bytes(png(2, 1, 16, 2, row, chunk(b"tRNS", struct.pack(">3H", *colours[0]))))
    assert picture.alpha is not None
    assert picture.alpha.tolist() == [[0, 255]]


def test_a_transparent_sixteen_bit_grey_value_is_alpha() -> None:
    row = b"\0" + struct.pack(">2H", 0x1234, 0x1235)
    picture = load_bytes(png(2, 1, 16, 0, row, chunk(b"tRNS", struct.pack(">H", 0x1234))))
    assert picture.alpha is not None
    assert picture.alpha.tolist() == [[0, 255]]


def test_thirty_two_bit_channels_are_refused_by_name() -> None:
    error = refused(saved(Image.fromarray(np.zeros((2, 2), np.float32)), "TIFF"))
    assert (error.kind, error.detail) == ("unsupported", "32 bits per channel")


# ---- alpha ----

ALPHA = GREY.T.copy().reshape(H, W)


@pytest.mark.parametrize("kind", ["PNG", "TIFF", "WebP"])
def test_alpha_is_kept_beside_the_colours(kind: str) -> None:
    options = {"lossless": True, "exact": True} if kind == "WebP" else {}
    picture = load_bytes(saved(Image.fromarray(np.dstack([scene(), ALPHA])), kind, **options))
    assert picture.alpha is not None
    assert np.array_equal(picture.alpha, ALPHA)
    assert np.array_equal(picture.rgb, scene())
    assert (picture.pixels[:, :, 3] == 255).all()


def test_an_alpha_channel_without_a_hole_is_no_alpha() -> None:
    solid = np.dstack([scene(), np.full((H, W), 255, np.uint8)])
    assert load_bytes(saved(Image.fromarray(solid))).alpha is None


def test_grey_with_alpha() -> None:
    picture = load_bytes(saved(Image.merge("LA", [Image.fromarray(a) for a in (GREY, ALPHA)])))
    assert picture.alpha is not None
    assert np.array_equal(picture.alpha, ALPHA)
    assert np.array_equal(picture.rgb[:, :, 2], GREY)


def palette_image() -> Image.Image:
    image = Image.new("P", (3, 1))
    image.putpalette([255, 0, 0, 0, 255, 0, 0, 0, 255])
    image.putdata([0, 1, 2])
    return image


@pytest.mark.parametrize(
    ("transparency", "alpha"), [(1, [255, 0, 255]), (b"\x00\x80\xff", [0, 128, 255])]
)
def test_a_palette_with_transparency(transparency: int | bytes, alpha: list[int]) -> None:
    picture = load_bytes(saved(palette_image(), "PNG", transparency=transparency))
    assert picture.alpha is not None
    assert picture.alpha.tolist() == [alpha]
    assert picture.rgb.tolist() == [[[255, 0, 0], [0, 255, 0], [0, 0, 255]]]


def test_an_opaque_palette() -> None:
    picture = load_bytes(saved(palette_image(), "GIF"))
    assert picture.rgb.tolist() == [[[255, 0, 0], [0, 255, 0], [0, 0, 255]]]
    assert picture.alpha is None


def test_one_transparent_colour_of_an_rgb_file() -> None:
    picture = load_bytes(saved(Image.fromarray(scene()), transparency=(255, 0, 0)))
    assert picture.alpha is not None
    assert picture.alpha[0, 0] == 0
    assert picture.alpha[10, 10] == 255


# ---- colour spaces ----


@pytest.mark.parametrize("kind", ["JPEG", "TIFF"])
def test_cmyk_is_converted_with_a_notice(kind: str) -> None:
    cmyk = Image.new("CMYK", (8, 8), (0, 255, 255, 0))
    picture = load_bytes(saved(cmyk, kind))
    red, green, blue = picture.rgb[4, 4].tolist()
    assert red > 200
    assert max(green, blue) < 60
    assert picture.notices == ("converted_cmyk",)


def test_a_foreign_profile_is_converted_as_littlecms_does() -> None:
    profile = matrix_profile(1.0)
    source = Image.fromarray(scene())
    picture = load_bytes(saved(source, icc_profile=profile))
    target = ImageCms.createProfile("sRGB")
    expected = ImageCms.profileToProfile(source, BytesIO(profile), target)
    assert expected is not None
    assert np.array_equal(picture.rgb, np.asarray(expected))
    assert not np.array_equal(picture.rgb, scene())
    assert picture.notices == ("converted_profile",)


def test_a_foreign_profile_leaves_alpha_alone() -> None:
    image = Image.fromarray(np.dstack([scene(), ALPHA]))
    picture = load_bytes(saved(image, icc_profile=matrix_profile(1.0)))
    assert picture.alpha is not None
    assert np.array_equal(picture.alpha, ALPHA)
    assert not np.array_equal(picture.rgb, scene())


def test_srgb_itself_changes_nothing() -> None:
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    picture = load_bytes(saved(Image.fromarray(scene()), icc_profile=profile))
    assert np.array_equal(picture.rgb, scene())
    assert picture.notices == ()


@pytest.mark.parametrize("profile", [b"broken", matrix_profile(1.8)[:200]])
def test_a_broken_profile_is_ignored_with_a_notice(profile: bytes) -> None:
    picture = load_bytes(saved(Image.fromarray(scene()), icc_profile=profile))
    assert np.array_equal(picture.rgb, scene())
    assert picture.notices == ("ignored_profile",)


def test_a_profile_of_another_colour_space_is_ignored() -> None:
    lab = ImageCms.ImageCmsProfile(ImageCms.createProfile("LAB")).tobytes()
    picture = load_bytes(saved(Image.fromarray(scene()), icc_profile=lab))
    assert np.array_equal(picture.rgb, scene())
    assert picture.notices == ("ignored_profile",)


def test_lab_is_converted() -> None:
    profiles = ImageCms.createProfile("sRGB"), ImageCms.createProfile("LAB")
    lab = ImageCms.profileToProfile(Image.fromarray(scene()), *profiles, outputMode="LAB")
    assert lab is not None
    picture = load_bytes(saved(lab, "TIFF"))
    assert np.abs(picture.rgb.astype(int) - scene()).mean() < 6  # 8-bit Lab is coarse
    assert picture.notices == ("converted_profile",)
    del lab.info["icc_profile"]
    plain = load_bytes(saved(lab, "TIFF"))
    assert np.abs(plain.rgb.astype(int) - picture.rgb).max() <= 2
    assert plain.notices == ()


def test_a_grey_profile_is_used() -> None:
    picture = load_bytes(saved(Image.fromarray(GREY), icc_profile=grey_profile(1.0)))
    assert picture.notices == ("converted_profile",)
    assert np.array_equal(picture.rgb[:, :, 0], picture.rgb[:, :, 1])
    assert picture.rgb[12, 20, 0] > GREY[12, 20] + 30


def test_a_colour_profile_in_a_grey_file_is_used() -> None:
    picture = load_bytes(saved(Image.fromarray(GREY), icc_profile=matrix_profile(1.0)))
    assert picture.notices == ("converted_profile",)
    assert picture.rgb[12, 20, 0] > GREY[12, 20]


# ---- which way is up ----


TURNS = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_90,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_270,
}
"""What makes a file of an upright picture, by its orientation."""


def corners(picture: Picture) -> list[tuple[int, int, int]]:
    rgb = picture.rgb
    return [tuple(rgb[y, x].tolist()) for y in (2, -3) for x in (2, -3)]


@pytest.mark.parametrize("kind", ["PNG", "TIFF", "WebP"])
@pytest.mark.parametrize("orientation", range(1, 10))
def test_every_orientation_is_shown_upright(kind: str, orientation: int) -> None:
    upright = Image.fromarray(scene())
    turn = TURNS.get(orientation)
    filed = upright.transpose(turn) if turn is not None else upright
    exif = Image.Exif()
    exif[0x0112] = orientation
    options = {"lossless": True} if kind == "WebP" else {}
    picture = load_bytes(saved(filed, kind, exif=exif, **options))
    assert corners(picture) == [(255, 0, 0), (0, 255, 0), (0, 0, 255), (255, 255, 0)]
    assert np.array_equal(picture.rgb, scene())
    assert picture.pixels.flags.c_contiguous


def test_alpha_is_turned_with_the_colours() -> None:
    exif = Image.Exif()
    exif[0x0112] = 6
    image = Image.fromarray(np.dstack([scene(), ALPHA])).transpose(Image.Transpose.ROTATE_90)
    picture = load_bytes(saved(image, exif=exif))
    assert picture.alpha is not None
    assert np.array_equal(picture.alpha, ALPHA)


@pytest.mark.parametrize("orientation", range(1, 9))
def test_an_avif_is_turned_as_it_says_itself(orientation: int) -> None:
    image = Image.fromarray(np.dstack([scene(), ALPHA]))
    if orientation > 1:
        image = image.transpose(TURNS[orientation])
    exif = Image.Exif()
    exif[0x0112] = orientation
    picture = load_bytes(saved(image, "AVIF", exif=exif, quality=100, subsampling="4:4:4"))
    assert picture.alpha is not None
    assert is_like(picture.alpha, ALPHA)
    assert is_like(picture.rgb, scene())


def test_exif_that_makes_no_sense_is_ignored() -> None:
    image = Image.fromarray(scene())
    for garbage in (b"Exif\0\0garbage", b"Exif\0\0II*\0\xff\xff\xff\xff", b"Exif\0\0"):
        assert np.array_equal(load_bytes(saved(image, exif=garbage)).rgb, scene())


# ---- several pictures in one file ----


@pytest.mark.parametrize("kind", ["GIF", "WebP", "PNG", "TIFF"])
def test_the_first_frame_is_opened_with_a_notice(kind: str) -> None:
    frames = [Image.new("RGB", (8, 8), colour) for colour in ("red", "blue", "lime")]
    options = {"lossless": True} if kind == "WebP" else {}
    data = saved(frames[0], kind, save_all=True, append_images=frames[1:], **options)
    picture = load_bytes(data)
    assert picture.rgb[4, 4].tolist() == [255, 0, 0]
    assert picture.notices == ("first_frame",)


def test_a_photo_with_a_preview_behind_it_is_just_a_photo() -> None:
    frames = [Image.new("RGB", (16, 16), colour) for colour in ("red", "blue")]
    picture = load_bytes(saved(frames[0], "MPO", save_all=True, append_images=frames[1:]))
    assert picture.rgb[4, 4, 0] > 250
    assert picture.notices == ()


# ---- what cannot be opened ----

BRANDS = {"HEIC": b"heic", "CR3": b"crx ", "video": b"isom"}


@pytest.mark.parametrize(
    ("data", "kind", "detail"),
    [
        (b"", "empty", ""),
        (b"x", "not_a_picture", ""),
        (b"just some words", "not_a_picture", ""),
        (b"BM is how this text begins", "not_a_picture", ""),
        (b"<html><body>login</body></html>", "not_a_picture", ""),
        (b'<?xml version="1.0"?>\n<svg xmlns="http://www.w3.org/2000/svg"/>', "unsupported", "SVG"),
        (b"<svg/>", "unsupported", "SVG"),
        (b"%PDF-1.7\n", "unsupported", "PDF"),
        (b"%!PS-Adobe-3.0 EPSF-3.0\n", "unsupported", "EPS"),
        (b"8BPS\0\1", "unsupported", "PSD"),
        (b"\0\0\1\0\1\0", "unsupported", "ICO"),
        (b"\xff\x0a\0\0", "unsupported", "JPEG XL"),
        *(
            (b"\0\0\0\x18ftyp" + brand + bytes(12), "unsupported", name)
            for name, brand in BRANDS.items()
        ),
    ],
)
def test_other_files_are_refused_by_their_beginning(data: bytes, kind: str, detail: str) -> None:
    error = refused(data)
    assert (error.kind, error.detail) == (kind, detail)


def test_no_program_is_started_for_an_eps_that_calls_itself_png(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    marker = tmp_path / "started"
    program = tmp_path / "gs"
    program.write_text(f"#!/bin/sh\ntouch {marker}\n")
    program.chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path}{os.pathsep}{os.environ['PATH']}")
    eps = tmp_path / "a.png"
    eps.write_bytes(saved(Image.fromarray(scene()), "EPS"))
    with pytest.raises(PictureError, match="unsupported EPS"):
        load(eps)
    assert not marker.exists()


FORMATS: dict[str, dict[str, Any]] = {
    "PNG": {},
    "JPEG": {"quality": 90},
    "JPEG progressive": {"quality": 90, "progressive": True},
    "WebP": {"lossless": True},
    "TIFF": {},
    "TIFF deflate": {"compression": "tiff_adobe_deflate"},
    "BMP": {},
    "GIF": {},
    "AVIF": {},
}


@pytest.mark.filterwarnings("ignore::UserWarning")
@pytest.mark.parametrize("kind", FORMATS)
def test_a_file_cut_anywhere_opens_whole_or_not_at_all(kind: str) -> None:
    data = saved(Image.fromarray(scene()), kind.split()[0], **FORMATS[kind])
    whole = load_bytes(data)
    offsets = sorted({*range(0, min(len(data), 64)), *range(0, len(data), len(data) // 60 + 1)})
    for offset in offsets:
        picture = opened_or_refused(data[:offset])
        if isinstance(picture, Picture):
            assert np.array_equal(picture.pixels, whole.pixels), f"cut at {offset}"
        else:
            assert picture.kind in {"damaged", "not_a_picture", "empty"}, f"cut at {offset}"


@pytest.mark.filterwarnings("ignore")
@pytest.mark.parametrize("kind", FORMATS)
def test_flipped_bytes_never_raise_anything_else(kind: str) -> None:
    data = saved(Image.fromarray(scene()), kind.split()[0], **FORMATS[kind])
    random = np.random.default_rng(7)
    for _ in range(150):
        broken = bytearray(data)
        for place in random.integers(0, len(data), 3):
            broken[place] = random.integers(0, 256)
        assert opened_or_refused(bytes(broken))


def test_a_wrong_checksum_of_pixel_data_is_damage() -> None:
    data = bytearray(saved(Image.fromarray(scene())))
    end_of_data = data.rindex(b"IEND") - 8
    data[end_of_data] ^= 1  # in the checksum, so that the pixels still decode
    assert refused(bytes(data)).kind == "damaged"


def test_a_png_that_only_lacks_its_end_opens() -> None:
    data = saved(Image.fromarray(scene()))
    assert np.array_equal(load_bytes(data[:-12]).rgb, scene())
    assert np.array_equal(load_bytes(data + b"more").rgb, scene())


@pytest.mark.parametrize(
    "data",
    [
        png(30000, 30000, 1, 0, b""),
        png(2**31 - 1, 2**31 - 1, 8, 2, b""),
        png(MAX_PIXELS + 1, 1, 8, 0, b""),
        b"GIF89a" + struct.pack("<HH", 65535, 65535) + bytes([0x80, 0, 0]) + bytes(6) + b","
        + struct.pack("<HHHH", 0, 0, 1, 1) + b"\0\x02\x02\x44\x01\0;",
    ],
    ids=["one bit", "beyond all", "thin", "gif"],
)  # fmt: skip
@pytest.mark.filterwarnings("ignore::PIL.Image.DecompressionBombWarning")
def test_a_header_that_claims_too_much_is_refused_unread(data: bytes) -> None:
    error = refused(data)
    assert error.kind == "too_large"
    assert "×" in error.detail


def test_a_picture_without_pixels_is_damaged() -> None:
    assert refused(png(0, 5, 8, 2, b"")).kind == "damaged"


def test_text_that_unfolds_without_end_is_refused() -> None:
    bomb = chunk(b"zTXt", b"Comment\0\0" + zlib.compress(bytes(2**26)))
    assert refused(png(1, 1, 8, 0, b"\0\0", bomb)).kind == "damaged"


def test_the_smallest_and_the_thinnest_open() -> None:
    assert load_bytes(png(1, 1, 8, 0, b"\0\x80")).rgb.tolist() == [[[128, 128, 128]]]
    thin = load_bytes(saved(Image.new("RGB", (20000, 1), "red")))
    assert thin.size == Size(20000, 1)


# ---- what is no file ----


def kind_of_loading(path: Path) -> str:
    with pytest.raises(PictureError) as caught:
        load(path)
    assert caught.value.path == path
    return caught.value.kind


def make_fifo(path: Path) -> None:
    os.mkfifo(path)


def make_loop(path: Path) -> None:
    path.symlink_to(path)


def make_dangling(path: Path) -> None:
    path.symlink_to(path.with_name("nowhere"))


def make_fifo_link(path: Path) -> None:
    os.mkfifo(path.with_name("fifo"))
    path.symlink_to(path.with_name("fifo"))


@on_posix
@pytest.mark.parametrize(
    ("make", "kind"),
    [
        (Path.mkdir, "not_a_file"),
        (make_fifo, "not_a_file"),
        (make_fifo_link, "not_a_file"),
        (make_loop, "not_a_file"),
        (make_dangling, "missing"),
        (Path.touch, "empty"),
        (lambda path: None, "missing"),
    ],
)
def test_special_files_are_refused_at_once(
    tmp_path: Path, make: Callable[[Path], None], kind: str
) -> None:
    path = tmp_path / "a.png"
    make(path)
    assert kind_of_loading(path) == kind


@on_posix
def test_devices_and_sockets_are_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert kind_of_loading(Path("/dev/zero")) == "not_a_file"
    monkeypatch.chdir(tmp_path)
    with socket.socket(socket.AF_UNIX) as server:
        server.bind("a.png")
        assert kind_of_loading(Path("a.png")) == "not_a_file"


def test_names_that_cannot_be_are_missing(tmp_path: Path) -> None:
    assert kind_of_loading(tmp_path / "a\0b.png") == "missing"
    assert kind_of_loading(tmp_path / ("a" * 300)) == "missing"


def test_a_link_to_a_picture_is_followed(tmp_path: Path) -> None:
    (tmp_path / "real").write_bytes(saved(Image.fromarray(scene())))
    (tmp_path / "a.png").symlink_to(tmp_path / "real")
    assert load(tmp_path / "a.png").size == Size(W, H)


@on_posix
def test_a_name_that_is_no_unicode_opens(tmp_path: Path) -> None:
    path = Path(os.fsdecode(os.fsencode(tmp_path) + b"/\xff\xfe.png"))
    path.write_bytes(saved(Image.fromarray(scene())))
    assert load(path).path == path


@on_posix
def test_a_file_that_may_not_be_read_is_said(
    open_folder: Path, run_child: Callable[..., Any]
) -> None:
    path = open_folder / "a.png"
    path.write_bytes(saved(Image.fromarray(scene())))
    path.chmod(0)
    done = run_child(
        "try:\n    opened_file(sys.argv[1])\nexcept PictureError as error:\n    print(error.kind)",
        path,
        imports="from app.storage.pictures.foreign import opened_file;"
        "from app.model.errors import PictureError",
        as_nobody=True,
    )
    assert done.stdout == "no_access\n", done.stderr


def test_big_tiffs_open() -> None:
    out = BytesIO()
    Image.fromarray(scene()).save(out, "TIFF", big_tiff=True)
    assert np.array_equal(load_bytes(out.getvalue()).rgb, scene())
