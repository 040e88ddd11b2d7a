"""A loop that a module's rows share, and the checks that follow each of them."""

import asyncio
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.faults.promises import check
from tests.faults.rows import ALWAYS, Row
from tests.faults.stage import Click, Stage

Play = Callable[[Row], Click]


@pytest.fixture(scope="module")
def loop() -> Iterator[asyncio.Runner]:
    with asyncio.Runner() as runner:
        yield runner


@pytest.fixture
def told(caplog: pytest.LogCaptureFixture, capfd: pytest.CaptureFixture[str]) -> Callable[[], str]:
    """All that was logged and printed so far."""
    caplog.set_level("DEBUG", "app")

    def text() -> str:
        printed = capfd.readouterr()
        return caplog.text + printed.out + printed.err

    return text


@pytest.fixture
def play(loop: asyncio.Runner, tmp_path: Path, told: Callable[[], str]) -> Play:
    """Run a row: one click, its fault, its end, and the promises."""

    def played(row: Row) -> Click:
        stage = Stage(tmp_path, quick=row.quick)
        click = loop.run(_played(stage, row))
        _compare(row, click, stage)
        check(stage, told(), at_sink=row.at_sink)
        return click

    return played


async def _played(stage: Stage, row: Row) -> Click:
    async with stage:
        stage.service.arm(row.fault, times=row.times, after=row.after, **row.given)
        return await stage.run(stage.press(large=row.large))


def _compare(row: Row, click: Click, stage: Stage) -> None:
    """What became of the job is what the row says."""
    ledger = stage.service.ledger
    hits = ledger.hits(row.fault)
    assert hits == row.times if row.times != ALWAYS else hits >= 1
    assert (click.state, type(click.error)) == (row.ends, _expected(row, click))
    assert len(ledger.tasks) == row.tasks
    assert len(click.results) == row.pictures
    if row.kind:
        assert getattr(click.error, "kind", None) == row.kind
    if row.requests is not None:
        assert len(ledger.at(row.place)) == row.requests
    kept = list(stage.folders.jobs.rglob("*.unreadable.bin"))
    assert len(kept) == row.unreadable


def _expected(row: Row, click: Click) -> type:
    """The row's class of error, or the subclass of it that was told."""
    if row.error is None:
        return type(None)
    return type(click.error) if isinstance(click.error, row.error) else row.error
