"""What kind of file some bytes are, told by how they begin; names and suffixes are not asked."""

import re

HEAD_BYTES = 1024
"""How much of a file's beginning `kind_of` wants to see."""

OPENED = frozenset({"PNG", "JPEG", "WebP", "TIFF", "BMP", "GIF", "AVIF"})
"""The kinds that can be opened; `decoders` has a decoder for each."""

PROJECT = "OpenRaster"
"""The kind of our own files, and of other painting programs'."""

_SUFFIXES = {"JPEG": "jpg", "TIFF": "tif"}

_BMFF_BRANDS = {b"avif": "AVIF", b"avis": "AVIF", b"crx ": "CR3", b"qt  ": "video"}
_BMFF_ANY = {b"mif1", b"msf1"}
"""Brands of a container for any codec; which one it is stands among the compatible brands."""
_BEGINNINGS = (
    (b"\x89PNG\r\n\x1a\n", "PNG"),
    (b"\xff\xd8\xff", "JPEG"),
    (b"GIF87a", "GIF"),
    (b"GIF89a", "GIF"),
    (b"II*\0", "TIFF"),
    (b"MM\0*", "TIFF"),
    (b"II+\0", "TIFF"),
    (b"MM\0+", "TIFF"),
    (b"%PDF", "PDF"),
    (b"%!PS", "EPS"),
    (b"\xc5\xd0\xd3\xc6", "EPS"),
    (b"8BPS", "PSD"),
    (b"gimp xcf", "XCF"),
    (b"\0\0\1\0", "ICO"),
    (b"\xff\x0a", "JPEG XL"),
    (b"\0\0\0\x0cJXL ", "JPEG XL"),
    (b"\0\0\0\x0cjP  ", "JPEG 2000"),
    (b"\xff\x4f\xff\x51", "JPEG 2000"),
    (b"v/1\x01", "OpenEXR"),
    (b"SIMPLE  =", "FITS"),
)
_BMP_HEADERS = {12, 40, 52, 56, 64, 108, 124}
_SVG = re.compile(rb"\s*(\xef\xbb\xbf)?\s*<(\?xml|!--|!DOCTYPE svg|svg).*", re.DOTALL)


def kind_of(head: bytes) -> str:
    """The format that `head` begins, by its usual name; empty when it is no picture we know.

    One of `OPENED` can be opened, any other cannot.
    """
    for beginning, kind in _BEGINNINGS:
        if head.startswith(beginning):
            return kind
    if head[:4] == b"RIFF" and head[8:12] == b"WEBP":
        return "WebP"
    if head[:2] == b"BM" and int.from_bytes(head[14:18], "little") in _BMP_HEADERS:
        return "BMP"
    if head[4:8] == b"ftyp":
        return _bmff(head)
    if head[30:54] == b"mimetypeimage/openraster":
        return PROJECT
    if head[30:54] == b"mimetypeapplication/x-kr":
        return "Krita"
    return "SVG" if _SVG.match(head) and b"<svg" in head else ""


def suffix_of(data: bytes) -> str:
    """The file name ending, with its dot, that fits the bytes; `.bin` for what we cannot open."""
    kind = kind_of(data[:HEAD_BYTES])
    return "." + _SUFFIXES.get(kind, kind.lower()) if kind in OPENED else ".bin"


def _bmff(head: bytes) -> str:
    brand, end = head[8:12], int.from_bytes(head[:4], "big")
    if len(brand) < 4:
        return ""
    if brand in _BMFF_ANY:
        others = (head[at : at + 4] for at in range(16, min(end, len(head)), 4))
        brand = next((other for other in others if other in _BMFF_BRANDS), brand)
    if brand in _BMFF_BRANDS:
        return _BMFF_BRANDS[brand]
    return "HEIC" if brand[:3] in {b"hei", b"hev", b"mif", b"msf"} else "video"
