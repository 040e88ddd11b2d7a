"""What must hold after every fault, whatever the fault was."""

import json
from collections.abc import Iterator
from math import inf
from pathlib import Path

import numpy as np
from PIL import Image

from app.model.errors import AnswerLost, AppError
from app.model.job import TRANSITIONS
from app.model.record import JobRecord
from app.shell.messages import message_for
from app.storage.jobs.journal import SqliteJournal
from tests.faults.clicks import Click
from tests.faults.stage import Stage
from tests.support import tally
from tests.support.canary import KEY, files_with_key
from tests.support.ledger import Ledger
from tests.support.pictures import load_bytes
from tests.support.unbroken import SIGNATURE

SHAMEFUL = ("metadata", "text", "alpha", "mode", "selects nothing")
"""Words in a service's notes on what it was sent."""


def check(stage: Stage, told: str, *, at_sink: int = 0) -> None:
    """Hold a stage that has ended to the promises; `told` is what was logged and printed."""
    ledger = stage.service.ledger
    assert ledger.leaks == []
    assert len(ledger.at("sink")) == at_sink
    assert [note for note in ledger.notes if any(word in note for word in SHAMEFUL)] == []
    _check_polls(stage.client.polls)
    assert list(half_files(stage.folder)) == []
    assert files_with_key(stage.folder) == []
    assert files_with_key(stage.folder, key=SIGNATURE) == []
    assert KEY not in told
    assert SIGNATURE not in told
    journal = SqliteJournal(stage.folders.data, load_bytes)
    try:
        for click in stage.clicks:
            _check_click(click, journal, stage)
    finally:
        journal.close()
    tally.note("faults survived", len(ledger.faults))


def _check_polls(polls: list[tuple[str, float]]) -> None:
    """No task is asked for twice within a second, and no three polls fall into one."""
    for task_id in {task_id for task_id, _ in polls}:
        assert _gap([at for asked, at in polls if asked == task_id]) >= 0.999
    assert _gap([at for _, at in polls], over=2) >= 0.999


def _gap(times: list[float], over: int = 1) -> float:
    """The shortest time from one moment to the next, or to the one so many later."""
    return min((b - a for a, b in zip(times, times[over:], strict=False)), default=inf)


def half_files(folder: Path) -> Iterator[Path]:
    """Files that should not have outlived their writing."""
    for path in folder.rglob("*"):
        if path.suffix in {".part", ".tmp", ".draft"} or path.name.startswith("."):
            yield path


def _check_click(click: Click, journal: SqliteJournal, stage: Stage) -> None:
    record = journal.job(click.job.id)
    assert record is not None
    assert record.state is click.state
    assert all(b in TRANSITIONS[a] for a, b in zip(click.states, click.states[1:], strict=False))
    assert len(record.results) == len(click.results)
    assert all(p.fraction is None or 0 <= p.fraction <= 1 for p in click.progress)
    _check_kept(record.folder, click)
    _check_evidence(record, click, stage.service.ledger)
    _check_pictures(click)
    if click.error is not None:
        assert record.error_kind == type(click.error).__name__
        check_words(click.error)


def _check_kept(folder: Path, click: Click) -> None:
    """Picture, mask and parameters are what they were when Generate was pressed."""
    facts = json.loads((folder / "parameters.json").read_text())
    assert facts["parameters"] == click.job.parameters.to_json()
    for name in ("image.png", "mask.png"):
        with Image.open(folder / name) as image:
            image.load()
            assert image.size == click.job.region.sent


def _check_evidence(record: JobRecord, click: Click, ledger: Ledger) -> None:
    """What may be needed to find out what was charged: each task's body is known by its hash."""
    if record.attempt is not None and click.task_id in ledger.tasks:
        assert ledger.tasks[click.task_id].digest == record.attempt.body_sha256
    if isinstance(click.error, AnswerLost) and click.error.raw:
        assert record.answer
        assert click.error.raw.startswith(record.answer)
    assert len(record.error_text or "") <= 5000


def _check_pictures(click: Click) -> None:
    """Each result is whole, and nothing outside of the mask is another pixel."""
    outside = click.job.mask == 0
    for result in click.results:
        with Image.open(result.path) as image:
            saved = np.asarray(image.convert("RGB"))
        assert np.array_equal(saved[outside], click.job.picture.rgb[outside])
        assert result.raw_path.stat().st_size > 0
    assert len({result.path for result in click.results}) == len(click.results)


def check_words(error: AppError) -> None:
    """An error has words for people: no markup, no traceback, no secret."""
    message = message_for(error)
    assert message.title
    assert message.text
    for text in (message.title, message.text):
        assert not any(word in text for word in ("Traceback", "<html", "<!DOCTYPE", KEY))
        assert text.isprintable()
        assert len(text) < 1000
