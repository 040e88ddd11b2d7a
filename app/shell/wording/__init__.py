"""Every failure the program foresees in words: the tables behind `messages`."""

from app.contract.hints import QT_TRANSLATE_NOOP
from app.model import errors
from app.shell.wording import files, services, values
from app.shell.wording.row import Row

UNEXPECTED: Row = (
    QT_TRANSLATE_NOOP("Messages", "Something went wrong inside the program"),
    QT_TRANSLATE_NOOP(
        "Messages", "Your picture and mask are as they were, and finished results are on disk."
    ),
)

UNEXPECTED_OFTEN: Row = (
    QT_TRANSLATE_NOOP("Messages", "Something keeps going wrong inside the program"),
    QT_TRANSLATE_NOOP(
        "Messages",
        "Finished results are on disk. Export the mask, then start the program anew. More of "
        "the same will only be logged.",
    ),
)

ENDED: Row = (
    QT_TRANSLATE_NOOP("Messages", "Maskwright ended unexpectedly last time"),
    QT_TRANSLATE_NOOP("Messages", "Your mask and your jobs are there. A report helps to mend it."),
)

CLASSES: dict[type[errors.AppError], Row] = {
    **values.CLASSES,
    **files.CLASSES,
    **services.CLASSES,
}
"""One row a class; a class without one is worded as its parent."""

KINDS: dict[type[errors.AppError], dict[str, Row]] = {
    **values.KINDS,
    **files.KINDS,
    **services.KINDS,
}
"""Rows for some kinds of a class, before the class's own. An `InvalidInput` is looked up as
`field.kind`."""

QUOTE = QT_TRANSLATE_NOOP("Messages", "The service says: “{words}”")
