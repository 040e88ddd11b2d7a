"""The durable record of jobs: what was asked, where each job stands, what came of it.

A table says where jobs stand; a folder for each holds what was asked, where the job stands once
more, and the service's answers. Each call returns only when what it says is on disk:

- A job is acknowledged only after its picture, mask and parameters are durable.
- No byte is sent before SUBMITTING is durable, in the table and in the folder.
- A task id is durable before it is used or shown.
- DONE is noted only after every result has its row.
- Nothing is deleted but what the artist agrees to (`retention`), and the key is never written.
"""

import shutil
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from functools import partial
from pathlib import Path

from app.model.errors import AppError, StorageError
from app.model.holding import Old
from app.model.job import UNDER_WAY, Attempt, Job, JobState, Upload
from app.model.picture import Picture
from app.model.record import JobRecord, RawRecord, Recovery, ResultRecord
from app.storage.files.faults import reported
from app.storage.files.staging import sync_folder
from app.storage.files.writing import private_folder
from app.storage.folders import jobs_folder, pictures_folder
from app.storage.jobs import rows
from app.storage.jobs.arrivals import copy_result
from app.storage.jobs.folder import asked_images, keep_job, load_job, load_upload
from app.storage.jobs.recovery import recover
from app.storage.jobs.retention import Remove, forget_files, old_files
from app.storage.jobs.sidecar import measured
from app.storage.jobs.steps import hidden, prepared, stepped
from app.storage.jobs.table import JobTable
from app.storage.jobs.trace import copy_trace, keep_task_id, withdraw_trace, write_trace
from app.storage.jobs.whole_pictures import WholePictures
from app.storage.pictures.originals import Decode

Step = Callable[[JobRecord], JobRecord]


