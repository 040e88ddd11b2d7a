"""What can go wrong with a picture on its way back: refusals, and bytes that are something else."""

import io
import struct
import zlib
from collections.abc import Callable
from functools import cache
from typing import Any

from PIL import Image, ImageOps

from tests.support.faults.registry import fault
from tests.support.unbroken import EXPIRED
from tests.support.wire import Call

SVG = b"<svg xmlns='http://www.w3.org/2000/svg' width='9' height='9'><script>1</script></svg>"

Change = Callable[..., bytes]
"""From the bytes of the right picture, and parameters, to other bytes."""


def _changes(name: str) -> Callable[[Change], Change]:
    """Enter a change as `image.<name>`."""

    def enter(change: Change) -> Change:
        async def changed(call: Call, **parameters: Any) -> None:
            status, data = await call.correct()
            await call.answer(status, change(data, **parameters), {"Content-Type": "image/png"})

        fault(f"image.{name}")(changed)
        return change

    return enter


@fault("image.expired")
async def expired(call: Call) -> None:
    """The address is too old, as stores of files say it."""
    await call.answer(403, EXPIRED, {"Content-Type": "application/xml"})


@fault("image.slow_down")
async def slow_down(call: Call) -> None:
    """Too many requests, as stores of files say it."""
    await call.answer(503, b"<Error><Code>SlowDown</Code></Error>", {"Retry-After": "1"})


# No picture.

_changes("empty")(lambda data: b"")
_changes("one_byte")(lambda data: data[:1])
_changes("not_image")(lambda data: b"just some words " * 40)
_changes("svg")(lambda data: SVG)
_changes("eps")(lambda data: b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 9 9\nshowpage\n")
_changes("signature_only")(lambda data: data[:8])


# Damaged pictures.

_changes("truncated_png")(lambda data: data[: len(data) * 2 // 3])


@_changes("bad_crc")
def bad_crc(data: bytes) -> bytes:
    """The check sum of the pixels is wrong."""
    at = data.index(b"IDAT")
    (length,) = struct.unpack(">I", data[at - 4 : at])
    wrong = bytearray(data)
    wrong[at + 4 + length] ^= 0xFF
    return bytes(wrong)


@_changes("flipped_bit")
def flipped_bit(data: bytes) -> bytes:
    """One bit of the pixels is another."""
    at = data.index(b"IDAT")
    (length,) = struct.unpack(">I", data[at - 4 : at])
    wrong = bytearray(data)
    wrong[at + 4 + length // 2] ^= 0x10
    return bytes(wrong)


@_changes("claims_huge")
def claims_huge(data: bytes, *, side: int = 2**31 - 1) -> bytes:
    """A header that speaks of more pixels than there are atoms in a disk."""
    header = struct.pack(">II", side, side) + data[24:29]
    return data[:16] + header + struct.pack(">I", zlib.crc32(b"IHDR" + header)) + data[33:]


@_changes("bomb")
def bomb(data: bytes, *, side: int = 30_000) -> bytes:
    """A picture of one colour: little on the way, and much when it is unpacked."""
    return _blank(side)


@cache
def _blank(side: int) -> bytes:
    return _saved(Image.new("1", (side, side)))


@_changes("text_bomb")
def text_bomb(data: bytes) -> bytes:
    """A packed text of 64 MB before the pixels."""
    text = b"Comment\0\0" + _long_text()
    chunk = struct.pack(">I", len(text)) + b"zTXt" + text
    return data[:33] + chunk + struct.pack(">I", zlib.crc32(b"zTXt" + text)) + data[33:]


@cache
def _long_text() -> bytes:
    return zlib.compress(bytes(64 * 1024**2))


# Pictures of another kind.


def _picture(data: bytes) -> Image.Image:
    return Image.open(io.BytesIO(data)).convert("RGB")


def _saved(image: Image.Image, kind: str = "PNG", **options: Any) -> bytes:
    out = io.BytesIO()
    image.save(out, kind, **options)
    return out.getvalue()


_changes("other_type")(lambda data: _saved(_picture(data), "JPEG", quality=95))
_changes("webp")(lambda data: _saved(_picture(data), "WEBP", lossless=True))
_changes("gif")(lambda data: _saved(_picture(data), "GIF"))
_changes("one_pixel")(lambda data: _saved(Image.new("RGB", (1, 1), "red")))
_changes("grey")(lambda data: _saved(_picture(data).convert("L")))
_changes("sixteen_bit")(lambda data: _saved(_picture(data).convert("I;16")))
_changes("palette")(lambda data: _saved(_picture(data).quantize(16)))
_changes("cmyk")(lambda data: _saved(_picture(data).convert("CMYK"), "JPEG"))
_changes("unmasked_changed")(lambda data: _saved(ImageOps.invert(_picture(data))))
_changes("broken_icc")(lambda data: _saved(_picture(data), icc_profile=b"no profile at all"))


@_changes("wrong_size")
def wrong_size(data: bytes) -> bytes:
    """A picture that was rounded to multiples of eight."""
    image = _picture(data)
    return _saved(image.resize((image.width // 8 * 8 + 8, image.height // 8 * 8 + 8)))


@_changes("alpha")
def alpha(data: bytes) -> bytes:
    """A picture that is half transparent."""
    image = _picture(data)
    image.putalpha(128)
    return _saved(image)


@_changes("exif_rotated")
def exif_rotated(data: bytes) -> bytes:
    """A picture that says that it lies on its side."""
    facts = Image.Exif()
    facts[0x0112] = 6
    return _saved(_picture(data), exif=facts)


@_changes("animated")
def animated(data: bytes) -> bytes:
    """A picture that moves."""
    image = _picture(data)
    return _saved(image, "WEBP", save_all=True, append_images=[ImageOps.invert(image)])
