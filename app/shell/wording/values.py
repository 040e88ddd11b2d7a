"""Words for what the artist can mend at once: values that are not usable as they are."""

from app.contract.hints import QT_TRANSLATE_NOOP
from app.model import errors
from app.shell.wording.row import Row

CLASSES: dict[type[errors.AppError], Row] = {
    errors.AppError: (
        QT_TRANSLATE_NOOP("Messages", "Something went wrong"),
        QT_TRANSLATE_NOOP("Messages", "Your picture and mask are kept. Try again."),
    ),
    errors.InvalidInput: (
        QT_TRANSLATE_NOOP("Messages", "{field}: not a usable value"),
        QT_TRANSLATE_NOOP("Messages", "Nothing was sent. Change the value, then generate again."),
    ),
}

KINDS: dict[type[errors.AppError], dict[str, Row]] = {
    errors.InvalidInput: {
        "task_id.not_an_id": (
            QT_TRANSLATE_NOOP("Messages", "That is no id of a task"),
            QT_TRANSLATE_NOOP(
                "Messages", "The job is as it was. An id has letters, digits and . _ : - only."
            ),
        ),
        "task_id.taken": (
            QT_TRANSLATE_NOOP("Messages", "That task belongs to another job"),
            QT_TRANSLATE_NOOP("Messages", "Both jobs are as they were. Look for another id."),
        ),
        "mask.empty": (
            QT_TRANSLATE_NOOP("Messages", "Nothing is painted"),
            QT_TRANSLATE_NOOP("Messages", "Nothing was sent. Paint over what should change."),
        ),
        "mask.size_differs": (
            QT_TRANSLATE_NOOP("Messages", "Mask and picture differ in size"),
            QT_TRANSLATE_NOOP("Messages", "Nothing was sent. Both must have the same size."),
        ),
        "api_key.empty": (
            QT_TRANSLATE_NOOP("Messages", "No key was typed"),
            QT_TRANSLATE_NOOP("Messages", "What was kept before is kept."),
        ),
        "api_key.spaces": (
            QT_TRANSLATE_NOOP("Messages", "A key has no spaces inside"),
            QT_TRANSLATE_NOOP("Messages", "What was kept before is kept. Copy the key once more."),
        ),
        "api_key.not_plain": (
            QT_TRANSLATE_NOOP("Messages", "A key has plain letters and digits only"),
            QT_TRANSLATE_NOOP("Messages", "What was kept before is kept. Copy the key once more."),
        ),
        "api_key.too_long": (
            QT_TRANSLATE_NOOP("Messages", "That is too long for a key"),
            QT_TRANSLATE_NOOP("Messages", "What was kept before is kept. Copy the key once more."),
        ),
        "base_url.not_a_url": (
            QT_TRANSLATE_NOOP("Messages", "That is no address"),
            QT_TRANSLATE_NOOP("Messages", "Nothing was changed. It starts with https://."),
        ),
        "base_url.not_encrypted": (
            QT_TRANSLATE_NOOP("Messages", "http:// is for this machine alone"),
            QT_TRANSLATE_NOOP(
                "Messages", "Nothing was changed. A key must not travel in the open."
            ),
        ),
        "base_url.not_a_base_url": (
            QT_TRANSLATE_NOOP("Messages", "The address says too much"),
            QT_TRANSLATE_NOOP(
                "Messages", "Nothing was changed. No user name, “?” or “#” belongs in it."
            ),
        ),
        "name_template.empty": (
            QT_TRANSLATE_NOOP("Messages", "The name is empty"),
            QT_TRANSLATE_NOOP("Messages", "The last good one is kept. Type some words or braces."),
        ),
        "name_template.folder": (
            QT_TRANSLATE_NOOP("Messages", "A name has no slashes"),
            QT_TRANSLATE_NOOP("Messages", "The last good one is kept. Folders are set above."),
        ),
        "name_template.braces": (
            QT_TRANSLATE_NOOP("Messages", "The braces do not pair"),
            QT_TRANSLATE_NOOP(
                "Messages", "The last good one is kept. Write one of the words below between two."
            ),
        ),
        "name_template.unknown_placeholder": (
            QT_TRANSLATE_NOOP("Messages", "Nothing is called “{limit}”"),
            QT_TRANSLATE_NOOP("Messages", "The last good one is kept. Use one of the words below."),
        ),
    },
}
