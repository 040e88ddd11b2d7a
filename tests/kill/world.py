"""The program without its window, in a world that breaks: it is killed and comes back, often.

Client, journal, shelf, runner and list of jobs are the program's own, the service is one of real
sockets, and only time is made. A kill is a photograph of the disk: what the program does after it
is forgotten, and the next life begins with what the photograph shows.
"""

import asyncio
import json
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from app.model.job import JobState
from app.parts import Parts
from app.session.entry import Entry
from app.storage.folders import Folders
from tests.kill.life import Life, Start
from tests.support import tally
from tests.support.frail_disk import FrailDisk
from tests.support.service import Service

KEYS = ("sk-canary-machine-1d93", "sk-canary-machine-77c0")
IN_THE_WINDOW = {None, JobState.PREPARED, JobState.SUBMITTING}
"""What the journal may have said last of a job whose kill leaves a doubt."""


class World:
    """A home folder, a service, and the program, which is in its first or a later life.

    `may_be_charged` says for each prompt how often the artist agreed to pay, `cut` names those
    whose submit did not come to a clear end. `key` is the one that the program has. When it was
    killed, `look_at_the_dead` is called before it comes back.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self.home = folder / "home"
        self.key = KEYS[0]
        self.home.mkdir()
        self.folders = Folders.under(self.home)
        self.service = Service(KEYS[0])
        self.disk = FrailDisk(self.home)
        self.may_be_charged: Counter[str] = Counter()
        self.cut: set[str] = set()
        self.was_full = False
        self.look_at_the_dead: Callable[[], object] = lambda: None
        self._runner = asyncio.Runner()
        self._photograph: Path | None = None
        self._taken = 0

    def open(self) -> None:
        """Begin the first life."""
        self.service.__enter__()
        self.disk.__enter__()
        self._begin(Life.open)

    def close(self) -> None:
        """End the last life and the world."""
        self.disk.forget()
        self._end()
        self._runner.close()
        self.disk.__exit__()
        self.service.__exit__(None, None, None)

    # Lives.

    @property
    def is_dead(self) -> bool:
        """Whether the program was killed, and is not known to be yet."""
        return self._photograph is not None

    def kill(self) -> None:
        """Kill the program where it stands; from any of its threads."""
        with self.disk.standing_still():
            if self.is_dead:
                return
            entries, told = self.life.queue.entries, self.life.told
            self.cut |= {self.prompt(entry) for entry in entries if entry.noted in IN_THE_WINDOW}
            # `maskwright resume` has no list.
            open_jobs = [job for job, states in told.items() if states[-1] in IN_THE_WINDOW]
            self.cut |= {prompt_in(self.folders.jobs / job) for job in open_jobs}
            self._photograph = self.photograph()
        tally.note("kills")
        self.life.wake()

    def run(self, *, steps: int | None = None) -> None:
        """Let all jobs go on to where they rest, or for some steps of the disk only; the program
        comes back to life if it was killed on the way."""
        if steps is not None:
            self.disk.at_step(steps, self.life.wake)
        self._runner.run(self.life.rest(until_woken=steps is not None))
        while self.is_dead:
            self.look_at_the_dead()
            self.restart()
            self._runner.run(self.life.rest())

    def act(self, what: Callable[[Life], object]) -> None:
        """Do something in the program's loop."""

        async def within() -> None:
            what(self.life)

        self._runner.run(within())

    def restart(self) -> None:
        """End the program, well unless it was killed, and start it again."""
        self._end()
        self._begin(Life.open)

    def resume(self) -> None:
        """End the program, run `maskwright resume` and start the program again."""
        self._end()
        self._begin(Life.resume)
        self.run()
        self.restart()

    def photograph(self) -> Path:
        """What a new process would find, were this one killed now; a copy of the home folder.

        If it was killed already, what has been done to the disk since then never was.
        """
        self._taken += 1
        to = self._folder / f"photograph-{self._taken}"
        with _still(self.life.parts):
            self.disk.photograph(to, self._photograph)
        return to

    def prompt(self, entry: Entry) -> str:
        """What tells a job from all others, in every life."""
        if entry.job is not None:
            return entry.job.parameters.prompt
        return prompt_in(self.folders.jobs / entry.id)

    def _begin(self, start: Start) -> None:
        async def begin() -> None:
            self.life = Life(self)
            self.life.spawn(start(self.life))

        tally.note("restarts")
        self._runner.run(begin())

    def _end(self) -> None:
        """End this life; of one that was killed, what it did since then never was."""
        self._runner.run(self.life.end())
        if self._photograph is not None:
            self.disk.forget()
            self.disk.develop(self._photograph)
            self._photograph = None


def prompt_in(folder: Path) -> str:
    """What the job in a folder asked for."""
    facts = json.loads((folder / "parameters.json").read_text())
    return str(facts["parameters"]["prompt"])


@contextmanager
def _still(parts: Parts) -> Iterator[None]:
    """Nobody is at work with the table, unless in a transaction that waits for this thread."""
    lock = parts._journal and parts._journal._table._lock
    is_held = lock is not None and lock.acquire(timeout=0.2)
    try:
        yield
    finally:
        if lock is not None and is_held:
            lock.release()
