"""What each operation shows of its settings: names, units and scales, in one table.

All texts are English sources of the context "Operations"; ranges are those of the settings.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

from app.contract.hints import QT_TRANSLATE_NOOP
from app.model.operations.settings import BRIGHT, CLEAR, DARK, OPAQUE

if TYPE_CHECKING:
    from collections.abc import Mapping

WIDTH = 124


@dataclass(frozen=True, slots=True, kw_only=True)
class Number:
    """A number on a slider: what is shown is `factor` times the setting.

    `curve` above 1 gives the low end more room. The number is off while the switch `unless` is on.
    """

    name: str
    label: str
    unit: str = ""
    step: float = 1
    factor: float = 1
    curve: float = 1
    width: int = WIDTH
    unless: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Switch:
    """Something that is so or not."""

    name: str
    label: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """One of a few words."""

    name: str
    label: str
    choices: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Joining:
    """What is done with the mask that there is already."""

    name: str = "mode"


Field: TypeAlias = Number | Switch | Choice | Joining


@dataclass(frozen=True, slots=True)
class Face:
    """How an operation is called, and the fields of its settings in order."""

    title: str
    fields: tuple[Field, ...]


_AREA = Number(
    name="area",
    label=QT_TRANSLATE_NOOP("Operations", "Smaller than"),
    unit="px",
    curve=4,
    width=172,
    unless="any_size",
)
_BLACK = Number(name="black", label=QT_TRANSLATE_NOOP("Operations", "Black"))
_WHITE = Number(name="white", label=QT_TRANSLATE_NOOP("Operations", "White"))

FACES: Mapping[str, Face] = {
    "grow_by": Face(
        QT_TRANSLATE_NOOP("Operations", "Grow"),
        (Number(name="radius", label=QT_TRANSLATE_NOOP("Operations", "By"), unit="px", curve=2),),
    ),
    "shrink_by": Face(
        QT_TRANSLATE_NOOP("Operations", "Shrink"),
        (Number(name="radius", label=QT_TRANSLATE_NOOP("Operations", "By"), unit="px", curve=2),),
    ),
    "feather": Face(
        QT_TRANSLATE_NOOP("Operations", "Feather"),
        (
            Number(
                name="radius",
                label=QT_TRANSLATE_NOOP("Operations", "Radius"),
                unit="px",
                step=0.5,
                curve=2,
            ),
        ),
    ),
    "smooth": Face(
        QT_TRANSLATE_NOOP("Operations", "Smooth"),
        (
            Number(
                name="radius", label=QT_TRANSLATE_NOOP("Operations", "Radius"), unit="px", curve=2
            ),
            Number(
                name="hardness",
                label=QT_TRANSLATE_NOOP("Operations", "Hardness"),
                unit="%",
                factor=100,
            ),
        ),
    ),
    "levels": Face(
        QT_TRANSLATE_NOOP("Operations", "Levels"),
        (
            _BLACK,
            _WHITE,
            Number(
                name="gamma",
                label=QT_TRANSLATE_NOOP("Operations", "Midtones"),
                step=0.01,
                curve=3.45,  # 1, which changes nothing, is in the middle
            ),
            Number(
                name="strength",
                label=QT_TRANSLATE_NOOP("Operations", "Strength"),
                unit="%",
                factor=100,
            ),
        ),
    ),
    "remove_specks": Face(QT_TRANSLATE_NOOP("Operations", "Remove specks"), (_AREA,)),
    "fill_holes": Face(
        QT_TRANSLATE_NOOP("Operations", "Fill holes"),
        (
            _AREA,
            Switch(name="any_size", label=QT_TRANSLATE_NOOP("Operations", "Of any size")),
        ),
    ),
    "from_alpha": Face(
        QT_TRANSLATE_NOOP("Operations", "From transparency"),
        (
            Choice(
                name="part",
                label=QT_TRANSLATE_NOOP("Operations", "Parts of the picture"),
                choices=(
                    (CLEAR, QT_TRANSLATE_NOOP("Operations", "Transparent")),
                    (OPAQUE, QT_TRANSLATE_NOOP("Operations", "Opaque")),
                ),
            ),
            Joining(),
        ),
    ),
    "from_luminance": Face(
        QT_TRANSLATE_NOOP("Operations", "From brightness"),
        (
            Choice(
                name="part",
                label=QT_TRANSLATE_NOOP("Operations", "Parts of the picture"),
                choices=(
                    (BRIGHT, QT_TRANSLATE_NOOP("Operations", "Bright")),
                    (DARK, QT_TRANSLATE_NOOP("Operations", "Dark")),
                ),
            ),
            _BLACK,
            _WHITE,
            Joining(),
        ),
    ),
    "from_change": Face(
        QT_TRANSLATE_NOOP("Operations", "From change"),
        (
            Number(name="threshold", label=QT_TRANSLATE_NOOP("Operations", "Threshold")),
            Number(name="softness", label=QT_TRANSLATE_NOOP("Operations", "Softness")),
            Joining(),
        ),
    ),
}
