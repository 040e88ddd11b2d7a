"""What must be on disk before what, in words; each law looks at the trace of one working day.

The day: a picture is opened and painted on, saved as a project twice, and sent off; two pictures
come back. What the artist is told of the job stands in a file of its own (`artist.TOLD`).
"""

from collections.abc import Callable
from pathlib import Path

from app.storage.folders import Folders
from tests.support.artist import IMAGES, PROJECT, TOLD
from tests.support.traced import NAMES, SYNCS, WRITES, Event, Trace, before

Law = Callable[[Trace], None]


def what_a_job_needs_is_on_disk_before_it_is_told_of(trace: Trace) -> None:
    """Picture, mask and parameters, their folder and its name, and the row."""
    told, row, folder = _told(trace, "prepared"), _row(trace, "prepared"), _folder(trace)
    for name in ("image.png", "mask.png", "parameters.json"):
        given = trace.named(folder / name)
        trace.bytes_synced(given)
        before(trace.name_synced(given), row)
    for made in (folder, folder.parent):
        made_at = trace.first("mkdir", where=lambda event, path=made: event.path == str(path))
        before(trace.synced(made.parent, made_at), row)
    before(trace.synced(_wal(trace), row), told)


def no_byte_leaves_before_it_is_on_disk_that_the_job_is_being_sent(trace: Trace) -> None:
    """In the folder and in the journal; not even the connection stands before."""
    connected = _connected(trace, _post(trace))
    given = trace.named(_folder(trace) / "task.json")
    trace.bytes_synced(given)
    before(trace.name_synced(given), connected)
    before(trace.synced(_wal(trace), _row(trace, "submitting")), connected)


def a_task_id_is_on_disk_before_it_is_used_or_shown(trace: Trace) -> None:
    """In the journal and beside the job's files."""
    in_row = trace.synced(_wal(trace), _row(trace, "task-1"))
    copy = trace.first(
        *WRITES, where=lambda event: _is_in(event, _folder(trace)) and "task-1" in event.data
    )
    given = trace.first("rename", where=lambda event: event.source == copy.path)
    trace.bytes_synced(given)
    poll = _sent(trace, "GET /v3/async/task-result")
    before(in_row, poll)
    before(in_row, _told(trace, "submitted"))
    before(trace.name_synced(given), poll)


def a_picture_has_a_name_only_once_it_is_whole(trace: Trace) -> None:
    """Written, synced, read back, and then named; the name is synced before the row."""
    for given in [*_raw_answers(trace), *_results(trace)]:
        trace.bytes_synced(given)
        written = trace.synced(given.source, _last_write(trace, given.source))
        read = trace.first(
            "openat", where=lambda event, at=given.source, since=written: (
                event.path == at and since.is_before(event)
            ),
        )  # fmt: skip
        before(read, given)
        before(trace.name_synced(given), trace.written(_wal(trace), Path(given.path).name))


def a_picture_is_told_of_once_its_row_is_on_disk(trace: Trace) -> None:
    """What the strip shows is safe."""
    for number, given in enumerate(_results(trace)):
        row = trace.written(_wal(trace), Path(given.path).name)
        before(trace.synced(_wal(trace), row), _told(trace, f"picture {number}"))


def done_is_noted_once_every_picture_has_its_row(trace: Trace) -> None:
    """And told once that is on disk, too."""
    done = _row(trace, "done")
    for given in _results(trace):
        row = trace.written(_wal(trace), Path(given.path).name)
        before(trace.synced(_wal(trace), row), done)
    before(trace.synced(_wal(trace), done), _told(trace, "done"))


def a_mask_is_on_disk_before_the_state_that_names_it(trace: Trace) -> None:
    """Of each generation of what is kept of the open picture; and strokes are synced."""
    states = trace.all(
        *NAMES, where=lambda event: Path(event.path).match("autosave/*/state-*.json")
    )
    assert states
    for state in states:
        trace.bytes_synced(state)
        number = Path(state.path).stem.removeprefix("state-")
        for name in (f"mask-{number}.png", f"strokes-{number}.log"):
            given = _latest(trace, Path(state.path).with_name(name), state)
            trace.bytes_synced(given)
            before(trace.name_synced(given), state)
        trace.name_synced(state)


def a_stroke_is_on_disk_before_the_next(trace: Trace) -> None:
    """Whoever adds to the log of strokes syncs it before anything else."""
    strokes = trace.all(*WRITES, where=lambda event: Path(event.path).match("strokes-*.log"))
    assert strokes
    for stroke in strokes:
        next_act = trace.first(
            *WRITES, *SYNCS, *NAMES,
            where=lambda event, by=stroke: event.thread == by.thread and by.is_before(event),
        )  # fmt: skip
        assert next_act.call in SYNCS, f"{next_act} came right after {stroke}"
        assert next_act.path == stroke.path


