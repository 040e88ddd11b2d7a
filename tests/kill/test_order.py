"""The order in which the whole program syncs, names and sends, as the kernel saw it.

One day under strace serves all tests. That the laws can be broken is shown with the same day:
without its syncs, backwards, and shuffled.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from random import Random

import pytest

from tests.kill.laws import LAWS, Law
from tests.support import tally
from tests.support.apart import ServiceApart
from tests.support.artist import Home
from tests.support.studio import photo
from tests.support.traced import SYNCS, WRITES, Event, Trace, events_in, under_strace, why_not

pytestmark = pytest.mark.skipif(bool(why_not()), reason=why_not())

KEY = "canary-51b07d9e2c6a"

each_law = pytest.mark.parametrize("law", LAWS, ids=lambda law: law.__name__)


@pytest.fixture(scope="module")
def day(tmp_path_factory: pytest.TempPathFactory) -> Trace:
    """What the program did on a working day."""
    folder = tmp_path_factory.mktemp("order")
    home, log = folder / "home", folder / "calls"
    home.mkdir()
    photo(home / "boat.png")
    with ServiceApart(folder, key=KEY) as service:
        Home(home, service.url, KEY).run("keep", under=under_strace(log))
        assert len(service.state["tasks"]) == 1
    trace = Trace(events_in(log.read_text().splitlines()), home)
    tally.note("calls to the system put in order", len(trace.events))
    return trace


@each_law
def test_on_a_working_day(day: Trace, law: Law) -> None:
    law(day)


@each_law
@pytest.mark.parametrize("spoil", ["unsynced", "backwards", "shuffled"])
def test_a_day_in_another_order_breaks(day: Trace, law: Law, spoil: str) -> None:
    days = {"unsynced": unsynced, "backwards": backwards, "shuffled": shuffled}[spoil](day.events)
    with pytest.raises(AssertionError):
        hold_on(days, day.home, law)


def hold_on(days: Iterable[list[Event]], home: Path, law: Law) -> None:
    """A law holds on each of these days."""
    for events in days:
        law(Trace(events, home))


def unsynced(events: Sequence[Event]) -> Iterator[list[Event]]:
    """The same without a single sync."""
    yield [event for event in events if event.call not in SYNCS]


def backwards(events: Sequence[Event]) -> Iterator[list[Event]]:
    """The last comes first."""
    yield [replace(event, begun=-event.ended, ended=-event.begun) for event in events]


def shuffled(events: Sequence[Event]) -> Iterator[list[Event]]:
    """The same in any order, again and again: one may be good by chance."""
    mixed = list(events)
    for seed in range(30):
        Random(seed).shuffle(mixed)
        yield [replace(event, begun=n, ended=n) for n, event in enumerate(mixed)]


def test_the_paid_request_leaves_once(day: Trace) -> None:
    assert len(day.all("sendto", where=lambda event: event.data.startswith("POST "))) == 1


def test_nothing_but_scraps_is_removed(day: Trace) -> None:
    removed = day.all("unlink", where=lambda event: day.is_inside(event.path))
    assert removed
    assert [str(event) for event in removed if not is_scrap(event.path)] == []


def is_scrap(path: str) -> bool:
    """Whether a file is of use only while somebody is at work."""
    name = Path(path).name
    return ".part" in name or name == "lock" or name.startswith("journal.sqlite-")


def test_what_is_to_last_is_never_written_where_it_is_looked_for(day: Trace) -> None:
    places = {
        event.path for event in day.all(*WRITES, where=lambda event: day.is_inside(event.path))
    }
    assert places
    assert [path for path in places if not is_written_in_place(path)] == []


def is_written_in_place(path: str) -> bool:
    """Whether a file is made to be written bit by bit: a draft, a log, or a database."""
    name, folder = Path(path).name, Path(path).parent.name
    return is_scrap(path) or name.endswith(".log") or folder == "log" or name == "journal.sqlite"


def test_the_key_leaves_for_the_service_and_for_nowhere_else(day: Trace) -> None:
    """As far as each write and each send can be seen: its first thousands of bytes."""
    holding = day.all(*WRITES, "sendto", where=lambda event: KEY in event.data)
    assert holding
    post = day.first("sendto", where=lambda event: event.data.startswith("POST "))
    service = post.path.rpartition("->")[2]
    assert {event.path.rpartition("->")[2] for event in holding} == {service}
