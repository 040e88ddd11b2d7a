"""What may go when the artist says so: the files of jobs that are over since a while.

Nothing that the artist or a service made is deleted by itself. Only here is anything of jobs
removed, on a word that was asked for; the row of a job stays, and says what became of it. That a
job has no folder any more is all the sign there is, and a start takes it as it finds it. Never
touched are jobs under way, unknown or partial ones, whatever has no row, and the artist's folders.
"""

import shutil
from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path

from app.model.errors import StorageError
from app.model.holding import Old
from app.model.job import JobState
from app.model.record import JobRecord
from app.storage.files.faults import reported
from app.storage.files.writing import private_folder
from app.storage.folders import aside_folder
from app.storage.holdings import nbytes_of
from app.storage.jobs.folder import PARAMETERS, whole_picture
from app.storage.jobs.table import JobTable
from app.storage.jobs.whole_pictures import WholePictures

LEAVING = ".leaving"

Remove = Callable[[Path], object]
"""Takes a file or a folder away, or leaves it where it is."""

_NEEDED = frozenset({JobState.UNKNOWN, JobState.PARTIAL})
"""Of these something that was paid for may still be found."""


def old_files(table: JobTable, pictures: WholePictures, before: datetime) -> Old:
    """What could go now. Looks at every job's folder, and so takes a moment."""
    found = [record for record in _candidates(table, before) if record.folder.is_dir()]
    spared = _named(table.jobs, frozenset(record.id for record in found))
    unneeded = pictures.unneeded(spared, before) if spared is not None else []
    gone = [*(record.folder for record in found), *unneeded]
    return Old(
        before=before,
        job_ids=tuple(record.id for record in found),
        pictures=len(unneeded),
        moved=sum(map(_has_moved, found)),
        nbytes=sum(map(nbytes_of, gone)),
    )


def forget_files(table: JobTable, pictures: WholePictures, old: Old, remove: Remove) -> Old:
    """Let `remove` take what `old` tells of, as far as that still holds; what is there still."""
    for job_id in old.job_ids:
        with table.transaction() as database:  # meanwhile no job takes a step
            record = table.one(database, job_id)
            if _is_over(record, old.before) and record.folder.is_dir():
                remove(record.folder)
    if (needed := _named(table.jobs)) is not None:
        pictures.forget(needed, old.before, remove)
    return old_files(table, pictures, old.before)


def erase(path: Path) -> None:
    """Delete for good. It has lost its name before it is taken apart: a job is whole or gone."""
    leaving = path.parent / LEAVING
    with reported(path):
        path.rename(private_folder(leaving) / path.name)
        shutil.rmtree(leaving)  # and what an earlier end has left of it


def _candidates(table: JobTable, before: datetime) -> list[JobRecord]:
    records = table.select("WHERE state = ? OR hidden ORDER BY created", JobState.DONE)
    return [record for record in records if _is_over(record, before)]


def _is_over(record: JobRecord, before: datetime) -> bool:
    has_ended = record.state.is_final and record.state not in _NEEDED
    is_over = record.state is JobState.DONE or (record.is_hidden and has_ended)
    return is_over and record.changed < before


def _has_moved(record: JobRecord) -> bool:
    return not all(result.path.is_file() for result in record.results)


def _named(jobs: Path, besides: frozenset[str] = frozenset()) -> frozenset[str] | None:
    """The whole pictures that jobs name, `besides` some; None when that cannot be told."""
    folders = (folder for folder in _folders(jobs) if folder.name not in besides)
    try:
        return frozenset(name for folder in folders if (name := whole_picture(folder)))
    except StorageError:
        return None


def _folders(jobs: Path) -> Iterator[Path]:
    """All that may be a job's: also what was set aside, and what has no row."""
    for place in (jobs, aside_folder(jobs.parent)):
        if place.is_dir():
            with reported(place):
                yield from (path.parent for path in place.glob(f"*/{PARAMETERS}"))
