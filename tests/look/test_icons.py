"""Icons come in the theme's colours and the screen's pixels."""

import pytest
from PySide6.QtGui import QColor, QImage

from app import resources
from app.look.theme import Theme

NAMES = sorted(path.stem for path in resources.path("icons").glob("*.svg"))


def inks(image: QImage) -> list[QColor]:
    """The colours of the fully covered pixels."""
    pixels = (image.pixelColor(x, y) for x in range(image.width()) for y in range(image.height()))
    return [pixel for pixel in pixels if pixel.alpha() == 255]


def differ(one: QColor, other: QColor) -> int:
    """By how much the most different part differs; rounding may make it one."""
    parts = zip(one.getRgb(), other.getRgb(), strict=True)
    return max(abs(a - b) for a, b in parts if isinstance(a, int) and isinstance(b, int))


@pytest.mark.parametrize("name", NAMES)
def test_every_icon_is_drawn_in_one_colour(theme: Theme, name: str) -> None:
    image = theme.icons.pixmap(name, "accent", 20, 4).toImage()
    covered = inks(image)
    assert covered
    assert all(differ(ink, theme.color("accent")) <= 1 for ink in covered)


def test_an_icon_is_as_sharp_as_the_screen(theme: Theme) -> None:
    pixmap = theme.icons.pixmap("brush", "text", 20, 1.5)
    assert (pixmap.width(), pixmap.devicePixelRatio()) == (30, 1.5)


def test_a_drawn_icon_is_kept_until_the_theme_changes(theme: Theme) -> None:
    drawn = theme.icons.pixmap("brush", "text", 20, 1)
    assert theme.icons.pixmap("brush", "text", 20, 1) is drawn
    theme.apply("light")
    assert theme.icons.pixmap("brush", "text", 20, 1) is not drawn
