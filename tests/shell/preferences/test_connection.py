"""Why a connection does not stand, in plain words with what to do."""

import pytest

from app.look.theme import Theme
from app.model import errors
from app.shell.form import Note
from app.shell.preferences.connection import _CLASSES, _UNREACHABLE, connection_message

CASES = [
    (errors.Unauthorized("bad", reason="INVALID_API_KEY", status=403), "does not accept this key"),
    (errors.Unauthorized(reason="MISSING_API_KEY"), "A key is needed first"),
    (errors.NotAllowed(reason="NEED_REAL_NAME_VERIFY", status=403), "who you are"),
    (errors.NotAllowed(reason="API_NOT_ALLOWED", status=403), "the account may not"),
    (errors.OutOfCredit(status=402), "balance is too low"),
    (errors.RateLimited(status=429), "too often"),
    (errors.NothingOffered(), "no model for inpainting"),
    (errors.WrongAddress("404 page not found", status=404), "no such service"),
    (errors.WrongAddress(status=410), "no such service"),
    (errors.WrongAddress("", status=200), "Something else answers"),
    (errors.WrongAddress(status=302), "Something else answers"),
    (errors.ServiceDown(status=511), "Something else answers"),
    (errors.WrongAddress(status=407), "The proxy"),
    (errors.BadAnswer("[]", status=200), "not this kind of service"),
    (errors.ServiceDown(status=503), "in trouble"),
    (errors.Unreachable("dns"), "Nobody knows"),
    (errors.Unreachable("refused"), "Nothing answers"),
    (errors.Unreachable("tls"), "not safe"),
    (errors.Unreachable("proxy"), "The proxy"),
    (errors.Unreachable("timeout"), "No answer came in time"),
    (errors.Unreachable("network"), "no connection"),
    (errors.InvalidInput("api_key", "spaces"), "no spaces"),
]


@pytest.mark.parametrize(("error", "words"), CASES, ids=lambda one: repr(one)[:40])
def test_each_cause_has_its_own_words(error: errors.AppError, words: str) -> None:
    assert words in connection_message(error).title


@pytest.mark.parametrize("error", [error for error, _ in CASES], ids=lambda one: repr(one)[:40])
def test_each_says_what_to_do_and_fits_where_it_is_shown(
    theme: Theme, error: errors.AppError
) -> None:
    message = connection_message(error)
    assert message.text.endswith((".", "”"))
    note = Note(theme, "note", lines=5)
    note.setFixedWidth(430)
    note.tell(f"{message.title}. {message.text}")
    assert note.heightForWidth(430) <= note.height()


def test_every_row_is_reached() -> None:
    told = {connection_message(error).title for error, _ in CASES}
    rows = [*_CLASSES.values(), *_UNREACHABLE.values()]
    assert {title for title, _ in rows} <= told
