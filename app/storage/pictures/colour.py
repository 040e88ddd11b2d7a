"""From whatever colours a file holds to 8-bit sRGB, one strip at a time."""

from collections.abc import Callable
from dataclasses import dataclass
from io import BytesIO

import numpy as np
from PIL import Image, ImageCms

from app.model.errors import PictureError

Convert = Callable[[Image.Image], Image.Image]

_SPACES = {"RGB": "RGB", "RGBA": "RGB", "L": "GRAY", "CMYK": "CMYK", "LAB": "Lab"}
"""The colour space that a profile must speak about to fit pixels of a mode."""

_GREY = {"1", "L", "LA", "I;16", "I;16B", "I;16L", "I;16N"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Conversion:
    """How the strips of one picture become RGB, or RGBA when `has_alpha`.

    `is_plain` says that they are that already. `notices` names what an artist may want to know:
    `reduced_depth` (16 bits became 8), `converted_cmyk`, `converted_profile`, `ignored_profile`
    (broken, or of another colour space).
    """

    apply: Convert
    has_alpha: bool
    is_plain: bool
    notices: tuple[str, ...]


def conversion(image: Image.Image, *, is_deep: bool) -> Conversion:
    """The way from the loaded `image` to sRGB. `is_deep` tells that its file has 16 bits."""
    if image.mode in {"I", "F"}:
        raise PictureError("unsupported", detail="32 bits per channel")
    has_alpha = image.has_transparency_data
    if is_deep and image.mode == "RGB" and has_alpha:
        # Pillow keeps the high bytes of the pixels, but the whole of the transparent colour.
        key = image.info["transparency"]
        image.info["transparency"] = tuple(value >> 8 for value in key)
    profile, is_broken = _profile(image.info.get("icc_profile"))
    working = _working_mode(image.mode, has_alpha, profile)
    transform, note = _transform(profile, working)
    notices = [
        "reduced_depth" if is_deep else "",
        "converted_cmyk" if image.mode == "CMYK" else "",
        "ignored_profile" if is_broken or image.info.get("has_colours") is True else note,
    ]
    final = "RGBA" if has_alpha else "RGB"
    return Conversion(
        apply=_steps(image, working, transform, final),
        has_alpha=has_alpha,
        is_plain=image.mode == working == final and transform is None,
        notices=tuple(notice for notice in notices if notice),
    )


def _working_mode(mode: str, has_alpha: bool, profile: ImageCms.ImageCmsProfile | None) -> str:
    """The mode in which a strip meets its profile."""
    if mode in {"CMYK", "LAB"}:
        return mode
    if has_alpha:
        return "RGBA"
    return "L" if profile and mode in _GREY and _space(profile) == "GRAY" else "RGB"


def _steps(
    image: Image.Image, working: str, transform: ImageCms.ImageCmsTransform | None, final: str
) -> Convert:
    transparent = image.info.get("transparency")

    def apply(strip: Image.Image) -> Image.Image:
        if strip.mode.startswith("I;16"):
            strip = _narrowed(strip, transparent)
        if strip.mode != working:
            strip = strip.convert(working)
        if transform:
            strip = ImageCms.applyTransform(strip, transform) or strip
        return strip if strip.mode == final else strip.convert(final)

    return apply


def _narrowed(strip: Image.Image, transparent: int | None) -> Image.Image:
    """16-bit grey as 8 bits, rounded; Pillow's own conversion would clip it to white."""
    wide = np.asarray(strip).astype(np.uint32)
    grey = Image.fromarray(((wide * 255 + 32767) // 65535).astype(np.uint8))
    if transparent is not None:
        grey.putalpha(Image.fromarray(np.where(wide == transparent, 0, 255).astype(np.uint8)))
    return grey


def _profile(data: object) -> tuple[ImageCms.ImageCmsProfile | None, bool]:
    """The profile in `data`, and whether there is one that cannot be read."""
    if not isinstance(data, bytes) or not data:
        return None, False
    try:
        return ImageCms.ImageCmsProfile(BytesIO(data)), False
    except (OSError, ValueError, TypeError):
        return None, True


def _transform(
    profile: ImageCms.ImageCmsProfile | None, working: str
) -> tuple[ImageCms.ImageCmsTransform | None, str]:
    """What takes pixels of mode `working` to sRGB, and the notice that it deserves."""
    note = "converted_profile"
    if working == "LAB" and not (profile and _space(profile) == "Lab"):
        profile, note = ImageCms.ImageCmsProfile(ImageCms.createProfile("LAB")), ""
    if profile is None or _is_srgb(profile):
        return None, ""
    if _space(profile) != _SPACES[working]:
        return None, "ignored_profile"
    final = "RGBA" if working == "RGBA" else "RGB"
    try:
        return ImageCms.buildTransform(
            profile, ImageCms.createProfile("sRGB"), working, final, ImageCms.Intent.PERCEPTUAL
        ), note
    except ImageCms.PyCMSError:
        return None, "ignored_profile"


def _space(profile: ImageCms.ImageCmsProfile) -> str:
    return profile.profile.xcolor_space.strip()


def _is_srgb(profile: ImageCms.ImageCmsProfile) -> bool:
    """Whether converting would only round: the profile is one of the many named sRGB."""
    about = profile.profile.profile_description or ""
    return _space(profile) == "RGB" and about.startswith("sRGB")
