"""Ways in for a picture, and what happens when there is none in it."""

import asyncio
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QColor, QDragEnterEvent, QDropEvent, QImage
from PySide6.QtWidgets import QApplication, QFileDialog, QPlainTextEdit, QWidget

from app.model.draft import Draft
from app.model.errors import PictureError
from app.model.geometry import Size
from app.model.picture import Picture
from app.shell.opening import Opening
from app.shell.pixels import image_of, picture_of

NO_BUTTON = Qt.MouseButton.NoButton
NO_KEY = Qt.KeyboardModifier.NoModifier


class Disk:
    """Loads what a test allows, when it allows it."""

    def __init__(self, picture) -> None:
        self.picture = picture
        self.gates: dict[str, asyncio.Event] = {}
        self.drafts: dict[str, list[Draft]] = {}

    async def load(self, path: Path, watch):
        for draft in self.drafts.get(path.name, ()):
            watch(draft)
        if path.name in self.gates:
            await self.gates[path.name].wait()
        if path.suffix == ".txt":
            raise PictureError("not_a_picture", path)
        return self.picture(path.name)


@pytest.fixture
def disk():
    from tests.shell.conftest import make_picture

    return Disk(make_picture)


@pytest.fixture
def prompt(shown):
    editor = QPlainTextEdit(shown.panel)
    editor.show()
    return editor


@pytest.fixture
def opening(shown, theme, prompt, opened, preferences, disk, beside, tasks):
    return Opening(shown, theme, opened, preferences, disk.load, beside, tasks.spawn)


def notice(window):
    return window.findChild(QWidget, "notice_title").text()


def drop(widget, data) -> QDropEvent:
    at, copy = QPoint(5, 5), Qt.DropAction.CopyAction
    enter = QDragEnterEvent(at, copy, data, NO_BUTTON, NO_KEY)
    QApplication.sendEvent(widget, enter)
    event = QDropEvent(QPointF(at), copy, data, NO_BUTTON, NO_KEY)
    if enter.isAccepted():
        QApplication.sendEvent(widget, event)
    return event


def files(*paths: str) -> QMimeData:
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(path) for path in paths])
    data.setText(paths[0])
    return data


def test_a_file_is_opened_and_remembered(shown, opening, document, preferences, tasks):
    opening.open(Path("/pictures/lake.png"))
    tasks.run()
    assert document.picture.name == "lake.png"
    assert preferences.value.recent_files == ("/pictures/lake.png",)
    assert [action.text() for action in shown.recent.actions()] == ["lake.png"]


def test_a_recent_file_is_opened_from_its_menu(shown, opening, document, preferences, tasks):
    preferences.edit(recent_files=("/pictures/a & b.png", "/pictures/c.png"))
    shown.recent.actions()[0].trigger()
    tasks.run()
    assert document.picture.name == "a & b.png"
    assert preferences.value.recent_files[0] == "/pictures/a & b.png"


def test_what_cannot_be_opened_is_told_and_changes_nothing(shown, opening, document, picture,
                                                           preferences, tasks):  # fmt: skip
    document.open(picture)
    opening.open(Path("/pictures/notes.txt"))
    assert opening.is_reading
    tasks.run()
    assert not opening.is_reading
    assert document.picture is picture
    assert notice(shown) == "“notes.txt” is not a picture"
    assert shown.findChild(QWidget, "message").text() == ""
    assert shown.stage.notice.isVisible()
    assert preferences.value.recent_files == ()


def test_the_old_picture_stays_while_the_new_one_loads(opening, document, picture, disk, tasks):
    document.open(picture)
    disk.gates["slow.png"] = asyncio.Event()
    opening.open(Path("/slow.png"))
    tasks.run(until=lambda: True)
    assert document.picture is picture
    disk.gates["slow.png"].set()
    tasks.run()
    assert document.picture.name == "slow.png"


def test_the_last_one_asked_for_wins(shown, opening, document, disk, tasks):
    disk.gates["slow.png"] = asyncio.Event()
    disk.gates["slow.txt"] = asyncio.Event()
    opening.open(Path("/slow.png"))
    opening.open(Path("/slow.txt"))
    opening.open(Path("/quick.png"))
    with pytest.raises(asyncio.CancelledError):  # the end of the other two
        tasks.run()
    assert document.picture.name == "quick.png"
    assert not shown.stage.notice.isVisible()


def test_the_sample_is_opened_but_not_remembered(qtbot, shown, opening, document, preferences,
                                                 tasks):  # fmt: skip
    qtbot.mouseClick(shown.findChild(QWidget, "try_sample"), Qt.MouseButton.LeftButton)
    tasks.run()
    assert document.picture.name == "lake.jpg"
    assert preferences.value.recent_files == ()


