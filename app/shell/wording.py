"""Every failure the program foresees in words: the table behind `messages`.

A row is a title (what happened) and a text (what is kept, what to do). Both are English source
texts of the translation context "Messages"; names in braces come from the error. Text of others
is never part of a row: it is quoted after it.
"""

from app.contract.hints import QT_TRANSLATE_NOOP
from app.model import errors

Row = tuple[str, str]

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
    errors.AppError: (
        QT_TRANSLATE_NOOP("Messages", "Something went wrong"),
        QT_TRANSLATE_NOOP("Messages", "Your picture and mask are kept. Try again."),
    ),
    errors.InvalidInput: (
        QT_TRANSLATE_NOOP("Messages", "{field}: not a usable value"),
        QT_TRANSLATE_NOOP("Messages", "Nothing was sent. Change the value, then generate again."),
    ),
    errors.PictureError: (
        QT_TRANSLATE_NOOP("Messages", "“{name}” could not be opened"),
        QT_TRANSLATE_NOOP("Messages", "What is open stays as it is. Try another picture."),
    ),
    errors.NoRoom: (
        QT_TRANSLATE_NOOP("Messages", "“{name}” does not fit into this computer's free memory"),
        QT_TRANSLATE_NOOP(
            "Messages",
            "It has {size} pixels and would take {needed} GB; {free} GB are free. What is open "
            "stays as it is. Close other programs, or make the picture smaller first.",
        ),
    ),
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
    errors.StorageError: (
        QT_TRANSLATE_NOOP("Messages", "“{name}” could not be written or read"),
        QT_TRANSLATE_NOOP(
            "Messages", "Your picture and mask are kept. Check the folder “{folder}”."
        ),
    ),
    errors.NotSaved: (
        QT_TRANSLATE_NOOP("Messages", "“{name}” could not be saved"),
        QT_TRANSLATE_NOOP(
            "Messages",
            "What came is kept with the job. Choose another folder for results, then try again: "
            "it is saved from there, and nothing is charged.",
        ),
    ),
    errors.NotKept: (
        QT_TRANSLATE_NOOP("Messages", "A picture came that could not be kept"),
        QT_TRANSLATE_NOOP(
            "Messages",
            "The service has it for a while, mostly an hour; mask and settings are kept. Make "
            "room for “{folder}”, then try again: that fetches it, and nothing is charged.",
        ),
    ),
}
"""One row a class; a class without one is worded as its parent."""

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
            QT_TRANSLATE_NOOP("Messages", "The last good one is kept. It starts with https://."),
        ),
        "base_url.not_encrypted": (
            QT_TRANSLATE_NOOP("Messages", "http:// is for this machine alone"),
            QT_TRANSLATE_NOOP(
                "Messages", "The last good one is kept. A key must not travel in the open."
            ),
        ),
        "base_url.not_a_base_url": (
            QT_TRANSLATE_NOOP("Messages", "The address says too much"),
            QT_TRANSLATE_NOOP(
                "Messages", "The last good one is kept. No user name, “?” or “#” belongs in it."
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
    errors.PictureError: {
        "missing": (
            QT_TRANSLATE_NOOP("Messages", "“{name}” is not there any more"),
            QT_TRANSLATE_NOOP(
                "Messages", "What is open stays as it is. It may have been moved or renamed."
            ),
        ),
        "no_access": (
            QT_TRANSLATE_NOOP("Messages", "“{name}” may not be read"),
            QT_TRANSLATE_NOOP(
                "Messages", "What is open stays as it is. Check the permissions of the file."
            ),
        ),
        "not_a_file": (
            QT_TRANSLATE_NOOP("Messages", "“{name}” is not a file"),
            QT_TRANSLATE_NOOP("Messages", "What is open stays as it is. Choose a picture file."),
        ),
        "not_a_picture": (
            QT_TRANSLATE_NOOP("Messages", "“{name}” is not a picture"),
            QT_TRANSLATE_NOOP(
                "Messages",
                "What is open stays as it is. PNG, JPEG, WebP, TIFF, BMP and GIF can be opened.",
            ),
        ),
        "unsupported": (
            QT_TRANSLATE_NOOP("Messages", "“{name}” cannot be opened here: {detail}"),
            QT_TRANSLATE_NOOP(
                "Messages", "What is open stays as it is. Convert the picture to PNG or JPEG."
            ),
        ),
        "damaged": (
            QT_TRANSLATE_NOOP("Messages", "“{name}” is damaged or cut off"),
            QT_TRANSLATE_NOOP(
                "Messages", "What is open stays as it is. Fetch the file again or use a copy."
            ),
        ),
        "too_large": (
            QT_TRANSLATE_NOOP("Messages", "“{name}” is too large"),
            QT_TRANSLATE_NOOP(
                "Messages", "What is open stays as it is. Make the picture smaller first."
            ),
        ),
        "unreadable": (
            QT_TRANSLATE_NOOP("Messages", "“{name}” could not be read"),
            QT_TRANSLATE_NOOP(
                "Messages",
                "Reading it took too long or broke off. What is open stays as it is. Open it "
                "again, or save it anew with another program first.",
            ),
        ),
        "empty": (
            QT_TRANSLATE_NOOP("Messages", "“{name}” is empty"),
            QT_TRANSLATE_NOOP(
                "Messages", "What is open stays as it is. Fetch the file again or use a copy."
            ),
        ),
        "project": (
            QT_TRANSLATE_NOOP("Messages", "“{name}” is a damaged or unsafe project"),
            QT_TRANSLATE_NOOP(
                "Messages",
                "Nothing of it was opened, and the file was left as it is. Use a copy of it.",
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
    errors.NotSaved: {
        "full": (
            QT_TRANSLATE_NOOP("Messages", "The disk is full"),
            QT_TRANSLATE_NOOP(
                "Messages",
                "What came is kept with the job. Make room in “{folder}”, then try again: it is "
                "saved from there, and nothing is charged.",
            ),
        ),
    },
    errors.StorageError: {
        "full": (
            QT_TRANSLATE_NOOP("Messages", "The disk is full"),
            QT_TRANSLATE_NOOP(
                "Messages",
                "Your picture and mask are kept. Make room in “{folder}”, then try again.",
            ),
        ),
        "read_only": (
            QT_TRANSLATE_NOOP("Messages", "“{folder}” can only be read"),
            QT_TRANSLATE_NOOP(
                "Messages", "Your picture and mask are kept. Choose another folder, then try again."
            ),
        ),
        "no_access": (
            QT_TRANSLATE_NOOP("Messages", "No access to “{folder}”"),
            QT_TRANSLATE_NOOP(
                "Messages", "Your picture and mask are kept. Choose another folder, then try again."
            ),
        ),
        "no_folder": (
            QT_TRANSLATE_NOOP("Messages", "No folder can be made in “{folder}”"),
            QT_TRANSLATE_NOOP(
                "Messages", "Your picture and mask are kept. Choose another folder, then try again."
            ),
        ),
        "missing": (
            QT_TRANSLATE_NOOP("Messages", "“{name}” is not there any more"),
            QT_TRANSLATE_NOOP(
                "Messages", "Your picture and mask are kept. It may have been moved or removed."
            ),
        ),
        "damaged": (
            QT_TRANSLATE_NOOP("Messages", "“{name}” is damaged"),
            QT_TRANSLATE_NOOP(
                "Messages", "Your picture and mask are kept. The file was left as it is."
            ),
        ),
        "newer": (
            QT_TRANSLATE_NOOP("Messages", "“{name}” was made by a newer version"),
            QT_TRANSLATE_NOOP(
                "Messages",
                "Nothing can be sent from here; your picture and mask are kept, and so is the "
                "file. Use the newer version.",
            ),
        ),
        "format": (
            QT_TRANSLATE_NOOP("Messages", "“{name}” was not saved"),
            QT_TRANSLATE_NOOP(
                "Messages", "The result is kept where it was. End the name in .png, .webp or .jpg."
            ),
        ),
        "project_format": (
            QT_TRANSLATE_NOOP("Messages", "“{name}” was not saved"),
            QT_TRANSLATE_NOOP(
                "Messages",
                "Your picture and mask are kept. Projects are OpenRaster files: end the name in "
                ".ora.",
            ),
        ),
        "changed": (
            QT_TRANSLATE_NOOP("Messages", "“{name}” was changed by another program"),
            QT_TRANSLATE_NOOP(
                "Messages", "Both are kept so far. Save under another name, or overwrite that file."
            ),
        ),
        "too_large": (
            QT_TRANSLATE_NOOP("Messages", "“{name}” would be too large for a project file"),
            QT_TRANSLATE_NOOP(
                "Messages", "Your picture and mask are kept. Export the mask by itself instead."
            ),
        ),
        "mask_format": (
            QT_TRANSLATE_NOOP("Messages", "“{name}” was not saved"),
            QT_TRANSLATE_NOOP(
                "Messages", "Your mask is kept. Masks are saved as PNG alone: end the name in .png."
            ),
        ),
    },
}
"""Rows for some kinds of a class, before the class's own. An `InvalidInput` is looked up as
`field.kind`."""

QUOTE = QT_TRANSLATE_NOOP("Messages", "The service says: “{words}”")
