"""Putting right what an end left that was none: a kill, a power cut, a lost or damaged journal."""

import logging
import os
import re
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field, replace
from pathlib import Path

from app.model.errors import StorageError
from app.model.job import JobState
from app.model.record import JobRecord, RawRecord, Recovery, ResultRecord
from app.storage.files.faults import reported
from app.storage.files.staging import PART, sweep
from app.storage.files.writing import move_folder, private_folder
from app.storage.folders import aside_folder
from app.storage.jobs import rows
from app.storage.jobs.arrivals import raws_in, results_in
from app.storage.jobs.standing import adopted, reconciled
from app.storage.jobs.steps import later
from app.storage.jobs.table import JobTable
from app.storage.jobs.trace import copy_trace

log = logging.getLogger(__name__)

_JOB_ID = re.compile(r"[0-9a-f]{32}")
_DAY = re.compile(r"\d{4}-\d\d-\d\d")

IsOurs = Callable[[str], bool]
"""Whether a job was begun by this very program since it started: nothing is amiss with it."""


@dataclass(slots=True)
class _Found:
    unknown: list[str] = field(default_factory=list)
    adopted: list[str] = field(default_factory=list)
    set_aside: list[Path] = field(default_factory=list)
    pictures: int = 0
    refusal: StorageError | None = None


def recover(table: JobTable, data: Path, elsewhere: Iterable[Path], is_ours: IsOurs) -> Recovery:
    """Remove half-written files, bring table and folders to say the same; tell what differed.

    While another program uses the table too, jobs are not touched: they may be its own. None
    can begin to use it meanwhile.
    """
    told = Recovery(damaged=table.damaged, is_restored=table.is_restored, refusal=table.refusal)
    if table.refusal is not None:
        return told
    _sweep_all(data, elsewhere)
    with table.alone() as is_alone:
        if not is_alone:
            return replace(told, is_alone=False)
        found = _compared(table, aside_folder(data), is_ours)
    return replace(
        told,
        refusal=found.refusal,
        unknown=tuple(found.unknown),
        adopted=tuple(found.adopted),
        set_aside=tuple(found.set_aside),
        found=found.pictures,
    )


def _sweep_all(data: Path, elsewhere: Iterable[Path]) -> None:
    """Remove half-written files from all of the data folder, and from other folders of ours.

    Of what is in those only the folders for a day are ours for certain.
    """
    for parent, _, names in os.walk(data):
        if any(name.endswith(PART) for name in names):
            sweep(Path(parent))
    for place in elsewhere:
        sweep(place)
        with suppress(OSError):  # of a place that is gone or does not answer
            for folder in place.iterdir():
                if _DAY.fullmatch(folder.name):
                    sweep(folder)


def _compared(table: JobTable, aside: Path, is_ours: IsOurs) -> _Found:
    """Go through all jobs that are not known to be done; one that the disk refuses stops no other.

    Folders that hold no whole job are moved to `aside`.
    """
    found = _Found()
    known = table.ids()
    for row in table.select("WHERE state <> ?", JobState.DONE):
        if not is_ours(row.id):
            with _noted(found):
                _settle(row, table, found)
    for folder in _folders(table.jobs):
        if folder.name not in known and not is_ours(folder.name):
            with _noted(found):
                _take_in(folder, table, aside, found)
    return found


@contextmanager
def _noted(found: _Found) -> Iterator[None]:
    try:
        yield
    except StorageError as error:
        log.warning("a job could not be put right: %s", error.kind)
        found.refusal = error


def _settle(row: JobRecord, table: JobTable, found: _Found) -> None:
    """Bring a row up to what its folder says."""
    now = reconciled(row)
    results, raws = _arrived(row)
    if now == row and not results and not raws:
        return
    now = later(now)
    with table.transaction() as database:
        rows.update_job(database, now)
        rows.keep_arrived(database, now.id, results, raws)
    copy_trace(now)
    found.pictures += len(results) + len(raws)
    if now.state is JobState.UNKNOWN and row.state is not JobState.UNKNOWN:
        found.unknown.append(row.id)


def _take_in(folder: Path, table: JobTable, aside: Path, found: _Found) -> None:
    """Add the row of a folder that has none."""
    job = adopted(folder)
    if job is None:
        found.set_aside.append(move_folder(folder, private_folder(aside)))
        return
    results, raws = _arrived(job)
    if job.state is JobState.DONE and not results:
        job = replace(job, state=JobState.PARTIAL)  # done is only what has its results
    job = later(job)
    with table.transaction() as database:
        rows.insert_job(database, job)
        rows.keep_arrived(database, job.id, results, raws)
    copy_trace(job)
    found.adopted.append(job.id)
    found.pictures += len(results) + len(raws)
    if job.state is JobState.UNKNOWN:
        found.unknown.append(job.id)


def _arrived(job: JobRecord) -> tuple[list[ResultRecord], list[RawRecord]]:
    """What the folder has of a job's pictures and its row has not."""
    have = {result.index for result in job.results}
    results = [result for result in results_in(job.folder) if result.index not in have]
    have |= {result.index for result in results}
    known = {raw.path for raw in job.raws}
    # Those that are known are not read again at every start: they may be many.
    raws = raws_in(job.folder, lambda index, path: index not in have and path not in known)
    return results, list(raws)


def _folders(jobs: Path) -> list[Path]:
    if not jobs.is_dir():
        return []
    with reported(jobs):
        return sorted(path for path in jobs.iterdir() if _JOB_ID.fullmatch(path.name))
