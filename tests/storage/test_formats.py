"""What earlier versions have written stays readable: one of each, never made anew."""

import shutil
from pathlib import Path

from app.model.geometry import Size
from app.model.job import JobState
from app.session.preferences import PreferencesRecord
from app.storage.autosave.store import Autosaves
from app.storage.jobs.journal import SqliteJournal
from app.storage.settings import SettingsFile
from tests.support.pictures import load, load_bytes

DATA = Path(__file__).parents[1] / "data"


def test_a_mask_of_autosave_version_1_is_gone_on_with(tmp_path: Path) -> None:
    shutil.copytree(DATA / "autosave", tmp_path / "autosave")
    store = Autosaves(tmp_path / "autosave", load)
    (kept,) = store.kept()
    work = store.work(kept)
    assert (kept.size, work.parameters) == (Size(300, 200), {"steps": 9})
    assert work.mask[:128, :128].all()
    assert set(work.mask[:128, 128:192].ravel()) == {200}
    assert not work.mask[128:].any()
    assert work.picture is not None
    assert work.picture.size == kept.size


def test_settings_of_version_1_keep_every_choice(tmp_path: Path) -> None:
    shutil.copy(DATA / "settings" / "version-1.json", tmp_path / "settings.json")
    record = PreferencesRecord.from_json(SettingsFile(tmp_path).load())
    assert (record.theme, record.images_per_minute) == ("light", 20)
    assert record.results_folder == "/pictures/results"
    assert tuple(record.recent_files) == ("/pictures/boat.png",)


def test_a_journal_of_version_2_goes_on_where_it_stood(tmp_path: Path) -> None:
    shutil.copytree(DATA / "journal" / "version-2", tmp_path / "data")
    journal = SqliteJournal(tmp_path / "data", load_bytes)
    try:
        assert journal.recover().is_quiet
        states = {int(record.id): record.state for record in journal.recent(9)}
        assert states == {1: JobState.PREPARED, 2: JobState.UNKNOWN, 3: JobState.SUBMITTED}
        sent = journal.job(f"{3:032}")
        assert sent is not None
        assert sent.task_id == "t-3"
        assert journal.upload(sent).image.startswith(b"\x89PNG")
    finally:
        journal.close()
