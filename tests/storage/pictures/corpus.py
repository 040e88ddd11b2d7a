"""Picture files of every kind that somebody may open, each with what must come of it.

All are built here, byte by byte where no library writes such a thing.
"""

import struct
import zlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from PIL import Image, ImageCms

from app.model.geometry import Size
from tests.storage.pictures.made import chunk, png, saved

SIZE = Size(40, 24)
ALL = 8 * b"\xff"


@dataclass(frozen=True, slots=True)
class Opens:
    """It opens upright, with these notices."""

    size: Size = SIZE
    notices: tuple[str, ...] = ()
    has_alpha: bool = False


@dataclass(frozen=True, slots=True)
class Refused:
    """It is refused as of this kind; `detail` is part of what is told besides."""

    kind: str
    detail: str = ""


Build = Callable[[], bytes]
Outcome = Opens | Refused


def colours() -> Image.Image:
    """A gradient, no two corners alike."""
    y, x = np.mgrid[: SIZE.height, : SIZE.width]
    return Image.fromarray(np.stack([x * 6, y * 10, x * 0 + 90], axis=-1).astype(np.uint8))


def veiled() -> Image.Image:
    image = colours()
    image.putalpha(Image.linear_gradient("L").resize(SIZE))
    return image


def plain_png(*extra: bytes) -> bytes:
    """One grey pixel, and other chunks before it."""
    return png(1, 1, 8, 0, b"\0\x80", *extra)


def turned(orientation: int) -> Image.Exif:
    exif = Image.Exif()
    exif[0x0112] = orientation
    return exif


def profile(name: str) -> bytes:
    return ImageCms.ImageCmsProfile(ImageCms.createProfile(name)).tobytes()


def foreign_profile() -> bytes:
    """sRGB by another name, so that it is converted."""
    return profile("sRGB").replace("sRGB".encode("utf-16-be"), "Test".encode("utf-16-be"))


def deep() -> Image.Image:
    return Image.fromarray(np.linspace(0, 65535, SIZE.area).astype(np.uint16).reshape(SIZE[::-1]))


def flipped(data: bytes, place: int) -> bytes:
    """The bytes with one of them changed."""
    return data[:place] + bytes([data[place] ^ 0x10]) + data[place + 1 :]


def animated(kind: str) -> bytes:
    return saved(colours(), kind, save_all=True, append_images=[colours().rotate(180)])


def bmff(brand: bytes) -> bytes:
    return b"\0\0\0\x18ftyp" + brand + bytes(8) + b"mif1" + bytes(64)


def jpeg_of_size(width: int, height: int) -> bytes:
    """A JPEG whose header claims another size than it has."""
    data = bytearray(saved(colours(), "JPEG"))
    at = data.index(b"\xff\xc0") + 5
    data[at : at + 4] = struct.pack(">HH", height, width)
    return bytes(data)


def avif_of_size(width: int, height: int) -> bytes:
    """An AVIF whose header claims another size than it has."""
    data = saved(colours(), "AVIF")
    return data.replace(struct.pack(">II", *SIZE), struct.pack(">II", width, height), 1)


def wide_avif() -> bytes:
    """An AVIF in the colours of a television, which no profile describes."""
    data = bytearray(saved(colours(), "AVIF"))
    at = data.index(b"colrnclx") + 8
    data[at : at + 4] = struct.pack(">HH", 9, 16)
    return bytes(data)


def kept(name: str) -> bytes:
    """A file that no library here writes."""
    return (Path(__file__).parents[2] / "data" / "pictures" / name).read_bytes()


def gif_of_size(width: int, height: int) -> bytes:
    screen = struct.pack("<HH", width, height) + bytes([0x80, 0, 0]) + bytes(6)
    frame = b"," + struct.pack("<HHHH", 0, 0, 1, 1) + b"\0\x02\x02\x44\x01\0;"
    return b"GIF89a" + screen + frame


def tiff(entries: Mapping[int, tuple[int, int, int]], body: bytes = b"") -> bytes:
    """A TIFF of one directory: by tag a type, a count and a value."""
    rows = b"".join(struct.pack("<HHII", tag, *entry) for tag, entry in sorted(entries.items()))
    return b"II*\0\x08\0\0\0" + struct.pack("<H", len(entries)) + rows + bytes(4) + body


