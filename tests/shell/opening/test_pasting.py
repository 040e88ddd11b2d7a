"""Pictures come in by the clipboard."""

import numpy as np
import pytest
from PySide6.QtCore import QMimeData, QUrl
from PySide6.QtGui import QColor, QImage
from PySide6.QtWidgets import QWidget

from app.model.errors import PictureError
from app.shell.pixels import image_of, picture_of
from tests.shell.opening.disk import drop, files


def test_a_copied_picture_is_pasted(clipboard, shown, opening, document, tasks):
    image = QImage(3, 2, QImage.Format.Format_RGB32)
    image.fill(QColor(10, 20, 30))
    clipboard.setImage(image)
    shown.actions_table["paste"].trigger()
    tasks.run()
    assert document.picture.size == (3, 2)
    assert document.picture.alpha is None
    assert list(document.picture.pixels[0, 0]) == [30, 20, 10, 255]


def test_a_copied_file_is_opened(clipboard, shown, opening, document, tasks):
    clipboard.setMimeData(files("/pictures/lake.png"))
    shown.actions_table["paste"].trigger()
    tasks.run()
    assert document.picture.name == "lake.png"


def test_pasting_text_says_that_it_is_no_picture(clipboard, shown, opening, document):
    clipboard.setText("a lake")
    shown.actions_table["paste"].trigger()
    assert document.picture is None
    assert "no picture" in shown.findChild(QWidget, "message").text()


def test_alpha_goes_to_the_clipboard_and_back(qapp):
    image = QImage(5, 4, QImage.Format.Format_ARGB32)
    image.fill(QColor(200, 100, 50, 128))
    picture = picture_of(image, "x")
    assert picture.alpha is not None
    assert np.all(picture.alpha == 128)
    assert image_of(picture) == image


class Bytes:
    """Reads what was pasted."""

    def __init__(self, picture) -> None:
        self.read: list[bytes] = []
        self._picture = picture

    async def load(self, source: bytes, watch):
        self.read.append(source)
        if b"no picture" in source:
            raise PictureError("not_a_picture")
        return self._picture("")


@pytest.fixture
def decoder(opening):
    from tests.shell.conftest import make_picture

    reader = Bytes(make_picture)
    opening._load = reader.load
    return reader


def encoded(**forms: bytes) -> QMimeData:
    """What another program puts on the clipboard: some forms of a picture, encoded."""
    data = QMimeData()
    for form, content in forms.items():
        data.setData(f"image/{form}", content)
    return data


def test_what_another_program_copied_is_not_decoded_by_qt(
    clipboard, shown, opening, decoder, document, tasks
):
    clipboard.setMimeData(encoded(bmp=b"one", png=b"two", **{"x-icon": b"three"}))
    shown.actions_table["paste"].trigger()
    tasks.run()
    assert decoder.read == [b"two"]
    assert document.picture.name == "Pasted picture"


def test_a_form_that_cannot_be_read_is_no_picture(clipboard, shown, opening, decoder, document):
    clipboard.setMimeData(encoded(**{"svg+xml": b"<svg/>"}))
    shown.actions_table["paste"].trigger()
    assert decoder.read == []
    assert "no picture" in shown.findChild(QWidget, "message").text()


def test_pasted_bytes_that_are_no_picture_are_told(
    clipboard, shown, opening, decoder, document, picture, tasks
):
    document.open(picture)
    clipboard.setMimeData(encoded(png=b"no picture"))
    shown.actions_table["paste"].trigger()
    tasks.run()
    assert shown.stage.notice.isVisible()
    assert document.picture is picture


@pytest.mark.parametrize(
    "make",
    [
        lambda data: data.setUrls([QUrl("https://example.invalid/a.png")]),
        lambda data: data.setText("a lake " * 1_000_000),
        lambda data: data.setHtml("<img src='https://example.invalid/a.png'>"),
    ],
    ids=["an address", "much text", "a web page"],
)
def test_what_is_no_local_file_is_no_picture(clipboard, shown, opening, document, make):
    data = QMimeData()
    make(data)
    assert not drop(shown, data).isAccepted()
    clipboard.setMimeData(data)
    shown.actions_table["paste"].trigger()
    assert document.picture is None
    assert "no picture" in shown.findChild(QWidget, "message").text()
