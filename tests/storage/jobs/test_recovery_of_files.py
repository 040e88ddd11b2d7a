"""What recovery finds and leaves of the files in the jobs' folders."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from app.storage.jobs import arrivals
from app.storage.jobs.sidecar import measured
from tests.storage.conftest import NewJob, RunChild
from tests.storage.jobs.ends import SAVED, SENT, S, killed_after, note, prepare, remove_log
from tests.support.journaling import PNG, recovered, remove_journal, written


def test_a_picture_that_came_and_was_not_saved_is_found(tmp_path: Path, new_job: NewJob) -> None:
    job = new_job()
    data = killed_after(tmp_path / "data", job, [*SAVED, note(S.PARTIAL)])
    folder = data / "jobs" / job.id
    written(folder / "raw-2.jpg", b"paid")
    written(folder / "raw-0-2.png", b"the same, fetched twice")
    written(folder / "result-3.unreadable.bin", b"paid as well")
    written(folder / "raw-4.png", b"")
    told, (record,) = recovered(data)
    assert [
        (raw.index, raw.path.name, raw.size_bytes, raw.is_unreadable) for raw in record.raws
    ] == [
        (2, "raw-2.jpg", 4, False),
        (3, "result-3.unreadable.bin", 12, True),
    ]
    assert (told.found, len(record.results)) == (2, 2)
    assert recovered(data)[0].is_quiet


def test_pictures_that_are_known_are_not_read_again_at_every_start(
    tmp_path: Path, new_job: NewJob, monkeypatch: pytest.MonkeyPatch
) -> None:
    data = killed_after(tmp_path / "data", new_job(), [*SAVED, note(S.PARTIAL)])
    (folder,) = (data / "jobs").iterdir()
    written(folder / "raw-2.png")
    read: list[str] = []

    def noted(path: Path) -> tuple[str, int]:
        read.append(path.name)
        return measured(path)

    monkeypatch.setattr(arrivals, "measured", noted)
    for _ in range(2):
        recovered(data)
    assert read == ["raw-2.png"]


@pytest.mark.parametrize("harm", [Path.unlink, lambda path: path.write_bytes(b"{}")])
def test_a_done_job_is_done_only_with_its_results(
    tmp_path: Path, new_job: NewJob, harm: Callable[[Path], object]
) -> None:
    job = new_job()
    data = killed_after(tmp_path / "data", job, [*SAVED, note(S.DONE)])
    remove_journal(data)
    for index in range(2):
        harm(data / "jobs" / job.id / f"result-{index}.json")
    told, (record,) = recovered(data)
    assert (record.state, record.task_id, record.results) == (S.PARTIAL, "t-1", ())
    assert [raw.path.name for raw in record.raws] == ["raw-0.png", "raw-1.png"]
    assert told.found == 2


def test_folders_that_hold_no_whole_job_are_set_aside_and_kept(
    tmp_path: Path, new_job: NewJob
) -> None:
    job = new_job()
    data = killed_after(tmp_path / "data", job, [prepare])
    remove_journal(data)
    folder = data / "jobs" / job.id
    (folder / "mask.png").write_bytes(b"another mask")
    (data / "set-aside" / job.id).mkdir(parents=True)
    (data / "jobs" / "holiday").mkdir()
    told, records = recovered(data)
    assert (told.set_aside, records) == ((data / "set-aside" / f"{job.id}-2",), ())
    assert (told.set_aside[0] / "image.png").read_bytes() == PNG
    assert [path.name for path in (data / "jobs").iterdir()] == ["holiday"]


def test_half_written_files_are_swept_out_of_all_folders_of_ours(tmp_path: Path) -> None:
    data, results = tmp_path / "data", tmp_path / "results"
    part = ".0123456789abcdef.part"
    ours = [data, data / "pictures", data / "jobs" / "a", results, results / "2026-03-14"]
    others = [results / "holiday", tmp_path]
    for folder in (*ours, *others):
        folder.mkdir(parents=True, exist_ok=True)
        (folder / part).write_bytes(b"half")
    recovered(data, results, tmp_path / "gone", tmp_path / ("x" * 300))
    assert [folder for folder in ours if (folder / part).exists()] == []
    assert all((folder / part).exists() for folder in others)


def test_of_a_folder_that_cannot_be_looked_into_the_row_counts(
    open_folder: Path, new_job: NewJob, run_child: RunChild
) -> None:
    job = new_job()
    data = killed_after(open_folder / "data", job, SENT)
    for path in (data, *data.rglob("*")):
        path.chmod(0o777 if path.is_dir() else 0o666)
    (data / "jobs" / job.id).chmod(0)
    done = run_child(
        """
journal = SqliteJournal(Path(sys.argv[1]), lambda data: None)
print(journal.recover().unknown, journal.recent(9)[0].state)
""",
        data,
        imports="from pathlib import Path; from app.storage.jobs.journal import SqliteJournal",
        as_nobody=True,
    )
    assert done.stdout == f"('{job.id}',) unknown\n", done.stderr


@pytest.mark.parametrize("lose", [lambda data: None, remove_log])
def test_a_trace_that_cannot_be_read_leaves_the_graver_doubt(
    tmp_path: Path, new_job: NewJob, lose: Callable[[Path], None]
) -> None:
    job = new_job()
    data = killed_after(tmp_path / "data", job, [prepare])
    lose(data)
    (data / "jobs" / job.id / "task.json").mkdir()  # as a disk that refuses to read it
    told, (record,) = recovered(data)
    assert (record.state, told.unknown) == (S.UNKNOWN, (job.id,))


def test_a_job_whose_folder_is_gone_comes_to_rest(tmp_path: Path, new_job: NewJob) -> None:
    job = new_job()
    data = killed_after(tmp_path / "data", job, SENT)
    shutil.rmtree(data / "jobs" / job.id)
    told, (record,) = recovered(data)
    assert (record.state, told.unknown) == (S.UNKNOWN, (job.id,))
    assert recovered(data)[0].is_quiet
