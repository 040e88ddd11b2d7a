"""Checks and test runs, one after the other, with a summary at the end."""

import os
import subprocess
import time
from collections.abc import Iterable, Mapping, Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass
from pathlib import Path

from devkit import screen
from devkit.progress import say

FLOWS = "tests/flows"
NOTHING_COLLECTED = 5
OFFSCREEN = {"QT_QPA_PLATFORM": "offscreen"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One module of the venv to run; `skipped` is a reason not to."""

    title: str
    module: Sequence[str]
    on_x: bool = False
    fine: frozenset[int] = frozenset({0})
    skipped: str = ""

    def screen(self) -> AbstractContextManager[Mapping[str, str]]:
        """The environment to run in, with a screen in it for as long as it is open."""
        return screen.unseen() if self.on_x else nullcontext({**os.environ, **OFFSCREEN})


def checks() -> list[Step]:
    """What needs no test to run."""
    return [
        Step(title="format", module=["ruff", "format", "--check", "."]),
        Step(title="lint", module=["ruff", "check", "."]),
        Step(title="types", module=["mypy"]),
    ]


def runs(arguments: Sequence[str], root: Path, *, no_x: str = "") -> list[Step]:
    """All tests without a screen, then the artist's path again on a real X server.

    `arguments` go to pytest; the paths among them say what to run instead of everything.
    `no_x` is a reason to leave the second run out.
    """
    paths = [argument for argument in arguments if (root / argument.partition("::")[0]).exists()]
    options = [argument for argument in arguments if argument not in paths]
    parallel = ["-n", str(os.cpu_count() or 1), "--dist", "worksteal"]
    steps = [Step(title="tests", module=["pytest", *parallel, *options, *paths])]
    flows = [path for path in paths if _is_flow(path)] if paths else [FLOWS]
    if flows and (root / FLOWS).is_dir():
        steps.append(
            Step(
                title="flows on X",
                module=["pytest", "-n", "0", *options, *flows],
                on_x=True,
                # A choice such as `-k` may leave no flow over.
                fine=frozenset({0, NOTHING_COLLECTED} if options else {0}),
                skipped=no_x,
            )
        )
    return steps


def _is_flow(path: str) -> bool:
    return Path(path).as_posix().startswith(FLOWS)


def run(steps: Iterable[Step], python: Path, root: Path) -> int:
    """Run in order until one fails; answers its exit code, or 0."""
    report: list[str] = []
    code = 0
    for step in steps:
        if code or step.skipped:
            report.append(f"{step.title:12} left out{f': {step.skipped}' * bool(step.skipped)}")
            continue
        say(f"\n== {step.title}")
        start = time.monotonic()
        with step.screen() as env:
            answer = subprocess.call([python, "-m", *step.module], cwd=root, env=env)
        code = 0 if answer in step.fine else answer
        verdict = "FAILED" if code else "passed"
        report.append(f"{step.title:12} {verdict}, {time.monotonic() - start:.1f} s")
    say("\n" + "\n".join(report))
    return code
