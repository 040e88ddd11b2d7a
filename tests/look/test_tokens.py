"""The colours keep their promises: readable, and grey around the picture."""

import pytest
from PySide6.QtGui import QColor

from app.look.tokens import DARK, LIGHT, Tokens

both = pytest.mark.parametrize("tokens", [DARK, LIGHT], ids=["dark", "light"])


def luminance(color: str) -> float:
    def linear(part: float) -> float:
        return part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4

    rgb = QColor(color)
    red, green, blue = (linear(part) for part in (rgb.redF(), rgb.greenF(), rgb.blueF()))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


@both
@pytest.mark.parametrize(
    ("ink", "ground"),
    [
        ("text", "chrome"),
        ("text", "field"),
        ("text", "raised"),
        ("text", "hover"),
        ("text", "press"),
        ("text", "check"),
        ("sub", "chrome"),
        ("sub", "canvas"),
        ("hint", "chrome"),
        ("hint", "field"),
        ("on_fill", "fill"),
        ("on_fill", "fill_hover"),
        ("on_fill", "fill_press"),
        ("accent", "chrome"),
        ("accent", "check"),
        ("warn", "chrome"),
        ("warn", "warn_ground"),
        ("error", "chrome"),
        ("error", "error_ground"),
        ("ok", "chrome"),
    ],
)
def test_text_is_readable(tokens: Tokens, ink: str, ground: str) -> None:
    assert contrast(getattr(tokens, ink), getattr(tokens, ground)) >= 4.5


@both
def test_knobs_can_be_made_out(tokens: Tokens) -> None:
    assert contrast(tokens.knob_edge, tokens.chrome) >= 3


@both
@pytest.mark.parametrize(
    "name", ["canvas", "chrome", "raised", "field", "well", "hover", "press", "line", "edge",
             "text", "sub", "hint", "off", "track", "knob"],
)  # fmt: skip
def test_greys_are_neutral(tokens: Tokens, name: str) -> None:
    color = QColor(getattr(tokens, name))
    assert color.red() == color.green() == color.blue()
