"""Months of use in minutes: whether the program holds on to more and more.

`python -m tests.soak` emits and paints a million times and sends 500 jobs, through the real window
and to a service in a process of its own; then it tells what was counted meanwhile. The exit code
is 1 when something has grown. `--beats` and `--jobs` ask for less.
"""

import argparse
import asyncio
import os
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import astuple, fields
from pathlib import Path
from typing import TYPE_CHECKING

from app.bootstrap import run_window
from app.storage.folders import Folders
from tests.support.apart import ServiceApart
from tests.support.canary import KEY

if TYPE_CHECKING:
    from app.shell.main_window import MainWindow
    from tests.soak.counts import Counts
    from tests.soak.use import Use

BEATS, JOBS = 1_000_000, 500
SAMPLES = 20
SETTLING = 4
"""As many samples are left out: what is used for the first time stays."""


class Soak:
    """One run of the program. `samples` are by what it was used for."""

    def __init__(self, folder: Path, beats: int, jobs: int) -> None:
        self._folder = folder
        self._beats = beats
        self._jobs = jobs
        self._living: asyncio.Task[None] | None = None
        self.samples: dict[str, list[Counts]] = {}

    def run(self) -> None:
        """Live."""
        run_window(None, Folders.under(self._folder), stage=self._begin)
        assert self._living is not None
        self._living.result()

    def _begin(self, stage: str, window: "MainWindow") -> None:
        if stage == "ready":
            self._living = asyncio.get_running_loop().create_task(self._live(window))

    async def _live(self, window: "MainWindow") -> None:
        from tests.soak.use import User
        from tests.support.studio import Studio

        user = User(Studio(window, Folders.under(self._folder)), self._folder)
        try:
            await user.begin()
            await self._watched(f"{self._beats:,} signals and paints", user.look, self._beats)
            await self._watched(f"{self._jobs:,} jobs", user.work, self._jobs)
        finally:
            window.close()

    async def _watched(self, name: str, use: "Use", times: int) -> None:
        """Use the program in as many parts as there are samples."""
        from tests.soak.counts import Counts

        samples = self.samples[name] = []
        start = time.monotonic()
        for number in range(SAMPLES):
            await use(times * (number + 1) // SAMPLES - times * number // SAMPLES)
            await asyncio.sleep(0.1)
            samples.append(Counts.now())
        print(f"{name}: {time.monotonic() - start:.0f} s", flush=True)


def main(arguments: Sequence[str]) -> int:
    """Run, and tell what was counted; the exit code."""
    parser = argparse.ArgumentParser(prog="tests.soak", description=(__doc__ or "").split("\n")[0])
    parser.add_argument("--beats", type=int, default=BEATS)
    parser.add_argument("--jobs", type=int, default=JOBS)
    options = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        _settle_in(folder)
        with ServiceApart(folder) as service:
            os.environ.update(MASKWRIGHT_BASE_URL=service.url, MASKWRIGHT_API_KEY=KEY)
            soak = Soak(folder, options.beats, options.jobs)
            soak.run()
    return _verdict(soak)


def _settle_in(folder: Path) -> None:
    """Nothing of the user's is touched, and nothing is asked of a keyring."""
    os.environ.update(
        HOME=str(folder),
        QT_QPA_PLATFORM="offscreen",
        PYTHON_KEYRING_BACKEND="keyring.backends.null.Keyring",
    )


def _verdict(soak: Soak) -> int:
    from tests.soak.counts import Counts, grown

    names = [field.name.replace("_", " ") for field in fields(Counts)]
    told = []
    for use, samples in soak.samples.items():
        settled = samples[SETTLING:]
        print(f"\n{use}")
        rows = zip(names, astuple(settled[0]), astuple(settled[-1]), strict=True)
        for name, first, last in rows:
            print(f"  {name:14}{first:12,} → {last:12,}".replace(",", " "))
        told += [f"{use}: {what}" for what in grown(settled)]
    print("\n" + ("\n".join(told) or "nothing has grown"))
    return 1 if told else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
