"""The links to a task's pictures. They age, so each round asks for fresh ones."""

import asyncio
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from app.contract.responses import ResultImage, TaskResult
from app.jobs.asking import Questions
from app.model.errors import AppError, BadLink

MOST_DAYS = 30
"""Services keep pictures for an hour up to a week; what is far longer was not meant."""


@dataclass(frozen=True, slots=True)
class Link:
    """A link to a picture, which answer it is from, and until when it holds, if that says so."""

    image: ResultImage
    age: int
    until: datetime | None


class Links:
    """Fetches pictures by their index. One fresh answer serves all pictures that need it."""

    def __init__(self, answer: TaskResult | None, questions: Questions) -> None:
        self._images = answer.images if answer else ()
        self._came = datetime.now(UTC)
        self._questions = questions
        self._age = 0
        self._asking = asyncio.Lock()

    def __len__(self) -> int:
        return len(self._images)

    def link(self, index: int) -> Link:
        """The link to picture `index` as it is now; raises `BadLink` if there is none."""
        if index >= len(self._images):
            raise BadLink("no picture of that number")
        image = self._images[index]
        return Link(image, self._age, _end(image, self._came))

    async def fetch(self, link: Link) -> bytes:
        """The bytes behind a link; one try."""
        async with self._questions.traffic.downloads:
            return await self._questions.backend.fetch(link.image)

    async def refresh(self, used: Link | None) -> None:
        """Ask for links that are newer than the one that was `used`, unless they came already."""
        async with self._asking:
            if used is not None and used.age < self._age:
                return
            try:
                fresh = await self._questions.ask()
            except AppError:
                return  # the old links may still do
            self._age += 1
            # A service that takes a success back, or lists less, has no better ones.
            if len(fresh.images) >= len(self._images):
                self._images, self._came = fresh.images, datetime.now(UTC)


def _end(image: ResultImage, came: datetime) -> datetime | None:
    """For the artist to read: nothing here goes by it, as clocks are set."""
    lasts_s = image.image_url_ttl
    if not 0 < lasts_s <= timedelta(days=MOST_DAYS).total_seconds():
        return None
    return came + timedelta(seconds=lasts_s)
