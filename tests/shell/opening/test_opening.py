"""Files come in by dialog, by drop, from the recent ones."""

import asyncio
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, Qt
from PySide6.QtWidgets import QFileDialog, QWidget

from tests.shell.opening.disk import drop, files, notice


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


def test_what_cannot_be_opened_is_told_and_changes_nothing(
    shown, opening, document, picture, preferences, tasks
):
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


def test_all_that_could_not_be_opened_is_told_no_more_once_a_picture_is_open(shown, opening, tasks):
    for name in ("notes.txt", "more.txt", "lake.png"):
        opening.open(Path("/pictures", name))
        tasks.run()
    assert not shown.stage.notice.isVisible()


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


def test_the_sample_is_opened_but_not_remembered(
    qtbot, shown, opening, document, preferences, tasks
):
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


LONG = "a" * 251 + ".png"
ODD_NAMES = ["a\nb.png", "\u202egnp.exe.png", "\udcff\udcfe.png", "\U0001f3a8.png", LONG]


@pytest.mark.parametrize("name", ODD_NAMES, ids=ascii)
def test_whatever_its_name_a_file_opens_and_is_told_in_one_line(
    shown, opening, document, preferences, disk, tasks, name
):
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
