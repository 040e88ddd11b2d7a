"""Kills the process that it lives in, at the step of a job that it was told.

A step is the moment before something lasting happens: a file is synced, gets its name, or goes; the
journal takes a step; a part of a request leaves; an answer has come. Steps have names that are the
same in every run, so that a test may go through them all.
"""

import os
import re
import signal
import threading
from collections import Counter
from collections.abc import Callable
from functools import wraps
from pathlib import Path
from typing import Any

_RANDOM = re.compile(r"[0-9a-f]{32}|[0-9a-f]{64}|\.[0-9a-f]{16}\.part|\d{4}-\d\d-\d\d-?\d*")
_JOBS = ("jobs", "pictures", "Maskwright")
"""The folders that jobs are kept in; what else is written is not counted."""


class Reaper:
    """Writes down each step in `log`, and kills at the one called `fatal`, or of that number."""

    def __init__(self, log: Path, fatal: str | int | None) -> None:
        self._log = os.open(log, os.O_WRONLY | os.O_CREAT | os.O_APPEND)
        self._fatal = fatal
        self._seen: Counter[str] = Counter()
        self._lock = threading.Lock()

    def step(self, name: str) -> None:
        """What is about to happen; perhaps it does not."""
        with self._lock:
            self._seen[name] += 1
            step = f"{name} #{self._seen[name]}"
            os.write(self._log, f"{step}\n".encode())
            if self._fatal in {step, self._seen.total()}:
                os.kill(os.getpid(), signal.SIGKILL)

    def watch(self, home: Path) -> None:
        """Watch all that jobs do to the disk and the network, from now on."""
        self._watch_files(home)
        self._watch_journal()
        self._watch_requests()

    def _watch_files(self, home: Path) -> None:
        for name, place in (("link", 1), ("replace", 1), ("unlink", 0), ("mkdir", 0)):
            self._wrap(os, name, lambda args, p=place: _place(home, os.fspath(args[p])))
        self._wrap(os, "fsync", lambda args: _place(home, os.readlink(f"/proc/self/fd/{args[0]}")))

    def _watch_journal(self) -> None:
        from app.storage.jobs.journal import SqliteJournal

        self._wrap(SqliteJournal, "note", lambda args: str(args[2]))
        for name in ("prepare", "add_result", "add_unreadable"):
            self._wrap(SqliteJournal, name, lambda args: "")

    def _watch_requests(self) -> None:
        import app.api.client
        import app.api.submit
        from app.api.body import RequestBody

        plain = RequestBody.__init__

        def init(body: Any, parameters: Any, upload: Any, sent: Any) -> None:
            def watched(out: int, total: int) -> None:
                self.step("body whole" if out == total else "body part")
                sent(out, total)

            plain(body, parameters, upload, watched)

        RequestBody.__init__ = init
        for module, name in ((app.api.submit, "submit"), (app.api.client, "ask")):
            self._answered(module, name)

    def _answered(self, module: Any, name: str) -> None:
        exchange = module.exchange

        @wraps(exchange)
        async def watched(*args: Any, **options: Any) -> Any:
            reply = await exchange(*args, **options)
            self.step(f"{name} answered")
            return reply

        module.exchange = watched

    def _wrap(self, owner: Any, name: str, about: Callable[[tuple[Any, ...]], str | None]) -> None:
        plain = getattr(owner, name)

        @wraps(plain)
        def watched(*args: Any, **options: Any) -> Any:
            told = about(args)
            if told is not None:
                self.step(f"{name} {told}".strip())
            return plain(*args, **options)

        setattr(owner, name, watched)


def _place(home: Path, path: str) -> str | None:
    """What a path of a job is called in every run; None for others."""
    inside = Path(path).relative_to(home).parts if Path(path).is_relative_to(home) else ()
    if not set(inside) & set(_JOBS):
        return None
    return _RANDOM.sub("*", "/".join(inside[-2:]))
