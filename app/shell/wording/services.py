"""Words for what a service refuses, and for what becomes of a job on the way."""

from app.contract.hints import QT_TRANSLATE_NOOP
from app.model import errors
from app.shell.wording.row import Row

CLASSES: dict[type[errors.AppError], Row] = {
    errors.ServiceError: (
        QT_TRANSLATE_NOOP("Messages", "Refused by the service"),
        QT_TRANSLATE_NOOP("Messages", "Mask and settings are kept. Change something, then retry."),
    ),
    errors.Unauthorized: (
        QT_TRANSLATE_NOOP("Messages", "Refused: the key is not accepted"),
        QT_TRANSLATE_NOOP(
            "Messages", "Nothing was charged; mask and settings are kept. Check the key."
        ),
    ),
    errors.NotAllowed: (
        QT_TRANSLATE_NOOP("Messages", "Refused: the account may not do this"),
        QT_TRANSLATE_NOOP(
            "Messages",
            "Nothing was charged; mask and settings are kept. Look at your account's page.",
        ),
    ),
    errors.OutOfCredit: (
        QT_TRANSLATE_NOOP("Messages", "Refused: balance too low"),
        QT_TRANSLATE_NOOP(
            "Messages", "Nothing was charged; mask and settings are kept. Top up, then try again."
        ),
    ),
    errors.RateLimited: (
        QT_TRANSLATE_NOOP("Messages", "Refused: too many requests"),
        QT_TRANSLATE_NOOP(
            "Messages",
            "Nothing was charged; mask and settings are kept. Wait a little, then retry.",
        ),
    ),
    errors.Rejected: (
        QT_TRANSLATE_NOOP("Messages", "Refused: a value was not accepted"),
        QT_TRANSLATE_NOOP(
            "Messages", "Nothing was charged; mask and settings are kept. Change it, then retry."
        ),
    ),
    errors.Moderated: (
        QT_TRANSLATE_NOOP("Messages", "Refused by content rules"),
        QT_TRANSLATE_NOOP(
            "Messages", "Mask and settings are kept. Change the prompt or the picture."
        ),
    ),
    errors.TaskNotFound: (
        QT_TRANSLATE_NOOP("Messages", "Lost: the service no longer knows this job"),
        QT_TRANSLATE_NOOP("Messages", "Mask and settings are kept. Check later or generate again."),
    ),
    errors.NotCreated: (
        QT_TRANSLATE_NOOP("Messages", "Not started by the service"),
        QT_TRANSLATE_NOOP(
            "Messages", "Nothing was charged; mask and settings are kept. Try again."
        ),
    ),
    errors.WrongAddress: (
        QT_TRANSLATE_NOOP("Messages", "No such service at this address"),
        QT_TRANSLATE_NOOP(
            "Messages",
            "Mask and settings are kept. Check the address, and whether your network wants "
            "a login.",
        ),
    ),
    errors.BadAnswer: (
        QT_TRANSLATE_NOOP("Messages", "The answer made no sense"),
        QT_TRANSLATE_NOOP("Messages", "Mask and settings are kept. Try again later."),
    ),
    errors.ServiceDown: (
        QT_TRANSLATE_NOOP("Messages", "The service is in trouble"),
        QT_TRANSLATE_NOOP("Messages", "Mask and settings are kept. Try again later."),
    ),
    errors.Unreadable: (
        QT_TRANSLATE_NOOP("Messages", "A picture came that cannot be opened"),
        QT_TRANSLATE_NOOP(
            "Messages",
            "What came is kept with the job, mask and settings too. Try again: that fetches it "
            "once more, and nothing is charged for it.",
        ),
    ),
    errors.BadLink: (
        QT_TRANSLATE_NOOP("Messages", "A picture's address is not safe to open"),
        QT_TRANSLATE_NOOP(
            "Messages",
            "Nothing was fetched from there; the other pictures are kept. Try again later: that "
            "asks for a new address, and nothing is charged for it.",
        ),
    ),
    errors.Unreachable: (
        QT_TRANSLATE_NOOP("Messages", "Not sent: no connection"),
        QT_TRANSLATE_NOOP(
            "Messages",
            "Nothing was charged; mask and settings are kept. Check the network, then retry.",
        ),
    ),
    errors.AnswerLost: (
        QT_TRANSLATE_NOOP("Messages", "Unknown: sent, no answer"),
        QT_TRANSLATE_NOOP(
            "Messages",
            "The service may have started it, so it may have been charged, and there is no way "
            "to look that up. Picture, mask and settings are kept. Check your balance before you "
            "send it again.",
        ),
    ),
    errors.AlreadySent: (
        QT_TRANSLATE_NOOP("Messages", "Already sent: it cannot be cancelled"),
        QT_TRANSLATE_NOOP(
            "Messages",
            "The service works on it and charges for it. The result is kept when it comes.",
        ),
    ),
    errors.SetAside: (
        QT_TRANSLATE_NOOP("Messages", "Not watched for now"),
        QT_TRANSLATE_NOOP(
            "Messages",
            "The service goes on; the job is kept. Fetching its pictures later costs nothing; the "
            "next start of the program does it by itself.",
        ),
    ),
    errors.JobFailed: (
        QT_TRANSLATE_NOOP("Messages", "Failed: no pictures came of it"),
        QT_TRANSLATE_NOOP("Messages", "Mask and settings are kept. Try again or change something."),
    ),
}

