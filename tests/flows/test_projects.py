"""Projects as an artist keeps them: saved, changed, opened again, and never lost."""

import asyncio
import os
import shutil
import signal
import zipfile
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QFileDialog, QLabel

from app.access import Access
from app.model.project import OpenedProject
from app.model.services import BUILTIN
from app.parts import Parts
from app.session.parameters import ParameterState
from app.storage.autosave.store import Autosaves
from app.storage.folders import Folders
from app.storage.pictures import drafts
from app.storage.pictures.early import EarlyReading
from app.storage.pictures.reading import Reading
from tests.support.pictures import load, pictures
from tests.support.projects import FIXTURES, is_same, make_project, reopened, save_project
from tests.support.studio import Studio, in_studio, photo

CTRL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier


def message(studio: Studio) -> str:
    return studio.find("message", QLabel).text()


def notice(studio: Studio) -> str:
    told = studio.window.stage.notice
    return told.message.title if told.isVisible() and told.message else ""


def parameters(studio: Studio) -> ParameterState:
    found = studio.window.findChild(ParameterState)
    assert found is not None
    return found


async def save_as(studio: Studio, path: Path) -> None:
    """Answer the dialog that asks where."""
    await studio.until(lambda: studio.window.findChild(QFileDialog) is not None)
    dialog = studio.find("save_project_dialog", QFileDialog)
    dialog.setDirectory(str(path.parent))
    dialog.selectFile(path.name)
    dialog.accept()
    await studio.until(lambda: message(studio) == f"Saved as {path.name}.")
    studio.window.activateWindow()  # shortcuts work in the active window alone
    await studio.until(studio.window.isActiveWindow)


async def open_project(studio: Studio, path: Path) -> None:
    studio.window.recent.chosen.emit(str(path))
    await studio.until(lambda: studio.window.windowTitle().startswith(path.name))


def test_a_picture_becomes_a_project_and_comes_back_whole(
    qapp: QApplication, tmp_path: Path
) -> None:
    path = tmp_path / "boat.ora"

    async def first(studio: Studio) -> None:
        photo(tmp_path / "lake.png")
        await studio.open(tmp_path / "lake.png")
        assert not studio.window.isWindowModified()
        studio.drag_across_middle()
        parameters(studio).edit(prompt="a red sail")
        await studio.until(studio.window.isWindowModified)
        studio.press(Qt.Key.Key_S, CTRL)
        await save_as(studio, path)
        await studio.until(lambda: studio.window.windowTitle() == "boat.ora[*] – Maskwright")
        assert not studio.window.isWindowModified()
        assert studio.window.recent.actions()[0].text() == "boat.ora"
        studio.drag_across_middle(120)
        await studio.until(studio.window.isWindowModified)
        studio.press(Qt.Key.Key_S, CTRL)
        await studio.until(lambda: not studio.window.isWindowModified())
        masks.append(studio.document.mask_snapshot().plane())

    def is_offered_again() -> bool:
        return bool(Autosaves(Folders.under(tmp_path / "home").autosave, load).kept())

    async def second(studio: Studio) -> None:
        parameters(studio).edit(prompt="something else")
        await open_project(studio, path)
        assert np.array_equal(studio.document.mask_snapshot().plane(), masks[0])
        assert parameters(studio).value.prompt == "a red sail"
        assert studio.document.picture is not None
        assert studio.document.picture.name == "lake.png"
        assert not studio.document.can_undo
        assert notice(studio) == ""
        await studio.until(lambda: studio.window.windowTitle() == "boat.ora[*] – Maskwright")
        assert not studio.window.isWindowModified()

    masks: list[np.ndarray] = []
    in_studio(first, tmp_path / "home", qapp)
    assert masks[0].any()
    assert path.with_name("boat.ora~").exists()
    assert not is_offered_again()
    in_studio(second, tmp_path / "home", qapp)
    assert not is_offered_again()


