"""A job as a row of items: its pictures, the places of those to come, a card if it failed."""

from dataclasses import dataclass
from typing import Literal

from app.model.job import JobState, Result
from app.session.queue import Entry

Kind = Literal["picture", "waiting", "card"]

CARD = -1
"""The index of what is no picture but the card of its job."""

_QUIET = frozenset({JobState.DONE, JobState.CANCELLED})


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class Item:
    """One thing in the strip.

    `index` is the picture's place in its job, `CARD` on a card. The first waiting place of a job
    `leads`: it alone tells the state, so that a job of eight does not say it eight times.
    """

    kind: Kind
    index: int
    entry: Entry
    result: Result | None = None
    leads: bool = False

    @property
    def job_id(self) -> str:
        return self.entry.id

    @property
    def key(self) -> tuple[str, int]:
        """What stays the same when a picture takes its place."""
        return self.job_id, self.index


@dataclass(frozen=True, slots=True)
class StripItem:
    """One thing in the strip, as `ResultsStrip.items` tells of it.

    `index` is the picture's place in its job, `CARD` on a card. `text` is what a screen reader
    says.
    """

    kind: Kind
    job_id: str
    index: int
    text: str


def items_of(entry: Entry) -> list[Item]:
    """The items of one job, in the order they are shown."""
    arrived = {result.index: result for result in entry.results}
    places = sorted(arrived.keys() | (_places_to_come(entry) if entry.is_running else set()))
    first = next((index for index in places if index not in arrived), None)
    items = [
        Item(
            kind="picture" if index in arrived else "waiting",
            index=index,
            entry=entry,
            result=arrived.get(index),
            leads=index == first,
        )
        for index in places
    ]
    if has_failed(entry):
        items.append(Item(kind="card", index=CARD, entry=entry))
    return items


def _places_to_come(entry: Entry) -> set[int]:
    """The pictures that are still asked for. What an earlier run has saved and cannot be shown
    has no place, unless it is all that would tell that the job runs."""
    asked = set(range(entry.image_num))
    return asked - entry.have or asked


def has_failed(entry: Entry) -> bool:
    """Whether something has to be said about how the job ended."""
    return not entry.is_running and (entry.error is not None or entry.state not in _QUIET)
