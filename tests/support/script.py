"""A service, a journal and a shelf that do as a test says and remember what was asked of them."""

import hashlib
import threading
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from app.contract.kinds import ModelType
from app.contract.parameters import Parameters
from app.contract.responses import Model, ResultImage, TaskResult, User
from app.jobs.ports import Ports, Sent
from app.model.errors import AppError, StorageError
from app.model.job import TRANSITIONS, Accepted, Attempt, Job, JobState, RawAnswer, Upload
from app.model.picture import Picture
from app.model.record import ResultRecord
from tests.support.pictures import load_bytes


def task(status: str, urls: Sequence[str] = (), **more: Any) -> TaskResult:
    """A task result as a service would send it."""
    extra = {"seed": more.pop("seed")} if "seed" in more else {}
    return TaskResult.model_validate(
        {
            "task": {"task_id": "t-1", "status": f"TASK_STATUS_{status}", **more},
            "images": [{"image_url": url, "image_type": "png"} for url in urls],
            "extra": extra,
        }
    )


@dataclass
class ScriptedBackend:
    """Plays back what it is given; an `AppError` in a list is raised in its turn.

    The last poll answer repeats. `fetches` gives each URL its answers, in order; `submits` come
    before `submit_answer`.
    """

    submit_answer: str | AppError = "t-1"
    submits: list[str | AppError] = field(default_factory=list)
    polls: list[TaskResult | AppError] = field(default_factory=list)
    fetches: dict[str, list[bytes | AppError]] = field(default_factory=dict)
    calls: list[str] = field(default_factory=list)
    uploads: list[Upload] = field(default_factory=list)
    sent_fraction: float = 1.0
    fingerprint: str = "key-1"
    recent_balance: float | None = None
    balance: float | None = None

    def __hash__(self) -> int:
        return id(self)

    def digest(self, parameters: Parameters, upload: Upload) -> str:
        return hashlib.sha256(upload.image + upload.mask).hexdigest()

    def renew(self) -> None:
        self.calls.append("renew")

    async def submit(self, parameters: Parameters, upload: Upload, sent: Sent) -> Accepted:
        self.calls.append("submit")
        self.uploads.append(upload)
        total = len(upload.image) + len(upload.mask)
        sent(int(total * self.sent_fraction), total)
        answer = self.submits.pop(0) if self.submits else self.submit_answer
        if isinstance(answer, AppError):
            sent(0, total)
            raise answer
        return Accepted(task_id=answer, answer=b"raw " + answer.encode())

    async def task_result(self, task_id: str) -> TaskResult:
        self.calls.append(f"poll {task_id}")
        answer = self.polls.pop(0) if len(self.polls) > 1 else self.polls[0]
        if isinstance(answer, AppError):
            raise answer
        return answer

    async def fetch(self, image: ResultImage) -> bytes:
        self.calls.append(f"fetch {image.image_url}")
        answers = self.fetches[image.image_url]
        answer = answers.pop(0) if len(answers) > 1 else answers[0]
        if isinstance(answer, AppError):
            raise answer
        return answer

    async def stop(self, task_id: str) -> None:
        self.calls.append(f"stop {task_id}")

    async def models(self, kind: ModelType, *, sdxl: bool = False) -> Sequence[Model]:
        return []

    async def user(self) -> User:
        self.calls.append("user")
        return User(credit_balance=self.balance)


@dataclass
class NotedJournal:
    """Remembers its calls in order; refuses everything once `broken` is set.

    `full_at` names states that find the disk full. Steps that no job may take are a `ValueError`
    here as in the real one. With a `gate` each call says that it was `entered` and waits for the
    gate to open.
    """

    notes: list[str] = field(default_factory=list)
    answers: list[bytes] = field(default_factory=list)
    attempts: list[Attempt] = field(default_factory=list)
    tasks: set[str] = field(default_factory=set)
    states: dict[str, JobState] = field(default_factory=dict)
    full_at: set[JobState] = field(default_factory=set)
    broken: bool = False
    gate: threading.Event | None = None
    entered: threading.Event = field(default_factory=threading.Event)
    is_hidden: threading.Event = field(default_factory=threading.Event)

    def prepare(self, job: Job, upload: Upload) -> None:
        self._write("prepared")
        self.states[job.id] = JobState.PREPARED

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
        now = self.states.get(job_id)
        if now is not None and state not in TRANSITIONS.get(now, ()):
            raise ValueError(f"{now} → {state}")
        if state in self.full_at:
            raise StorageError("full", Path("journal"))
        self._write(state.value + (f" {task_id}" if task_id else ""))
        self.states[job_id] = state
        if answer is not None:
            self.answers.append(answer)
        if attempt is not None:
            self.attempts.append(attempt)

    def hide(self, job_id: str) -> None:
        self._write("hidden")
        self.is_hidden.set()

    def has_task(self, base_url: str, task_id: str) -> bool:
        return task_id in self.tasks

    def add_result(self, job_id: str, result: ResultRecord) -> None:
        self._write(f"result {result.index}")

    def add_unreadable(self, job_id: str, index: int, raw_path: Path) -> None:
        self._write(f"unreadable {index}")

    def _write(self, line: str) -> None:
        self.entered.set()
        if self.gate is not None:
            self.gate.wait(10)
        if self.broken:
            raise StorageError("full", Path("journal"))
        self.notes.append(line)


@dataclass
class FolderShelf:
    """Keeps pictures in one folder, named by their index."""

    folder: Path
    refuses: StorageError | None = None

    def keep_raw(self, job: Job, index: int, seed: int | None, data: bytes) -> Path:
        path = self.folder / f"raw-{index}"
        path.write_bytes(data)
        return path

    def keep_unreadable(self, job: Job, index: int, data: bytes) -> Path:
        path = self.folder / f"result-{index}.unreadable.bin"
        path.write_bytes(data)
        return path

    def kept_indices(self, job_id: str) -> frozenset[int]:
        return frozenset(int(path.name[4:]) for path in self.folder.glob("raw-*"))

    def kept_raw(self, job_id: str, index: int) -> RawAnswer | None:
        path = self.folder / f"raw-{index}"
        return RawAnswer(path, path.read_bytes(), None) if path.exists() else None

    def keep(self, job: Job, index: int, seed: int | None, data: bytes, suffix: str) -> Path:
        if self.refuses is not None:
            raise self.refuses
        path = self.folder / f"{index}-{seed}{suffix}"
        path.write_bytes(data)
        return path


def ports(
    backend: ScriptedBackend,
    folder: Path,
    journal: NotedJournal | None = None,
    shelf: FolderShelf | None = None,
) -> Ports:
    """A job's surroundings around `backend`."""
    return Ports(
        backend=backend,
        journal=journal or NotedJournal(),
        shelf=shelf or FolderShelf(folder),
        decode=load_bytes,
        original=no_original,
    )


def no_original(picture: Picture) -> bytes | None:
    """No picture's own file can be sent as it is."""
    return None
