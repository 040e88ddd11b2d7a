"""The links to a task's pictures. They age, so each round asks for fresh ones."""

import asyncio
from dataclasses import dataclass

from app.contract.responses import ResultImage, TaskResult
from app.jobs.asking import Questions
from app.model.errors import AppError, BadLink


@dataclass(frozen=True, slots=True)
class Link:
    """A link to a picture, and which answer it is from."""

    image: ResultImage
    age: int


class Links:
    """Fetches pictures by their index. One fresh answer serves all pictures that need it."""

    def __init__(self, answer: TaskResult | None, questions: Questions) -> None:
        self._images = answer.images if answer else ()
        self._questions = questions
        self._age = 0
        self._asking = asyncio.Lock()

    def __len__(self) -> int:
        return len(self._images)

    def link(self, index: int) -> Link:
        """The link to picture `index` as it is now; raises `BadLink` if there is none."""
        if index >= len(self._images):
            raise BadLink("no picture of that number")
        return Link(self._images[index], self._age)

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
                self._images = fresh.images
