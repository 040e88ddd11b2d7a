"""Every failure has words that say what happened, what is kept and what to do."""

import re
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import pytest

from app.look.dates import moment
from app.model import errors
from app.model.errors import AppError
from app.model.geometry import Size
from app.shell.messages import MAX_QUOTE, Message, message_for
from app.shell.wording import KINDS

PATH = Path("/pictures/holiday/lake.png")
LATER = datetime(2026, 3, 14, 14, 3)


def every_class(root: type[AppError] = AppError) -> Iterator[type[AppError]]:
    yield root
    for child in root.__subclasses__():
        yield from every_class(child)


def make(cls: type[AppError], kind: str = "other") -> AppError:
    match cls:
        case errors.InvalidInput:
            field, _, kind = kind.rpartition(".")
            return errors.InvalidInput(field or "steps", kind, 100)
        case errors.PictureError:
            return errors.PictureError(kind, PATH)
        case errors.NoRoom:
            return errors.NoRoom(PATH, Size(30000, 8000), 1_700_000_000, 900_000_000)
        case errors.NotKept:
            return errors.NotKept("full", PATH, until=LATER if kind == "dated" else None)
        case errors.StorageError | errors.NotSaved:
            return cls(kind, PATH)
        case errors.AnswerLost:
            return errors.AnswerLost("504", kind=kind)
        case errors.Unreachable:
            return errors.Unreachable(kind)
    return cls("said by the other side")


ALL = [make(cls) for cls in every_class()] + [
    make(cls, kind) for cls, rows in KINDS.items() for kind in rows
]


@pytest.mark.parametrize("error", ALL, ids=repr)
def test_every_error_has_a_title_and_a_text_without_loose_ends(error):
    message = message_for(error)

    assert message.title
    assert message.text.endswith((".", "”"))
    assert not re.search(r"[{}<>]|Traceback|None", message.title + message.text)
    assert not message.title.endswith(".")


@pytest.mark.parametrize("kind", ["missing", "no_access", "not_a_file", "not_a_picture",
                                  "unsupported", "damaged", "too_large", "empty"])  # fmt: skip
def test_a_picture_that_does_not_open_leaves_the_open_one(kind):
    message = message_for(errors.PictureError(kind, PATH))
    assert "lake.png" in message.title
    assert message.text.startswith("What is open stays as it is.")


def test_a_picture_that_memory_does_not_hold_says_what_it_would_take():
    text = message_for(make(errors.NoRoom)).text
    assert "30000 × 8000" in text
    assert "would take 1.7 GB; 0.9 GB are free" in text
    assert "What is open stays as it is." in text


def test_a_picture_without_a_file_is_named_too():
    assert message_for(errors.PictureError("damaged")).title == (
        "“The picture” is damaged or cut off"
    )


@pytest.mark.parametrize("kind", ["dns", "refused", "tls", "timeout", "proxy", "network"])
def test_what_was_not_sent_was_not_charged(kind):
    message = message_for(errors.Unreachable(kind))
    assert message.title.startswith("Not sent")
    assert message.text.startswith("Nothing was charged")


def test_the_disk_names_the_folder_that_needs_room():
    assert "/pictures/holiday" in message_for(errors.StorageError("full", PATH)).text


@pytest.mark.parametrize("kind", ["silence", *KINDS[errors.AnswerLost]])
def test_a_lost_answer_never_promises_that_nothing_was_charged(kind):
    message = message_for(errors.AnswerLost(kind=kind))
    assert message.title.startswith("Unknown")
    assert "Nothing was charged" not in message.text
    assert re.search("may have been charged|probably it was not charged", message.text)
    assert "before you send it again" in message.text


@pytest.mark.parametrize("kind", ["full", "missing", "no_access"])
def test_a_picture_that_was_not_saved_is_said_to_be_kept(kind):
    text = message_for(errors.NotSaved(kind, PATH)).text
    assert "is kept with the job" in text
    assert "nothing is charged" in text


def test_a_picture_that_could_not_be_kept_is_still_with_the_service():
    text = message_for(errors.NotKept("full", PATH)).text
    assert "The service has it for a while" in text
    assert "/pictures/holiday" in text


def test_it_is_said_until_when_the_service_has_it_where_that_is_known():
    error = errors.NotKept("full", PATH, until=LATER)
    assert f"until {moment(LATER)} at least" in message_for(error).text


def test_an_unreadable_picture_is_said_to_be_kept():
    assert "kept with the job" in message_for(errors.Unreadable("x", path=PATH)).text


def test_the_service_is_quoted_after_our_own_words_and_cut_short():
    error = errors.Rejected("too \n big " + "x" * 900, reason="INVALID")
    text = message_for(error).text
    assert "The service says: “too big xxx" in text
    assert len(text) < MAX_QUOTE + 200


def test_markup_of_others_stays_text_and_braces_do_no_harm():
    text = message_for(errors.JobFailed("<b>{field}</b>")).text
    assert "“<b>{field}</b>”" in text


def test_a_field_of_another_kind_is_named_as_it_is():
    message = message_for(errors.InvalidInput("something", "odd"))
    assert message.title == "something: not a usable value"


def test_an_invalid_field_says_its_range_in_the_title():
    message = message_for(errors.InvalidInput("steps", "less_than_equal", 100))
    assert message == Message(
        "Steps go from 1 to 100",
        "Nothing was sent. Change the value, then generate again.",
    )


def test_an_empty_mask_asks_for_paint():
    assert (
        "Paint over what should change." in message_for(errors.InvalidInput("mask", "empty")).text
    )