def tiff_of_itself() -> bytes:
    """A TIFF whose next directory is the first one again."""
    data = saved(colours(), "TIFF")
    first = struct.unpack_from("<I", data, 4)[0]
    at = first + 2 + 12 * struct.unpack_from("<H", data, first)[0]
    return data[:at] + struct.pack("<I", first) + data[at + 4 :]


PALETTE = colours().quantize(16)
TEXT_BOMB = chunk(b"zTXt", b"Comment\0\0" + zlib.compress(bytes(2**26)))
MANY_TEXTS = b"".join(chunk(b"tEXt", b"k%d\0v" % number) for number in range(70_000))

OPENED: Mapping[str, tuple[Build, Opens]] = {
    "png": (lambda: saved(colours(), "PNG"), Opens()),
    "png with alpha": (lambda: saved(veiled(), "PNG"), Opens(has_alpha=True)),
    "png, opaque alpha": (lambda: saved(colours().convert("RGBA"), "PNG"), Opens()),
    "png, grey": (lambda: saved(colours().convert("L"), "PNG"), Opens()),
    "png, grey and alpha": (lambda: saved(veiled().convert("LA"), "PNG"), Opens(has_alpha=True)),
    "png, one bit": (lambda: saved(colours().convert("1"), "PNG"), Opens()),
    "png, palette": (lambda: saved(PALETTE, "PNG"), Opens()),
    "png, transparent index": (
        lambda: saved(PALETTE, "PNG", transparency=3),
        Opens(has_alpha=True),
    ),
    "png, palette with alphas": (
        lambda: saved(PALETTE, "PNG", transparency=bytes(range(0, 256, 16))),
        Opens(has_alpha=True),
    ),
    "png, transparent colour": (
        lambda: saved(colours(), "PNG", transparency=(0, 0, 90)),
        Opens(has_alpha=True),
    ),
    "png, 16 bit grey": (lambda: saved(deep(), "PNG"), Opens(notices=("reduced_depth",))),
    "png, 16 bit colour": (
        lambda: png(1, 1, 16, 2, b"\0" + bytes(6)),
        Opens(Size(1, 1), ("reduced_depth",)),
    ),
    "png, 16 bit with alpha": (
        lambda: png(1, 1, 16, 6, b"\0" + bytes(8)),
        Opens(Size(1, 1), ("reduced_depth",), has_alpha=True),
    ),
    "png, interlaced": (
        lambda: png(1, 1, 8, 2, b"\0abc").replace(
            chunk(b"IHDR", struct.pack(">IIBBBBB", 1, 1, 8, 2, 0, 0, 0)),
            chunk(b"IHDR", struct.pack(">IIBBBBB", 1, 1, 8, 2, 0, 0, 1)),
        ),
        Opens(Size(1, 1)),
    ),
    "png without its end": (lambda: saved(colours(), "PNG")[:-12], Opens()),
    "png and more": (lambda: saved(colours(), "PNG") + b"more" * 100, Opens()),
    "png, animated": (lambda: animated("PNG"), Opens(notices=("first_frame",))),
    "png, one pixel": (lambda: plain_png(), Opens(Size(1, 1))),
    "png, thin": (
        lambda: saved(Image.new("RGB", (20000, 1)), "PNG"),
        Opens(Size(20000, 1)),
    ),
    "png with sRGB": (lambda: saved(colours(), "PNG", icc_profile=profile("sRGB")), Opens()),
    "png with a profile": (
        lambda: saved(colours(), "PNG", icc_profile=foreign_profile()),
        Opens(notices=("converted_profile",)),
    ),
    "png with a broken profile": (
        lambda: saved(colours(), "PNG", icc_profile=b"no profile"),
        Opens(notices=("ignored_profile",)),
    ),
    "png with a profile of Lab": (
        lambda: saved(colours(), "PNG", icc_profile=profile("LAB")),
        Opens(notices=("ignored_profile",)),
    ),
    "png on its side": (
        lambda: saved(colours(), "PNG", exif=turned(6)),
        Opens(Size(24, 40)),
    ),
    "png with garbage for EXIF": (
        lambda: plain_png(chunk(b"eXIf", b"garbage" * 9)),
        Opens(Size(1, 1)),
    ),
    "jpeg": (lambda: saved(colours(), "JPEG"), Opens()),
    "jpeg, progressive": (lambda: saved(colours(), "JPEG", progressive=True), Opens()),
    "jpeg, grey": (lambda: saved(colours().convert("L"), "JPEG"), Opens()),
    "jpeg, CMYK": (
        lambda: saved(colours().convert("CMYK"), "JPEG"),
        Opens(notices=("converted_cmyk",)),
    ),
    "jpeg with a huge EXIF": (
        lambda: saved(colours(), "JPEG", exif=b"Exif\0\0" + bytes(60_000)),
        Opens(),
    ),
    "jpeg, turned to 9": (lambda: saved(colours(), "JPEG", exif=turned(9)), Opens()),
    **{
        f"jpeg, turned to {way}": (
            lambda way=way: saved(colours(), "JPEG", exif=turned(way)),
            Opens(Size(24, 40) if way >= 5 else SIZE),
        )
        for way in range(2, 9)
    },
    "jpeg of two pictures": (lambda: animated("MPO"), Opens()),
    "webp": (lambda: saved(colours(), "WEBP"), Opens()),
    "webp, lossless": (lambda: saved(colours(), "WEBP", lossless=True), Opens()),
    "webp with alpha": (lambda: saved(veiled(), "WEBP"), Opens(has_alpha=True)),
    "webp, animated": (lambda: animated("WEBP"), Opens(notices=("first_frame",))),
    "webp on its side": (
        lambda: saved(colours(), "WEBP", exif=turned(8)),
        Opens(Size(24, 40)),
    ),
    "tiff": (lambda: saved(colours(), "TIFF"), Opens()),
    "tiff, lzw": (lambda: saved(colours(), "TIFF", compression="tiff_lzw"), Opens()),
    "tiff, CMYK": (
        lambda: saved(colours().convert("CMYK"), "TIFF"),
        Opens(notices=("converted_cmyk",)),
    ),
    "tiff, 16 bit": (lambda: saved(deep(), "TIFF"), Opens(notices=("reduced_depth",))),
    "tiff of pages": (lambda: animated("TIFF"), Opens(notices=("first_frame",))),
    "tiff, turned": (lambda: saved(colours(), "TIFF", exif=turned(5)), Opens(Size(24, 40))),
    "tiff, big": (lambda: saved(colours(), "TIFF", big_tiff=True), Opens()),
    "avif": (lambda: saved(colours(), "AVIF"), Opens()),
    "avif, grey": (lambda: saved(colours().convert("L"), "AVIF"), Opens()),
    "avif with alpha": (lambda: saved(veiled(), "AVIF"), Opens(has_alpha=True)),
    "avif, 10 bit": (lambda: kept("ten-bit.avif"), Opens(notices=("reduced_depth",))),
    "avif, 10 bit with alpha": (
        lambda: kept("ten-bit-alpha.avif"),
        Opens(notices=("reduced_depth",), has_alpha=True),
    ),
    "avif, animated": (lambda: animated("AVIF"), Opens(notices=("first_frame",))),
    "avif of another size than its codec's": (
        lambda: avif_of_size(200, 100),
        Opens(Size(200, 100)),
    ),
    "avif of any codec": (
        lambda: saved(colours(), "AVIF").replace(b"ftypavif", b"ftypmif1", 1),
        Opens(),
    ),
    "avif with a profile": (
        lambda: saved(colours(), "AVIF", icc_profile=foreign_profile()),
        Opens(notices=("converted_profile",)),
    ),
    "avif of wide colours": (wide_avif, Opens(notices=("ignored_profile",))),
    **{
        f"avif, turned to {way}": (
            lambda way=way: saved(colours(), "AVIF", exif=turned(way)),
            Opens(Size(24, 40) if way >= 5 else SIZE),
        )
        for way in range(2, 9)
    },
    "bmp": (lambda: saved(colours(), "BMP"), Opens()),
    "bmp, palette": (lambda: saved(PALETTE, "BMP"), Opens()),
    "gif": (lambda: saved(colours(), "GIF"), Opens()),
    "gif, animated": (lambda: animated("GIF"), Opens(notices=("first_frame",))),
}
"""What opens, by name."""