class SqliteJournal:
    """The journal in the data folder. Its methods block, and may be called from any thread.

    `decode` reads the pictures that are kept with a job.
    `damaged` is where an unreadable journal was put when this one was opened, else None. With a
    `refusal` nothing can be recorded, as it says, so that nothing can be sent; what there is can
    be read.
    """

    def __init__(self, data: Path, decode: Decode) -> None:
        self._data = data
        self._decode = decode
        self._jobs = jobs_folder(data)
        self._pictures = WholePictures(pictures_folder(data), decode)
        self._table = JobTable(data, self._jobs)
        self._ours: set[str] = set()

    @property
    def damaged(self) -> Path | None:
        return self._table.damaged

    @property
    def refusal(self) -> StorageError | None:
        return self._table.refusal

    def close(self, *, clean: bool = False) -> None:
        """End the use of the file; the journal can be opened again.

        After a `clean` session, one that ended in good order, it is backed up.
        """
        self._table.close(clean=clean)

    def recover(self, *elsewhere: Path) -> Recovery:
        """Put right what an earlier end left, once, before anything is asked of the journal.

        Half-written files are removed from the data folder and from `elsewhere`. While another
        program uses the journal too, nothing is touched: what is under way may be its own.
        """
        return recover(self._table, self._data, elsewhere, self._ours.__contains__)

    def prepare(self, job: Job, upload: Upload) -> None:
        """Record a job with all that it needs, before it is acknowledged."""
        self._table.check_writable()
        self._ours.add(job.id)
        folder = self._new_folder(job.id)
        try:
            keep_job(folder, job, upload, self._pictures)
            with self._table.transaction() as database:
                rows.insert_job(database, prepared(job, folder))
        except StorageError:
            # Never acknowledged, so nobody misses it; a full disk needs the room.
            shutil.rmtree(folder, ignore_errors=True)
            raise

    def note(
        self,
        job_id: str,
        state: JobState,
        *,
        task_id: str | None = None,
        error: AppError | None = None,
        answer: bytes | None = None,
        attempt: Attempt | None = None,
    ) -> None:
        """Record that a job took a step; one that `TRANSITIONS` does not know is a `ValueError`.

        `answer` is what the service said to the submit, masked; its beginning is kept. `attempt`
        tells of the sending that begins.
        """
        self._ours.add(job_id)
        step = partial(
            stepped, state=state, task_id=task_id, error=error, answer=answer, attempt=attempt
        )
        if state is JobState.SUBMITTING:
            self._announce(job_id, step)
            return
        try:
            copy_trace(self._take(job_id, step))
        except StorageError:
            if task_id:
                keep_task_id(self._jobs / job_id, state, task_id)
            raise

    def hide(self, job_id: str) -> None:
        """Take a job off the list; its files stay. One that is under way is a `ValueError`."""
        copy_trace(self._take(job_id, hidden))

    def old_files(self, before: datetime) -> Old:
        """What is kept of jobs that were over `before` that moment."""
        return old_files(self._table, self._pictures, before)

    def forget_files(self, old: Old, remove: Remove) -> Old:
        """Let `remove` take what `old` tells of, as far as that still holds; what is there still.

        The jobs stay in the table as they are, without their folders.
        """
        return forget_files(self._table, self._pictures, old, remove)

    def add_result(self, job_id: str, result: ResultRecord) -> None:
        """Record a finished picture whose files are on disk; they are read once more."""
        measured(result.raw_path)
        sha256, size_bytes = measured(result.path)
        result = replace(result, sha256=sha256, size_bytes=size_bytes)
        with self._table.transaction() as database:
            rows.keep_result(database, job_id, result)
        copy_result(self._jobs / job_id, result)

    def add_unreadable(self, job_id: str, index: int, raw_path: Path) -> None:
        """Record a raw answer that is no picture that can be opened; it is paid for, and kept."""
        sha256, size = measured(raw_path)
        raw = RawRecord(
            index=index, path=raw_path, sha256=sha256, size_bytes=size, is_unreadable=True
        )
        with self._table.transaction() as database:
            rows.keep_raw(database, job_id, raw)

    def has_task(self, base_url: str, task_id: str) -> bool:
        """Whether a task of that id, of the service at that address, belongs to a job already."""
        return bool(self._table.select("WHERE base_url = ? AND task_id = ?", base_url, task_id))

    def unfinished(self) -> tuple[JobRecord, ...]:
        """The jobs that were under way when they were last heard of, oldest first."""
        marks = ", ".join("?" * len(UNDER_WAY))
        return self._table.select(
            f"WHERE state IN ({marks}) AND NOT hidden ORDER BY created", *UNDER_WAY
        )

    def recent(self, limit: int) -> tuple[JobRecord, ...]:
        """The newest jobs that are not hidden, newest first."""
        return self._table.select("WHERE NOT hidden ORDER BY created DESC LIMIT ?", limit)

    def job(self, job_id: str) -> JobRecord | None:
        """The record of one job."""
        found = self._table.select("WHERE id = ?", job_id)
        return found[0] if found else None

    def asked_images(self, record: JobRecord) -> int:
        """How many pictures a job asks for; raises `StorageError`."""
        return asked_images(record.folder)

    def picture(self, result: ResultRecord) -> Picture:
        """A finished picture as its file is now; raises an `AppError` where it is none."""
        path = result.path
        with reported(path):
            if not path.is_file():  # to read a pipe in its place would never end
                raise StorageError("missing", path)
            data = path.read_bytes()
        return self._decode(data)

    def upload(self, record: JobRecord) -> Upload:
        """The two files that a job sends, byte for byte; raises `StorageError`."""
        return load_upload(record.folder)

    def load(self, record: JobRecord) -> Job:
        """A job exactly as it was when Generate was pressed.

        Raises a `StorageError`, `missing` or `damaged`, when that is not all there any more.
        """
        return load_job(record.folder, self._pictures, self._decode)

    def _new_folder(self, job_id: str) -> Path:
        folder = private_folder(self._jobs) / job_id
        with reported(folder):
            folder.mkdir(0o700)
            sync_folder(self._jobs)
        return folder

    def _announce(self, job_id: str, step: Step) -> None:
        """Take the step after which bytes may leave: in the folder first, then in the table.

        Whatever is lost after that, what is left says that the job may have been sent.
        """
        before: JobRecord | None = None
        try:
            with self._table.transaction() as database:
                before = self._table.one(database, job_id)
                after = step(before)
                write_trace(after)
                rows.update_job(database, after)
        except StorageError:
            if before is not None:
                withdraw_trace(before)
            raise

    def _take(self, job_id: str, step: Step) -> JobRecord:
        with self._table.transaction() as database:
            after = step(self._table.one(database, job_id))
            rows.update_job(database, after)
        return after
