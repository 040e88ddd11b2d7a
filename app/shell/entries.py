"""What an action is made of, and the menus that actions stand in."""

from enum import Enum
from typing import NamedTuple

from app.contract.hints import QT_TRANSLATE_NOOP


class Fact(Enum):
    """What has to be true for an action to make sense."""

    PICTURE = "a picture is open"
    ALPHA = "it has transparent places"
    MASK = "something is painted"
    UNDO = "a step can be undone"
    REDO = "a step can be redone"
    CLEARED = "a mask was cleared that can come back"
    RESULT = "a result is selected"
    RESULTS = "there is a result"
    RUNNING = "a job is under way"


class Entry(NamedTuple):
    """One action: `text` is an English source text of the context "Actions".

    The first of `shortcuts` is shown, the others are habits from elsewhere. `new_group` draws a
    line above it in its menu. An action that `repeats` goes on while its key is held.
    """

    id: str
    menu: str
    text: str
    shortcuts: tuple[str, ...] = ()
    needs: Fact | None = None
    new_group: bool = False
    repeats: bool = False


class Menu(NamedTuple):
    """A menu: `text` is a source text of the context "Actions"; `within` another, or in the bar.

    A menu within another stands where the first of its actions stands in the table.
    """

    text: str
    within: str = ""
    new_group: bool = False


MENUS = {
    "file": Menu(QT_TRANSLATE_NOOP("Actions", "&File")),
    "edit": Menu(QT_TRANSLATE_NOOP("Actions", "&Edit")),
    "mask": Menu(QT_TRANSLATE_NOOP("Actions", "&Mask")),
    "tool": Menu(QT_TRANSLATE_NOOP("Actions", "&Tool"), "mask"),
    "stroke": Menu(QT_TRANSLATE_NOOP("Actions", "&Brush"), "mask"),
    "opacity": Menu(QT_TRANSLATE_NOOP("Actions", "&Opacity"), "mask"),
    "grow": Menu(QT_TRANSLATE_NOOP("Actions", "&Grow and Shrink"), "mask", new_group=True),
    "change": Menu(QT_TRANSLATE_NOOP("Actions", "O&perations"), "mask"),
    "from": Menu(QT_TRANSLATE_NOOP("Actions", "Make Fro&m"), "mask"),
    "view": Menu(QT_TRANSLATE_NOOP("Actions", "&View")),
    "turn": Menu(QT_TRANSLATE_NOOP("Actions", "&Turn and Mirror"), "view", new_group=True),
    "results": Menu(QT_TRANSLATE_NOOP("Actions", "&Results")),
    "help": Menu(QT_TRANSLATE_NOOP("Actions", "&Help")),
}
