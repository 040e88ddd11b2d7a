"""Why a service cannot be used, told to someone who is just connecting to it.

Nothing was to be sent yet, so the words differ from those for a job: what is wrong between here
and the service, and what to do about it. Source texts of the context "Messages".
"""

from app.contract.hints import QT_TRANSLATE_NOOP
from app.contract.reasons import Reason
from app.model import errors
from app.shell.messages import Message, message_for
from app.shell.wording.row import Row

_CLASSES: dict[type[errors.AppError], Row] = {
    errors.Unauthorized: (
        QT_TRANSLATE_NOOP("Messages", "The service does not accept this key"),
        QT_TRANSLATE_NOOP(
            "Messages",
            "It is kept as it is. Copy it once more from your account's page, and check that it "
            "belongs to this service.",
        ),
    ),
    errors.NotAllowed: (
        QT_TRANSLATE_NOOP("Messages", "The key is known, but the account may not do this"),
        QT_TRANSLATE_NOOP("Messages", "The key is kept. Look at your account's page."),
    ),
    errors.OutOfCredit: (
        QT_TRANSLATE_NOOP("Messages", "The key is accepted, but the balance is too low"),
        QT_TRANSLATE_NOOP("Messages", "The key is kept. Top up on your account's page."),
    ),
    errors.RateLimited: (
        QT_TRANSLATE_NOOP("Messages", "The service is asked too often just now"),
        QT_TRANSLATE_NOOP("Messages", "The key is kept. Wait a minute, then test again."),
    ),
    errors.NothingOffered: (
        QT_TRANSLATE_NOOP("Messages", "The key is accepted, but no model for inpainting is there"),
        QT_TRANSLATE_NOOP(
            "Messages",
            "The key is kept. The service may have retired this API: read its news, or choose "
            "another service.",
        ),
    ),
    errors.WrongAddress: (
        QT_TRANSLATE_NOOP("Messages", "There is no such service at this address"),
        QT_TRANSLATE_NOOP(
            "Messages",
            "The key is kept. Check the address; if it was right before, the service has moved "
            "or retired this API.",
        ),
    ),
    errors.BadAnswer: (
        QT_TRANSLATE_NOOP("Messages", "What answers there is not this kind of service"),
        QT_TRANSLATE_NOOP("Messages", "The key is kept. Check the address."),
    ),
    errors.ServiceDown: (
        QT_TRANSLATE_NOOP("Messages", "The service is in trouble"),
        QT_TRANSLATE_NOOP(
            "Messages", "Your connection is fine and the key is kept. Test again in a few minutes."
        ),
    ),
    errors.Unreachable: (
        QT_TRANSLATE_NOOP("Messages", "There is no connection"),
        QT_TRANSLATE_NOOP("Messages", "The key is kept. Check the network, then test again."),
    ),
}

_UNREACHABLE: dict[str, Row] = {
    "dns": (
        QT_TRANSLATE_NOOP("Messages", "Nobody knows this address"),
        QT_TRANSLATE_NOOP(
            "Messages", "The key is kept. Check the network, and the address for a slip."
        ),
    ),
    "refused": (
        QT_TRANSLATE_NOOP("Messages", "Nothing answers at this address"),
        QT_TRANSLATE_NOOP(
            "Messages", "The key is kept. Check the address and its port, then test again."
        ),
    ),
    "tls": (
        QT_TRANSLATE_NOOP("Messages", "The connection is not safe, so nothing was sent"),
        QT_TRANSLATE_NOOP(
            "Messages",
            "The certificate does not fit. Check this machine's clock, and whether your network "
            "looks into connections.",
        ),
    ),
    "proxy": (
        QT_TRANSLATE_NOOP("Messages", "The proxy does not let this through"),
        QT_TRANSLATE_NOOP(
            "Messages", "The key is kept. Check the proxy of the system (HTTPS_PROXY)."
        ),
    ),
    "timeout": (
        QT_TRANSLATE_NOOP("Messages", "No answer came in time"),
        QT_TRANSLATE_NOOP(
            "Messages", "The key is kept. The network or the service is slow; test again."
        ),
    ),
}

_IDENTITY: Row = (
    QT_TRANSLATE_NOOP("Messages", "The service wants to know who you are first"),
    QT_TRANSLATE_NOOP(
        "Messages",
        "The key is kept. Go through the identity check on your account's page, then test again.",
    ),
)
_NO_KEY: Row = (
    QT_TRANSLATE_NOOP("Messages", "A key is needed first"),
    QT_TRANSLATE_NOOP("Messages", "Paste the key from your account's page, then test again."),
)
_LOGIN_PAGE: Row = (
    QT_TRANSLATE_NOOP("Messages", "Something else answers in the service's place"),
    QT_TRANSLATE_NOOP(
        "Messages",
        "It may be your network's login page. Open a web page in a browser, log in there, then "
        "test again.",
    ),
)

_REASONS: dict[str, Row] = {
    Reason.NEED_REAL_NAME_VERIFY: _IDENTITY,
    Reason.MISSING_API_KEY: _NO_KEY,
}

_PROXY_REFUSED = 407
_LOGIN_WANTED = 511


def connection_message(error: errors.AppError) -> Message:
    """The words for `error`, the answer to a test of the connection."""
    return message_for(error, _row(error))


def _row(error: errors.AppError) -> Row | None:
    if isinstance(error, errors.Unreachable) and error.kind in _UNREACHABLE:
        return _UNREACHABLE[error.kind]
    if isinstance(error, errors.ServiceError) and (row := _row_by_answer(error)):
        return row
    return next((row for kind, row in _CLASSES.items() if isinstance(error, kind)), None)


def _row_by_answer(error: errors.ServiceError) -> Row | None:
    if error.reason in _REASONS:
        return _REASONS[error.reason]
    if error.status == _PROXY_REFUSED:
        return _UNREACHABLE["proxy"]
    is_page = type(error) is errors.WrongAddress and 200 <= error.status < 400
    return _LOGIN_PAGE if is_page or error.status == _LOGIN_WANTED else None
