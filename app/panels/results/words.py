"""What the strip says: states, captions, summaries. All of it is plain text."""

import time

from PySide6.QtCore import QCoreApplication, QLocale

from app.look.dates import moment
from app.model.errors import SetAside
from app.model.job import Progress, Result
from app.panels.results.items import Item
from app.session.queue import Entry

translate = QCoreApplication.translate


def state_word(entry: Entry) -> str:
    """What a running job is doing, in a word or two."""
    progress = entry.progress
    if progress.step == "waiting":
        return _waiting_word(progress)
    if progress.reason == "room":
        return translate("Results", "Disk full")
    if progress.trouble:
        return translate("Results", "Trying again")
    match progress.step:
        case "preparing":
            return translate("Results", "Preparing")
        case "uploading" if is_sent(progress):
            return translate("Results", "Sent")
        case "uploading":
            return translate("Results", "Uploading")
        case "queued":
            return translate("Results", "Queued")
        case "saving":
            return translate("Results", "Saving")
        case _:
            return translate("Results", "Working")


def is_sent(progress: Progress) -> bool:
    """Whether all is out, and the service has not said yet what it makes of it."""
    return progress.step == "uploading" and progress.fraction == 1.0


def remark(entry: Entry) -> str:
    """What there is to know of a running job beside its state; mostly nothing."""
    if entry.is_unwanted:
        return translate("Results", "Kept when it comes")
    if (until := entry.progress.held_until) is not None:
        told = translate("Results", "Disk full, at the service until {time}")
        return told.format(time=moment(until))
    return translate("Results", "Longer than usual") if entry.progress.is_long else ""


def _waiting_word(progress: Progress) -> str:
    match progress.reason:
        case "rate":
            return translate("Results", "Images a minute")
        case "limited":
            return translate("Results", "Slowed down")
        case "unreachable":
            return translate("Results", "No connection")
        case "key":
            return translate("Results", "Needs a key")
        case "refused":
            return translate("Results", "Key refused")
        case "account":
            return translate("Results", "Account refused")
        case _:
            return translate("Results", "Waiting")


def state_figure(entry: Entry) -> str:
    """How far a running job is: seconds until it goes on, pictures while saving, percent if known,
    else the time so far."""
    progress = entry.progress
    if progress.until is not None:
        left = max(0, round(progress.until - time.monotonic()))
        return translate("Results", "{seconds} s").format(seconds=left)
    if progress.step == "saving":
        return f"{entry.saved} / {entry.image_num}"
    if progress.fraction is not None and not is_sent(progress):
        percent = translate("Results", "{percent} %")
        return percent.format(percent=round(100 * progress.fraction))
    return elapsed(entry)


def elapsed(entry: Entry) -> str:
    """The time a job has taken so far, or took: 0:14."""
    until = time.monotonic() if entry.finished is None else entry.finished
    minutes, seconds = divmod(int(until - entry.started), 60)
    return f"{minutes}:{seconds:02}"


def caption(item: Item) -> str:
    """The line under a thumbnail."""
    if item.result is not None:
        return seed_caption(item.result)
    return (remark(item.entry) or job_caption(item.entry)) if item.leads else ""


def seed_caption(result: Result) -> str:
    """The end of the seed, which tells the pictures of a job apart."""
    if result.seed is None:
        return translate("Results", "Image {number}").format(number=result.index + 1)
    if result.seed < 1000:
        return translate("Results", "Seed {seed}").format(seed=result.seed)
    return translate("Results", "Seed …{end}").format(end=f"{result.seed % 1000:03}")


def job_caption(entry: Entry) -> str:
    """When a job was started, and for how many images."""
    return f"{_clock(entry)} · {_images(entry.image_num)}"


def job_summary(entry: Entry) -> str:
    """The header's line on the job of the selected result."""
    strength = entry.job.parameters.strength if entry.job else None
    if strength is None:
        return job_caption(entry)
    text = translate("Results", "strength {strength}")
    shown = QLocale().toString(float(strength), "f", 2)
    return f"{job_caption(entry)} · {text.format(strength=shown)}"


def accessible_name(item: Item) -> str:
    """An item in words, for those who do not see it."""
    count = item.entry.image_num
    if item.result is not None:
        place = translate("Results", "Result {number} of {count}, seed {seed}")
        seed = translate("Results", "unknown") if item.result.seed is None else item.result.seed
        return place.format(number=item.index + 1, count=count, seed=seed)
    if item.kind == "waiting":
        return _waiting_name(item)
    if isinstance(item.entry.error, SetAside):
        name = translate("Results", "Job of {time} is not watched")
        return name.format(time=_clock(item.entry))
    return translate("Results", "Job of {time} failed").format(time=_clock(item.entry))


def _waiting_name(item: Item) -> str:
    entry = item.entry
    place = translate("Results", "Image {number} of {count}: {state}, {figure}").format(
        number=item.index + 1,
        count=entry.image_num,
        state=state_word(entry),
        figure=state_figure(entry),
    )
    said = remark(entry)
    return f"{place}. {said}" if said else place


def _clock(entry: Entry) -> str:
    return entry.created.astimezone().strftime("%H:%M")


def _images(count: int) -> str:
    if count == 1:
        return translate("Results", "1 image")
    return translate("Results", "{count} images").format(count=count)
