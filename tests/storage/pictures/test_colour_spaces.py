"""Colours of any space are shown as they are meant."""

import struct
from io import BytesIO

import numpy as np
import pytest
from PIL import Image, ImageCms

from tests.storage.pictures.made import ALPHA, GREY, saved, scene
from tests.support.pictures import load_bytes


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
