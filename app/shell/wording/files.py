"""Words for pictures that cannot be opened, and for a disk that refuses."""

from app.contract.hints import QT_TRANSLATE_NOOP
from app.model import errors
from app.shell.wording.row import Row

CLASSES: dict[type[errors.AppError], Row] = {
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

KINDS: dict[type[errors.AppError], dict[str, Row]] = {
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
                "What is open stays as it is. PNG, JPEG, WebP, AVIF, TIFF, BMP and GIF can be "
                "opened.",
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
    errors.NotKept: {
        "dated": (
            QT_TRANSLATE_NOOP("Messages", "A picture came that could not be kept"),
            QT_TRANSLATE_NOOP(
                "Messages",
                "The service has it until {until} at least; mask and settings are kept. Make room "
                "for “{folder}”, then try again: that fetches it, and nothing is charged.",
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
                "Messages",
                "Your picture and mask are kept. Choose another folder, or let this one be "
                "written to, then try again.",
            ),
        ),
        "no_access": (
            QT_TRANSLATE_NOOP("Messages", "No access to “{folder}”"),
            QT_TRANSLATE_NOOP(
                "Messages",
                "Your picture and mask are kept. Choose another folder, or let this one be "
                "written to, then try again.",
            ),
        ),
        "no_folder": (
            QT_TRANSLATE_NOOP("Messages", "No folder can be made in “{folder}”"),
            QT_TRANSLATE_NOOP(
                "Messages",
                "Your picture and mask are kept. Choose another folder, or let this one be "
                "written to, then try again.",
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