def test_a_dropped_project_is_opened_over_a_mask_as_one_step(
    qapp: QApplication, tmp_path: Path
) -> None:
    async def story(studio: Studio) -> None:
        photo(tmp_path / "lake.png")
        await studio.open(tmp_path / "lake.png")
        studio.drag_across_middle()
        shutil.copy(FIXTURES / "format-1.ora", tmp_path / "old.ora")
        data = QMimeData()
        data.setUrls([QUrl.fromLocalFile(str(tmp_path / "old.ora"))])
        given = (Qt.DropAction.CopyAction, data, Qt.MouseButton.NoButton, Qt.KeyboardModifier(0))
        QApplication.sendEvent(studio.window, QDragEnterEvent(QPoint(9, 9), *given))
        QApplication.sendEvent(studio.window, QDropEvent(QPointF(9, 9), *given))
        await studio.until(lambda: studio.window.windowTitle().startswith("old.ora"))
        assert np.array_equal(studio.document.mask_snapshot().plane(), make_project().mask)
        studio.press(Qt.Key.Key_Z, CTRL)
        title = "lake.png[*] – Maskwright"
        await studio.until(lambda: studio.window.windowTitle() == title)
        assert studio.window.isWindowModified()

    in_studio(story, tmp_path / "home", qapp)


@pytest.mark.parametrize(
    "answer", ["changed_both", "changed_overwrite", "changed_cancel", "escape"]
)
def test_a_file_that_another_program_changed_is_asked_about(
    qapp: QApplication, tmp_path: Path, answer: str
) -> None:
    path = tmp_path / "boat.ora"

    async def story(studio: Studio) -> None:
        save_project(path, make_project(240, 160), None)
        await open_project(studio, path)
        studio.press(Qt.Key.Key_Delete)
        save_project(path, make_project(240, 160, seed=9), None)
        theirs.append(path.read_bytes())
        studio.press(Qt.Key.Key_S, CTRL)
        await studio.until(lambda: studio.window.findChild(QDialog, "changed_dialog") is not None)
        if answer == "escape":
            QTest.keyClick(studio.find("changed_dialog"), Qt.Key.Key_Escape)
        else:
            studio.click(answer)
        is_kept = answer in {"changed_both", "changed_overwrite"}
        await studio.until(lambda: studio.window.isWindowModified() != is_kept)
        await studio.until(lambda: studio.window.findChild(QDialog, "changed_dialog") is None)

    theirs: list[bytes] = []
    in_studio(story, tmp_path / "home", qapp)
    ours = {"changed_both": "boat-2.ora", "changed_overwrite": "boat.ora"}.get(answer)
    their = path.with_name("boat.ora~") if answer == "changed_overwrite" else path
    assert their.read_bytes() == theirs[0]
    assert (tmp_path / "boat-2.ora").exists() == (answer == "changed_both")
    if ours is not None:
        assert not reopened(tmp_path / ours).project.mask.any()


def refusals(folder: Path) -> dict[str, str]:
    """Files that are no whole project, and what is told of each."""
    save_project(folder / "cut.ora", make_project(), None)
    data = (folder / "cut.ora").read_bytes()
    (folder / "cut.ora").write_bytes(data[:-30])
    (folder / "empty.ora").write_bytes(b"")
    (folder / "words.ora").write_text("once upon a time")
    return {
        "cut.ora": "“cut.ora” is a damaged or unsafe project",
        "empty.ora": "“empty.ora” is empty",
        "words.ora": "“words.ora” is not a picture",
    }


def test_what_is_no_whole_project_leaves_all_as_it_was(qapp: QApplication, tmp_path: Path) -> None:
    async def story(studio: Studio) -> None:
        photo(tmp_path / "lake.png")
        await studio.open(tmp_path / "lake.png")
        studio.drag_across_middle()
        mask, picture = studio.document.mask_snapshot().plane(), studio.document.picture
        for name, words in refusals(tmp_path).items():
            studio.window.recent.chosen.emit(str(tmp_path / name))
            await told(studio, words)
        assert studio.document.picture is picture
        assert np.array_equal(studio.document.mask_snapshot().plane(), mask)

    in_studio(story, tmp_path / "home", qapp)


async def told(studio: Studio, words: str) -> None:
    await studio.until(lambda: words in notice(studio))


