"""A picture with something painted on it, to operate on."""

import pytest

from app.canvas.canvas import Canvas
from app.shell.editing import Editing
from app.shell.operating import Operating
from tests.shell.conftest import make_picture
from tests.shell.operating.hands import paint


@pytest.fixture
def operating(shown, theme, document, tools, operations):
    shown.set_canvas(Canvas(document, tools, theme))
    Editing(shown, document, tools, shown)
    operating = Operating(shown, theme, document, operations, shown)
    document.open(make_picture("lake.png", 300, 200))
    paint(document)
    shown.stage.take_keys()
    return operating