def a_project_is_replaced_once_its_successor_is_whole(trace: Trace) -> None:
    """And what was there has got a name of its own by then."""
    project = str(trace.home / PROJECT)
    first, second = trace.all(*NAMES, where=lambda event: event.path == project)
    for given in (first, second):
        trace.bytes_synced(given)
        trace.name_synced(given)
    before(trace.named(f"{project}~"), second)


def every_name_is_given_to_bytes_that_are_on_disk(trace: Trace) -> None:
    """Whoever writes: settings, pictures, projects, records."""
    given = [event for event in _names(trace) if _has_writes(trace, event)]
    assert given
    for name in given:
        trace.bytes_synced(name)


def every_name_is_made_to_last(trace: Trace) -> None:
    """Its folder is synced after it."""
    for name in _names(trace):
        trace.name_synced(name)


LAWS: tuple[Law, ...] = (
    what_a_job_needs_is_on_disk_before_it_is_told_of,
    no_byte_leaves_before_it_is_on_disk_that_the_job_is_being_sent,
    a_task_id_is_on_disk_before_it_is_used_or_shown,
    a_picture_has_a_name_only_once_it_is_whole,
    a_picture_is_told_of_once_its_row_is_on_disk,
    done_is_noted_once_every_picture_has_its_row,
    a_mask_is_on_disk_before_the_state_that_names_it,
    a_stroke_is_on_disk_before_the_next,
    a_project_is_replaced_once_its_successor_is_whole,
    every_name_is_given_to_bytes_that_are_on_disk,
    every_name_is_made_to_last,
)


# What the laws speak of.


def _folder(trace: Trace) -> Path:
    """The folder of the job."""
    jobs = Folders.under(trace.home).jobs
    return Path(trace.first("mkdir", where=lambda event: Path(event.path).parent == jobs).path)


def _wal(trace: Trace) -> Path:
    return Folders.under(trace.home).data / "journal.sqlite-wal"


def _row(trace: Trace, text: str) -> Event:
    """When the job's row was first written with `text` in it."""
    return trace.written(_wal(trace), _folder(trace).name, text)


def _told(trace: Trace, what: str) -> Event:
    return trace.written(trace.home / TOLD, what)


def _sent(trace: Trace, start: str) -> Event:
    return trace.first("sendto", where=lambda event: event.data.startswith(start))


def _post(trace: Trace) -> Event:
    return _sent(trace, "POST /v3/async/inpainting")


def _connected(trace: Trace, sent: Event) -> Event:
    """When the connection was begun that something was sent over."""
    found = trace.all(
        "connect", where=lambda event: event.descriptor == sent.descriptor and event.is_before(sent)
    )
    assert found, f"{sent} went out over no connection"
    return found[-1]


def _raw_answers(trace: Trace) -> list[Event]:
    """When the service's pictures got their names, in the job's folder."""
    folder = _folder(trace)
    found = trace.all(*NAMES, where=lambda event: Path(event.path).match(f"{folder}/raw-*"))
    assert len(found) == IMAGES
    return found


def _results(trace: Trace) -> list[Event]:
    """When the finished pictures got their names, in the artist's folder."""
    results = Folders.under(trace.home).results
    found = trace.all("link", where=lambda event: _is_below(event.path, results))
    assert len(found) == IMAGES
    return sorted(found, key=lambda event: event.path)


def _names(trace: Trace) -> list[Event]:
    """Every name that was given in the artist's home, but for names that nobody looks for."""
    return trace.all(
        *NAMES, where=lambda event: _is_below(event.path, trace.home) and not _is_part(event.path)
    )


def _has_writes(trace: Trace, name: Event) -> bool:
    """Whether a name went to bytes that were written under another one."""
    return any(event.call in WRITES and event.path == name.source for event in trace.events)


def _latest(trace: Trace, path: Path, before_event: Event) -> Event:
    """The last time before an event that a file got the name `path`."""
    found = trace.all(
        *NAMES, where=lambda event: event.path == str(path) and event.is_before(before_event)
    )
    assert found, f"{path.name} had no name before {before_event}"
    return found[-1]


def _last_write(trace: Trace, path: str) -> Event:
    return trace.all(*WRITES, where=lambda event: event.path == path)[-1]


def _is_below(path: str, folder: Path) -> bool:
    return Path(path).is_relative_to(folder)


def _is_in(event: Event, folder: Path) -> bool:
    return Path(event.path).parent == folder


def _is_part(path: str) -> bool:
    return path.endswith(".part")