def test_a_project_that_its_reader_does_not_survive_is_told_and_costs_nothing(
    qapp: QApplication, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "boat.ora"
    save_project(path, make_project(), None)

    def die(reading: Reading, *_: object) -> None:
        os.kill(reading._reader.pid, signal.SIGKILL)

    async def story(studio: Studio) -> None:
        photo(tmp_path / "lake.png")
        await studio.open(tmp_path / "lake.png")
        studio.drag_across_middle()
        mask, picture = studio.document.mask_snapshot().plane(), studio.document.picture
        with monkeypatch.context() as patch:
            patch.setattr(drafts, "LARGE", 1)
            patch.setattr(Reading, "_show", die)
            studio.window.recent.chosen.emit(str(path))
            await told(studio, "“boat.ora” could not be read")
        assert studio.document.picture is picture
        assert np.array_equal(studio.document.mask_snapshot().plane(), mask)
        await open_project(studio, path)
        assert np.array_equal(studio.document.mask_snapshot().plane(), make_project().mask)

    in_studio(story, tmp_path / "home", qapp)


def test_the_last_good_version_is_opened_and_named(qapp: QApplication, tmp_path: Path) -> None:
    path = tmp_path / "boat.ora"
    for seed in (1, 2):
        save_project(path, make_project(240, 160, seed=seed), None)
    path.write_bytes(path.read_bytes()[:500])

    async def story(studio: Studio) -> None:
        studio.window.recent.chosen.emit(str(path))
        await told(studio, "“boat.ora” is damaged; its last good version “boat.ora~” is open")
        await studio.until(studio.window.isWindowModified)
        studio.press(Qt.Key.Key_S, CTRL)  # never back over either of them unasked
        await studio.until(lambda: studio.window.findChild(QFileDialog) is not None)
        assert Path(studio.find("save_project_dialog", QFileDialog).selectedFiles()[0]) == path

    in_studio(story, tmp_path / "home", qapp)
    assert path.stat().st_size == 500


def test_a_project_that_cannot_be_written_is_told_and_nothing_is_lost(
    qapp: QApplication, tmp_path: Path
) -> None:
    path = tmp_path / "gone" / "boat.ora"

    async def story(studio: Studio) -> None:
        path.parent.mkdir()
        save_project(path, make_project(240, 160), None)
        await open_project(studio, path)
        studio.press(Qt.Key.Key_Delete)
        shutil.move(path.parent, tmp_path / "moved")
        studio.press(Qt.Key.Key_S, CTRL)
        await told(studio, "is not there any more")
        await studio.until(studio.window.isWindowModified)
        studio.click("notice_action")
        await save_as(studio, tmp_path / "again.ora")
        await studio.until(lambda: not studio.window.isWindowModified())

    in_studio(story, tmp_path / "home", qapp)
    assert not reopened(tmp_path / "again.ora").project.mask.any()
    assert reopened(tmp_path / "moved" / "boat.ora").project.mask.any()


def test_closing_waits_for_what_is_being_saved(qapp: QApplication, tmp_path: Path) -> None:
    async def story(studio: Studio) -> None:
        photo(tmp_path / "lake.png", 1200, 800)
        await studio.open(tmp_path / "lake.png")
        studio.press(Qt.Key.Key_S, CTRL | SHIFT)
        dialog = studio.find("save_project_dialog", QFileDialog)
        dialog.fileSelected.emit(str(tmp_path / "boat.ora"))
        dialog.close()
        await asyncio.sleep(0)

    in_studio(story, tmp_path / "home", qapp)
    assert reopened(tmp_path / "boat.ora").project.picture.size == (1200, 800)


def test_a_project_named_on_the_command_line_is_read_early_and_opened(tmp_path: Path) -> None:
    path = tmp_path / "boat.ora"
    save_project(path, make_project(), None)
    folders = Folders.under(tmp_path / "home")
    access = Access(
        Parts(folders, pictures=pictures), folders, lambda: BUILTIN, EarlyReading(pictures, path)
    )
    found = asyncio.run(access.open(path))
    assert isinstance(found, OpenedProject)
    assert is_same(found.project, make_project())


def test_qt_reads_the_merged_picture_as_it_was_written(tmp_path: Path) -> None:
    save_project(tmp_path / "boat.ora", make_project(64, 48), None)
    with zipfile.ZipFile(tmp_path / "boat.ora") as archive:
        image = QImage.fromData(archive.read("mergedimage.png"), "PNG")
    assert (image.width(), image.height(), image.isNull()) == (64, 48, False)
    picture = make_project(64, 48).picture
    assert image.pixelColor(0, 0).getRgb()[:3] == tuple(
        picture.rgb[0, 0]
    )  # nothing is painted there
