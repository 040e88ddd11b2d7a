"""What a job leaves in the program's own folders goes to the trash when the artist says so."""

from pathlib import Path

import pytest
from PIL import Image
from PySide6.QtWidgets import QApplication, QDoubleSpinBox, QLabel, QWidget

from app.model.job import JobState
from app.session import upkeep
from app.session.queue import JobQueue
from tests.support.journaling import recovered
from tests.support.studio import Studio, in_studio, photo


async def redraw(studio: Studio, picture: Path) -> None:
    """One picture in place of a stroke, done and noted as such."""
    photo(picture)
    await studio.open(picture)
    studio.find("image_num", QDoubleSpinBox).setValue(1)
    studio.drag_across_middle()
    await studio.until(studio.find("generate").isEnabled)
    studio.click("generate")
    queue = studio.window.findChild(JobQueue)
    assert queue is not None
    await studio.until(lambda: studio.pictures() == 1 and not queue.running)


async def clean_up(studio: Studio) -> None:
    studio.click("pages_storage")
    studio.click("clean_up")
    await studio.until(lambda: studio.window.findChild(QWidget, "clean_up_agree") is not None)
    studio.click("clean_up_agree")
    await studio.until(lambda: studio.find("size_jobs", QLabel).text() == "0 bytes")


def test_a_discreet_job_is_cleaned_up_and_its_result_and_record_stay(
    tmp_path: Path, qapp: QApplication, monkeypatch: pytest.MonkeyPatch
) -> None:
    ago = upkeep.before
    monkeypatch.setattr(upkeep, "before", lambda days: ago(days - 31))  # a month has passed

    async def story(studio: Studio) -> None:
        studio.window.actions_table["preferences"].trigger()
        studio.click("describes_results")
        studio.click("close")
        await redraw(studio, tmp_path / "photo.png")
        studio.window.actions_table["preferences"].trigger()
        await clean_up(studio)
        (result,) = studio.saved()
        with Image.open(result) as image:
            image.load()
            assert image.info.keys() <= {"srgb"}

    in_studio(story, tmp_path, qapp)
    told, (record,) = recovered(tmp_path / "data")
    assert told.is_quiet
    assert (record.state, record.folder.exists()) == (JobState.DONE, False)
    assert record.results[0].path.is_file()
