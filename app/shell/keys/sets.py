"""The sets of keys that come with the program, told by where they differ from its own."""

from collections.abc import Mapping
from typing import NamedTuple

from app.contract.hints import QT_TRANSLATE_NOOP

Keys = Mapping[str, tuple[str, ...]]


class KeySet(NamedTuple):
    """The habits of a program: `title` is a source text of the context "KeySets".

    `keys` has the actions whose keys are others than in the table; `wheel` says what the wheel
    does (see `PreferencesRecord.wheel`).
    """

    title: str
    keys: Keys
    wheel: str = ""


STANDARD = ""
"""The name of the program's own set, as preferences write it."""

KEY_SETS = {
    STANDARD: KeySet(title=QT_TRANSLATE_NOOP("KeySets", "Maskwright"), keys={}),
    "photoshop": KeySet(
        title=QT_TRANSLATE_NOOP("KeySets", "Photoshop"),
        keys={
            "undo": ("Ctrl+Z", "Ctrl+Alt+Z"),
            "preferences": ("Ctrl+K", "Ctrl+,"),
            "export_mask": ("Ctrl+Alt+Shift+W", "Ctrl+Shift+E"),
            "fill": ("Alt+Backspace", "Ctrl+Backspace", "Shift+F5"),
            "feather": ("Shift+F6", "Ctrl+Alt+D"),
            "levels": ("Ctrl+L",),
            "cycle_display": ("\\", "Ctrl+Alt+R"),
            "grid": ("Ctrl+'",),
        },
        wheel="photoshop",
    ),
    # Its digits zoom and turn, so opacity goes by I and O; M mirrors, so areas have other keys.
    "krita": KeySet(
        title=QT_TRANSLATE_NOOP("KeySets", "Krita"),
        keys={
            "eraser": ("Shift+E",),
            "swap": ("E", "X"),
            "rectangle": ("Ctrl+R",),
            "ellipse": ("Ctrl+Shift+R",),
            "bucket": ("F",),
            "fainter": ("I",),
            "stronger": ("O",),
            **{f"opacity_{digit}": () for digit in range(10)},
            "select_none": ("Ctrl+Shift+A", "Ctrl+D"),
            "fill": ("Shift+Backspace", "Alt+Backspace"),
            "actual_size": ("1", "Ctrl+1"),
            "fit": ("2", "Ctrl+0"),
            "fill_view": ("3",),
            "turn_left": ("4", "Ctrl+["),
            "turn_reset": ("5",),
            "turn_right": ("6", "Ctrl+]"),
            "mirror": ("M",),
            "grid": ("Ctrl+Shift+'",),
            "full_canvas": ("Ctrl+Shift+F",),
        },
    ),
}
