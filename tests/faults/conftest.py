"""What rows and stories share: a loop, a reader of pictures, and the checks that follow each."""

import asyncio
from collections.abc import Awaitable, Callable, Iterator
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from app.storage.pictures.loading import Pictures
from tests.faults.clicks import Click
from tests.faults.desk import Desk
from tests.faults.promises import check
from tests.faults.rows import ALWAYS, Row
from tests.faults.stage import Stage

Told = Callable[[], str]
Staged = Callable[..., Stage]
Play = Callable[[Row], None]
Story = Callable[[Desk], Awaitable[None]]
Tell = Callable[..., None]


@pytest.fixture(scope="module")
def loop() -> Iterator[asyncio.Runner]:
    with asyncio.Runner() as runner:
        yield runner


@pytest.fixture(scope="module")
def pictures() -> Iterator[Pictures]:
    """A reader of pictures: its process is too dear for one row."""
    pictures = Pictures()
    yield pictures
    pictures.close()


@pytest.fixture
def staged(tmp_path: Path, pictures: Pictures) -> Staged:
    """Makes the stage of a test."""
    return partial(Stage, tmp_path, pictures)


@pytest.fixture
def told(caplog: pytest.LogCaptureFixture, capfd: pytest.CaptureFixture[str]) -> Told:
    """All that was logged and printed so far."""
    caplog.set_level("DEBUG", "app")

    def text() -> str:
        printed = capfd.readouterr()
        return caplog.text + printed.out + printed.err

    return text


@pytest.fixture
def play(loop: asyncio.Runner, staged: Staged, told: Told) -> Play:
    """Runs a row: one click, its fault, its end, and the promises."""

    def played(row: Row) -> None:
        stage = staged(quick=row.quick)
        click = loop.run(_played(stage, row))
        _compare(row, click, stage)
        check(stage, told(), at_sink=row.at_sink)

    return played


@pytest.fixture
def tell(loop: asyncio.Runner, staged: Staged, told: Told) -> Tell:
    """Tells a story: an artist at a desk, and the promises."""

    def tell_it(story: Story, **options: Any) -> None:
        stage = staged(**options)

        async def whole() -> None:
            async with stage, Desk(stage) as desk:
                await story(desk)

        loop.run(whole())
        check(stage, told())

    return tell_it


async def _played(stage: Stage, row: Row) -> Click:
    async with stage:
        stage.service.arm(row.fault, times=row.times, **row.given)
        return await stage.run(stage.press(large=row.large))


def _compare(row: Row, click: Click, stage: Stage) -> None:
    """What became of the job is what the row says."""
    ledger = stage.service.ledger
    hits = ledger.hits(row.fault)
    assert hits == row.times if row.times != ALWAYS else hits >= 1
    assert click.state is row.ends
    assert isinstance(click.error, row.error or type(None))
    assert len(ledger.tasks) == row.tasks
    assert len(click.results) == row.pictures
    if row.kind:
        assert getattr(click.error, "kind", None) == row.kind
    _compare_calls(row, stage)
    kept = list(stage.folders.jobs.rglob("*.unreadable.bin"))
    assert len(kept) == row.unreadable


def _compare_calls(row: Row, stage: Stage) -> None:
    """What was asked for is what the row says, where it says something."""
    ledger = stage.service.ledger
    if row.requests is not None:
        assert len(ledger.at(row.place)) == row.requests
    if row.fetches is not None:
        assert len(ledger.at("image")) == row.fetches
    if row.waits_s is not None:
        first, second = stage.client.submits
        assert second - first == pytest.approx(row.waits_s)