KINDS: dict[type[errors.AppError], dict[str, Row]] = {
    errors.AnswerLost: {
        "cut": (
            QT_TRANSLATE_NOOP("Messages", "Unknown: the answer broke off"),
            QT_TRANSLATE_NOOP(
                "Messages",
                "It may have been charged, and there is no way to look that up. Picture, mask and "
                "settings are kept. Check your balance before you send it again.",
            ),
        ),
        "trouble": (
            QT_TRANSLATE_NOOP("Messages", "Unknown: the service was in trouble"),
            QT_TRANSLATE_NOOP(
                "Messages",
                "It may have been charged, and there is no way to look that up. Picture, mask and "
                "settings are kept. Check your balance before you send it again.",
            ),
        ),
        "unreadable": (
            QT_TRANSLATE_NOOP("Messages", "Unknown: the answer made no sense"),
            QT_TRANSLATE_NOOP(
                "Messages",
                "It may have been charged, and there is no way to look that up. The answer, "
                "picture, mask and settings are kept. Check your balance before you send it again.",
            ),
        ),
        "elsewhere": (
            QT_TRANSLATE_NOOP("Messages", "Unknown: somebody else answered"),
            QT_TRANSLATE_NOOP(
                "Messages",
                "A wrong address, or the login page of a network: probably it was not charged. "
                "Picture, mask and settings are kept. Check both before you send it again.",
            ),
        ),
        "repeated": (
            QT_TRANSLATE_NOOP("Messages", "Unknown: the answer was that of another job"),
            QT_TRANSLATE_NOOP(
                "Messages",
                "It may have been charged, and there is no way to look that up. Picture, mask and "
                "settings are kept. Check your balance before you send it again.",
            ),
        ),
        "interrupted": (
            QT_TRANSLATE_NOOP("Messages", "Unknown: the program ended while sending"),
            QT_TRANSLATE_NOOP(
                "Messages",
                "It may have been charged, and there is no way to look that up. Picture, mask and "
                "settings are kept. Check your balance before you send it again.",
            ),
        ),
    },
    errors.Unreachable: {
        "dns": (
            QT_TRANSLATE_NOOP("Messages", "Not sent: address not found"),
            QT_TRANSLATE_NOOP(
                "Messages",
                "Nothing was charged; mask and settings are kept. Check the network and the "
                "address.",
            ),
        ),
        "refused": (
            QT_TRANSLATE_NOOP("Messages", "Not sent: nothing answers there"),
            QT_TRANSLATE_NOOP(
                "Messages",
                "Nothing was charged; mask and settings are kept. Check the address, then retry.",
            ),
        ),
        "tls": (
            QT_TRANSLATE_NOOP("Messages", "Not sent: the connection is not safe"),
            QT_TRANSLATE_NOOP(
                "Messages",
                "Nothing was charged; mask and settings are kept. Check the clock and the network.",
            ),
        ),
        "timeout": (
            QT_TRANSLATE_NOOP("Messages", "Not sent: the connection took too long"),
            QT_TRANSLATE_NOOP(
                "Messages", "Nothing was charged; mask and settings are kept. Try again."
            ),
        ),
        "proxy": (
            QT_TRANSLATE_NOOP("Messages", "Not sent: refused by the proxy"),
            QT_TRANSLATE_NOOP(
                "Messages",
                "Nothing was charged; mask and settings are kept. Check the proxy's settings.",
            ),
        ),
    },
}