def test_the_dialog_does_not_block(qtbot, shown, opening):
    shown.actions_table["open"].trigger()
    dialog = shown.findChild(QFileDialog, "open_dialog")
    qtbot.waitUntil(dialog.isVisible)
    dialog.reject()


@pytest.mark.parametrize("place", ["window", "prompt"])
def test_a_file_dropped_anywhere_is_opened(shown, prompt, opening, document, tasks, place):
    target = shown if place == "window" else prompt.viewport()
    assert drop(target, files("/pictures/lake.png")).isAccepted()
    tasks.run()
    assert document.picture.name == "lake.png"
    assert prompt.toPlainText() == ""


def test_text_may_still_be_dropped_into_the_prompt(shown, prompt, opening, document):
    data = QMimeData()
    data.setText("a lake")
    drop(prompt.viewport(), data)
    assert prompt.toPlainText() == "a lake"
    assert document.picture is None


def test_a_copied_picture_is_pasted(qapp, shown, opening, document, tasks):
    image = QImage(3, 2, QImage.Format.Format_RGB32)
    image.fill(QColor(10, 20, 30))
    qapp.clipboard().setImage(image)
    shown.actions_table["paste"].trigger()
    tasks.run()
    assert document.picture.size == (3, 2)
    assert document.picture.alpha is None
    assert list(document.picture.pixels[0, 0]) == [30, 20, 10, 255]


def test_a_copied_file_is_opened(qapp, shown, opening, document, tasks):
    qapp.clipboard().setMimeData(files("/pictures/lake.png"))
    shown.actions_table["paste"].trigger()
    tasks.run()
    assert document.picture.name == "lake.png"


def test_pasting_text_says_that_it_is_no_picture(qapp, shown, opening, document):
    qapp.clipboard().setText("a lake")
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


@pytest.fixture
def big(disk):
    """A picture that is seen, half blue and half not there yet, and then waits."""
    pixels = np.full((40, 80, 4), 255, np.uint8)
    pixels[:, :, :3] = (200, 40, 10)
    alpha = np.full((40, 80), 255, np.uint8)
    alpha[20:] = 0
    size = Size(8000, 4000)
    disk.drafts["big.png"] = [
        Draft(size=size),
        Draft(size=size, picture=Picture(pixels=pixels, alpha=alpha)),
    ]
    disk.gates["big.png"] = asyncio.Event()
    return Path("/pictures/big.png")


def seen(shown) -> QImage:
    return shown.stage.grab().toImage()


def test_a_large_picture_is_seen_while_it_is_read(shown, theme, opening, document, big, disk,
                                                  tasks):  # fmt: skip
    opening.open(big)
    tasks.run(until=lambda: True)
    QApplication.processEvents()
    stage = shown.stage
    middle = stage.rect().center()
    assert seen(shown).pixelColor(middle - QPoint(0, 40)) == QColor(10, 40, 200)
    assert seen(shown).pixelColor(middle + QPoint(0, 40)) == theme.color("canvas")
    assert "8000 × 4000" in shown.findChild(QWidget, "message").text()
    disk.gates["big.png"].set()
    tasks.run()
    assert document.picture.name == "big.png"
    assert not shown.findChild(QWidget, "draft").isVisible()
    assert shown.findChild(QWidget, "message").text() == ""


def test_the_draft_lies_where_the_canvas_shows_the_picture(qtbot, shown, theme, tools, opening,
                                                           document, big, disk,
                                                           tasks):  # fmt: skip
    from app.canvas.canvas import Canvas
    from app.session.display import Display
    from app.shell.viewing import Looking

    display = Display()
    canvas = Canvas(document, tools, theme, display)
    Looking(shown, canvas, display, canvas)
    opening.open(big)
    tasks.run(until=lambda: True)
    QApplication.processEvents()
    before = seen(shown)
    pixels = np.full((4000, 8000, 4), 255, np.uint8)
    pixels[:, :, :3] = (200, 40, 10)
    document.open(Picture(pixels=pixels))
    shown.stage.set_open(True)
    shown.findChild(QWidget, "draft").hide()
    QApplication.processEvents()
    after = seen(shown)
    middle = shown.stage.rect().center()
    blue = QColor(10, 40, 200)

    def edges(image: QImage) -> tuple[int, int, int]:
        row = [x for x in range(image.width()) if image.pixelColor(x, middle.y() - 10) == blue]
        column = [y for y in range(image.height()) if image.pixelColor(middle.x(), y) == blue]
        return row[0], row[-1], column[0]

    assert edges(before) == edges(after)
    disk.gates["big.png"].set()
    tasks.run()


