"""A program under strace, and what it did to disk and network as a list of events in order.

Only where a call began and where it had returned counts, so that threads may overlap: one event
is before another when it had returned before the other began.
"""

import os
import re
import shutil
import subprocess
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

CALLS = (
    "openat", "write", "pwrite64", "fsync", "fdatasync", "mkdir", "link", "rename", "unlink",
    "connect", "sendto",
)  # fmt: skip
SHOWN_BYTES = 4200
"""How much of what is written can be seen: the header of a request, a page of a database."""

WRITES = frozenset({"write", "pwrite64"})
SYNCS = frozenset({"fsync", "fdatasync"})
NAMES = frozenset({"link", "rename"})

_LINE = re.compile(r"(?P<thread>\d+) +(?P<rest>.*)")
_BEGUN = re.compile(r"(?P<call>\w+)\((?P<given>.*) <unfinished \.\.\.>")
_RESUMED = re.compile(r"<\.\.\. (?P<call>\w+) resumed>(?P<given>.*?)\) += (?P<result>-?\d+.*)")
_WHOLE = re.compile(r"(?P<call>\w+)\((?P<given>.*)\) += (?P<result>-?\d+.*)")
_DESCRIPTOR = re.compile(r"(?P<number>\d+)<(?P<place>(?:->|[^>])*)>")
_QUOTED = re.compile(r'"((?:[^"\\]|\\.)*)"')


@dataclass(frozen=True, slots=True)
class Event:
    """One call: whose, when it began and had returned, what it was about, and what went out.

    `path` is the file that was written, synced or named, of a socket whom it leads to; `source`
    is what got the name `path`; `data` is the beginning of what was written or sent.
    """

    thread: str
    begun: float
    ended: float
    call: str
    path: str = ""
    source: str = ""
    data: str = ""
    descriptor: int = -1

    def __str__(self) -> str:
        return f"{self.call} {self.path} (line {self.begun:.0f})"

    def is_before(self, other: "Event") -> bool:
        """Whether this was over when the other began."""
        return self.ended < other.begun


@cache
def why_not() -> str:
    """Why nothing can be traced here; empty where it can."""
    if shutil.which("strace") is None:
        return "strace is not installed"
    tried = subprocess.run([*under_strace(Path(os.devnull)), "true"], capture_output=True)
    return "" if tried.returncode == 0 else "strace may not trace here"


def under_strace(log: Path) -> list[str]:
    """What goes before a command so that its calls are written to `log`."""
    options = ["-f", "--seccomp-bpf", "-yy", "-s", str(SHOWN_BYTES), "-o", str(log)]
    return ["strace", *options, "-e", f"trace={','.join(CALLS)}", "-e", "signal=none"]


def events_in(lines: Iterable[str]) -> Iterator[Event]:
    """The calls that succeeded, in the order in which they returned."""
    begun: dict[str, tuple[int, str]] = {}
    for number, line in enumerate(lines):
        if (found := _LINE.match(line)) is None:
            continue
        thread, rest = found.groups()
        if half := _BEGUN.fullmatch(rest):
            begun[thread] = number, half["given"]
            continue
        start, given = begun.pop(thread, (number, ""))
        ended = _RESUMED.fullmatch(rest) or _WHOLE.fullmatch(rest)
        if ended and _has_worked(ended["result"]):
            event = Event(thread, start, number, ended["call"])
            yield _about(event, given + ended["given"], ended["result"])


def _has_worked(result: str) -> bool:
    return not result.startswith("-1") or "EINPROGRESS" in result


def _about(event: Event, given: str, result: str) -> Event:
    """The event with what its call was given."""
    texts = _QUOTED.findall(given) or [""]
    if event.call in NAMES:
        return replace(event, source=texts[0], path=texts[1])
    if event.call in {"mkdir", "unlink"}:
        return replace(event, path=texts[0])
    file = _DESCRIPTOR.match(result if event.call == "openat" else given)
    assert file, f"{event} is about no file"
    return replace(event, descriptor=int(file["number"]), path=file["place"], data=texts[0])


class Trace:
    """Events, and what must have been true of their order. What was not is an AssertionError."""

    def __init__(self, events: Iterable[Event], home: Path) -> None:
        self.events: Sequence[Event] = tuple(events)
        self.home = home

    def all(self, *calls: str, where: Callable[[Event], bool]) -> list[Event]:
        """The events of some calls, in order."""
        return sorted(
            (event for event in self.events if event.call in calls and where(event)),
            key=lambda event: event.begun,
        )

    def first(self, *calls: str, where: Callable[[Event], bool]) -> Event:
        """The first of these events; there must be one."""
        found = self.all(*calls, where=where)
        assert found, f"no {' or '.join(calls)} like that"
        return found[0]

    def written(self, path: str | Path, *texts: str) -> Event:
        """The first write to the file at `path` of something with all of `texts` in it."""
        return self.first(
            *WRITES,
            where=lambda event: (
                event.path == str(path) and all(text in event.data for text in texts)
            ),
        )

    def named(self, path: str | Path) -> Event:
        """When the first file got the name `path`."""
        return self.first(*NAMES, where=lambda event: event.path == str(path))

    def synced(self, path: str | Path, after: Event) -> Event:
        """The first sync of `path` that began after another event was over."""
        return self.first(
            *SYNCS, where=lambda event: event.path == str(path) and after.is_before(event)
        )

    def bytes_synced(self, name: Event) -> None:
        """All bytes of a file were on disk before it got its name."""
        source = name.source
        writes = self.all(*WRITES, where=lambda event: event.path == source)
        assert writes, f"nothing was written before {name}"
        before(self.synced(source, writes[-1]), name)

    def name_synced(self, name: Event) -> Event:
        """When it was certain that a file has its name."""
        return self.synced(Path(name.path).parent, name)

    def is_inside(self, path: str) -> bool:
        """Whether a path is of the home folder."""
        return Path(path).is_relative_to(self.home)


def before(first: Event, then: Event) -> None:
    """One event was over when another began."""
    assert first.is_before(then), f"{then} did not wait for {first}"
