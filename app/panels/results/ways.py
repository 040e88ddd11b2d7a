"""The ways out of a job that ended badly: which there are, and what they are called."""

from enum import StrEnum

from PySide6.QtCore import QCoreApplication

from app.model.errors import Moderated, NotAllowed, StorageError, Unauthorized
from app.model.job import JobState
from app.session.queue import Entry

translate = QCoreApplication.translate


class Way(StrEnum):
    """What an artist can do about it."""

    RETRY = "retry"
    COLLECT = "collect"
    """Ask for the task's pictures again: nothing is sent, nothing is charged."""
    SEND_AGAIN = "send_again"
    """Send a job once more that may have arrived: it may be charged twice."""
    BALANCE = "balance"
    TASK_ID = "task_id"
    KEY = "key"
    FOLDER = "folder"
    REMOVE = "remove"


def ways_of(entry: Entry) -> tuple[Way, ...]:
    """The ways out of a job that has failed, the best first; removing is always the last."""
    if entry.state is JobState.UNKNOWN:
        return Way.BALANCE, Way.TASK_ID, Way.SEND_AGAIN, Way.REMOVE
    return (*_remedies(entry), *_again(entry), Way.REMOVE)


def words_of(way: Way) -> str:
    """The words on the way's button."""
    match way:
        case Way.RETRY:
            return translate("Results", "Try again")
        case Way.COLLECT:
            return translate("Results", "Fetch again")
        case Way.SEND_AGAIN:
            return translate("Results", "Send again…")
        case Way.BALANCE:
            return translate("Results", "Check balance")
        case Way.TASK_ID:
            return translate("Results", "Enter task ID…")
        case Way.KEY:
            return translate("Results", "Enter key…")
        case Way.FOLDER:
            return translate("Results", "Choose folder…")
        case Way.REMOVE:
            return translate("Results", "Remove")


def _remedies(entry: Entry) -> tuple[Way, ...]:
    """What has to be mended before another try makes sense."""
    match entry.error:
        case Unauthorized() | NotAllowed():
            return (Way.KEY,)
        case StorageError(kind="read_only" | "no_access" | "no_folder" | "missing"):
            return (Way.FOLDER,)
    return ()


def _again(entry: Entry) -> tuple[Way, ...]:
    if entry.way is None or isinstance(entry.error, Moderated):
        return ()  # content rules would refuse the same picture and prompt again
    return (Way.COLLECT if entry.way == "ask" else Way.RETRY,)
