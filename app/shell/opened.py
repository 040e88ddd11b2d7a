"""What was opened otherwise than it is in its file, in words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from app.contract.hints import QT_TRANSLATE_NOOP
from app.contract.text import one_line
from app.shell.messages import Message

if TYPE_CHECKING:
    from app.model.picture import Picture
    from app.model.project import OpenedProject

CHANGED = QT_TRANSLATE_NOOP("Opened", "Opened with changes; the file itself is untouched")

TITLES = {
    "previous": QT_TRANSLATE_NOOP(
        "Opened", "“{damaged}” is damaged; its last good version “{name}” is open instead"
    ),
    "newer": QT_TRANSLATE_NOOP("Opened", "“{name}” was made by a newer Maskwright"),
}
"""What comes before all else, by the notice."""

TEXTS = {
    "first_frame": QT_TRANSLATE_NOOP("Opened", "Only the first frame of the animation is shown."),
    "converted_cmyk": QT_TRANSLATE_NOOP("Opened", "CMYK colours were converted for the screen."),
    "reduced_depth": QT_TRANSLATE_NOOP(
        "Opened", "It is shown and sent with 8 bits a channel; the file keeps all it has."
    ),
    "ignored_profile": QT_TRANSLATE_NOOP(
        "Opened", "Its colour profile is damaged or of another kind, and was not used."
    ),
    "previous": QT_TRANSLATE_NOOP(
        "Opened", "Both files are left as they are. Save this one to keep it."
    ),
    "newer": QT_TRANSLATE_NOOP(
        "Opened", "What this version knows of it is open. Saving asks for another name."
    ),
    "flattened": QT_TRANSLATE_NOOP("Opened", "Its layers are one picture here."),
    "blended": QT_TRANSLATE_NOOP("Opened", "Some layers are blended more plainly than there."),
    "mask_layer": QT_TRANSLATE_NOOP("Opened", "The layer “Mask” is the mask."),
    "no_mask": QT_TRANSLATE_NOOP("Opened", "No layer is called “Mask”, so nothing is painted yet."),
}


def change_of(found: Picture | OpenedProject) -> Message | None:
    """The notice to show; None when nothing is another than in the file."""
    texts = [_tr(TEXTS[name]) for name in found.notices if name in TEXTS]
    if not texts:
        return None
    title = next((TITLES[name] for name in found.notices if name in TITLES), CHANGED)
    name = "" if found.path is None else one_line(found.path.name)
    return Message(_tr(title).format(name=name, damaged=name.removesuffix("~")), " ".join(texts))


def is_grave(found: Picture | OpenedProject) -> bool:
    """Whether the artist has to know it to lose nothing."""
    return any(name in TITLES for name in found.notices)


def _tr(text: str) -> str:
    return QCoreApplication.translate("Opened", text)