def test_a_draft_takes_the_pointer_from_what_lies_below(qtbot, shown, opening, document, picture,
                                                        big, disk, tasks):  # fmt: skip
    document.open(picture)
    opening.open(big)
    tasks.run(until=lambda: True)
    QApplication.processEvents()
    middle = shown.stage.rect().center()
    assert shown.stage.childAt(middle).objectName() == "draft"
    disk.gates["big.png"].set()
    tasks.run()


def test_it_is_told_while_a_draft_is_seen(opening, document, big, disk, tasks):
    told = []
    opening.draft_shown.connect(told.append)
    opening.open(big)
    tasks.run(until=lambda: True)
    QApplication.processEvents()
    assert told == [True]
    disk.gates["big.png"].set()
    tasks.run()
    assert told == [True, False]


def test_a_draft_goes_when_the_rest_is_damaged(shown, opening, document, big, disk, tasks):
    disk.drafts["big.txt"] = disk.drafts["big.png"]
    opening.open(big.with_suffix(".txt"))
    tasks.run()
    QApplication.processEvents()
    assert not shown.findChild(QWidget, "draft").isVisible()
    assert notice(shown) == "“big.txt” is not a picture"


def test_reading_ends_when_another_picture_is_wanted(opening, document, disk, tasks):
    ended: list[Path] = []

    async def load(path: Path, watch):
        try:
            return await disk.load(path, watch)
        except asyncio.CancelledError:
            ended.append(path)
            raise

    opening._load = load
    disk.gates["slow.png"] = asyncio.Event()
    opening.open(Path("/slow.png"))
    tasks.run(until=lambda: True)
    opening.open(Path("/quick.png"))
    with pytest.raises(asyncio.CancelledError):
        tasks.run()
    assert ended == [Path("/slow.png")]
    assert document.picture.name == "quick.png"


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


def test_what_another_program_copied_is_not_decoded_by_qt(qapp, shown, opening, decoder, document,
                                                          tasks):  # fmt: skip
    qapp.clipboard().setMimeData(encoded(bmp=b"one", png=b"two", **{"x-icon": b"three"}))
    shown.actions_table["paste"].trigger()
    tasks.run()
    assert decoder.read == [b"two"]
    assert document.picture.name == "Pasted picture"


def test_a_form_that_cannot_be_read_is_no_picture(qapp, shown, opening, decoder, document):
    qapp.clipboard().setMimeData(encoded(**{"svg+xml": b"<svg/>"}))
    shown.actions_table["paste"].trigger()
    assert decoder.read == []
    assert "no picture" in shown.findChild(QWidget, "message").text()


def test_pasted_bytes_that_are_no_picture_are_told(qapp, shown, opening, decoder, document,
                                                   picture, tasks):  # fmt: skip
    document.open(picture)
    qapp.clipboard().setMimeData(encoded(png=b"no picture"))
    shown.actions_table["paste"].trigger()
    tasks.run()
    assert shown.stage.notice.isVisible()
    assert document.picture is picture


LONG = "a" * 251 + ".png"
ODD_NAMES = ["a\nb.png", "\u202egnp.exe.png", "\udcff\udcfe.png", "\U0001f3a8.png", LONG]


@pytest.mark.parametrize("name", ODD_NAMES, ids=ascii)
def test_whatever_its_name_a_file_opens_and_is_told_in_one_line(shown, opening, document,
                                                                preferences, disk, tasks,
                                                                name):  # fmt: skip
    disk.gates[name] = asyncio.Event()
    opening.open(Path("/pictures") / name)
    tasks.run(until=lambda: True)
    told = shown.findChild(QWidget, "message").text()
    assert told.startswith("Opening ")
    assert not {"\n", "\u202e", "\udcff"} & set(told)
    disk.gates[name].set()
    tasks.run()
    assert document.picture.name == name
    shown.recent.actions()[0].trigger()
    tasks.run()
    assert preferences.value.recent_files == (f"/pictures/{name}",)
    assert not {"\n", "\u202e"} & set(shown.recent.actions()[0].text())


def test_of_many_dropped_files_one_is_opened(shown, opening, document, disk, tasks):
    drop(shown, files(*(f"/pictures/{number}.png" for number in range(200))))
    tasks.run()
    assert document.picture.name == "0.png"


@pytest.mark.parametrize(
    "make",
    [
        lambda data: data.setUrls([QUrl("https://example.invalid/a.png")]),
        lambda data: data.setText("a lake " * 1_000_000),
        lambda data: data.setHtml("<img src='https://example.invalid/a.png'>"),
    ],
    ids=["an address", "much text", "a web page"],
)
def test_what_is_no_local_file_is_no_picture(qapp, shown, opening, document, make):
    data = QMimeData()
    make(data)
    assert not drop(shown, data).isAccepted()
    qapp.clipboard().setMimeData(data)
    shown.actions_table["paste"].trigger()
    assert document.picture is None
    assert "no picture" in shown.findChild(QWidget, "message").text()