REFUSED: Mapping[str, tuple[Build, Refused]] = {
    "nothing": (lambda: b"", Refused("empty")),
    "one byte": (lambda: b"\x89", Refused("not_a_picture")),
    "a signature alone": (lambda: b"\x89PNG\r\n\x1a\n", Refused("damaged")),
    "words": (lambda: b"a lake in the mountains", Refused("not_a_picture")),
    "a web page": (lambda: b"<!DOCTYPE html><html></html>", Refused("not_a_picture")),
    "a program": (lambda: b"\x7fELF\2\1\1" + bytes(900), Refused("not_a_picture")),
    "svg": (lambda: b'<svg xmlns="http://www.w3.org/2000/svg"/>', Refused("unsupported", "SVG")),
    "pdf": (lambda: b"%PDF-1.7\n", Refused("unsupported", "PDF")),
    "eps": (lambda: saved(colours(), "EPS"), Refused("unsupported", "EPS")),
    "ico": (lambda: saved(colours(), "ICO"), Refused("unsupported", "ICO")),
    "psd": (lambda: b"8BPS\0\1" + bytes(99), Refused("unsupported", "PSD")),
    "fits": (lambda: b"SIMPLE  =" + bytes(99), Refused("unsupported", "FITS")),
    "heic": (lambda: bmff(b"heic"), Refused("unsupported", "HEIC")),
    "tiff of floats": (
        lambda: saved(Image.new("F", SIZE), "TIFF"),
        Refused("unsupported", "32 bits"),
    ),
    "png, cut in its pixels": (lambda: saved(colours(), "PNG")[:-40], Refused("damaged")),
    "png, a changed pixel": (
        lambda: flipped(saved(colours(), "PNG"), -25),
        Refused("damaged"),
    ),
    "png of no width": (lambda: png(0, 5, 8, 2, b""), Refused("damaged")),
    "png, a bomb of one bit": (lambda: png(30000, 30000, 1, 0, b""), Refused("too_large", "30000")),
    "png beyond all": (lambda: png(2**31 - 1, 2**31 - 1, 8, 2, b""), Refused("too_large")),
    "png with a bomb of text": (lambda: plain_png(TEXT_BOMB), Refused("damaged")),
    "png with too much text": (
        lambda: plain_png(*[chunk(b"zTXt", b"k\0\0" + zlib.compress(bytes(2**20)))] * 80),
        Refused("damaged"),
    ),
    "png with less than it says": (lambda: png(9000, 9000, 8, 2, b""), Refused("damaged")),
    "jpeg, cut": (lambda: saved(colours(), "JPEG")[:-60], Refused("damaged")),
    "jpeg, larger than it is": (lambda: jpeg_of_size(60000, 60000), Refused("too_large")),
    "webp, cut": (lambda: saved(colours(), "WEBP")[:-60], Refused("damaged")),
    "avif, cut": (lambda: saved(colours(), "AVIF")[:-60], Refused("damaged")),
    "avif, cut in its header": (lambda: saved(colours(), "AVIF")[:99], Refused("damaged")),
    "avif, a bomb": (lambda: avif_of_size(60000, 60000), Refused("damaged")),
    "gif, a bomb": (lambda: gif_of_size(65535, 65535), Refused("too_large")),
    "tiff without anything": (lambda: tiff({}), Refused("damaged")),
    "tiff beyond all": (
        lambda: tiff({256: (4, 1, 2**31 - 1), 257: (4, 1, 2**31 - 1), 262: (3, 1, 1)}),
        Refused("damaged"),
    ),
    "bmp of no known header": (lambda: b"BM" + ALL * 9, Refused("not_a_picture")),
}
"""What does not, by name."""

ODD: Mapping[str, Build] = {
    "png with 70 000 texts": lambda: plain_png(MANY_TEXTS),
    "tiff that leads to itself": tiff_of_itself,
    "gif of one colour": lambda: saved(Image.new("P", SIZE), "GIF"),
}
"""What may open or not, if only it comes to an end soon."""

CORPUS: Mapping[str, tuple[Build, Outcome]] = {**OPENED, **REFUSED}
