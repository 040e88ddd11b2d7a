"""What hand and keys do with the current tool, in a few words."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import QCoreApplication

from app.contract.hints import QT_TRANSLATE_NOOP

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from app.panels.key_hints import Hint
    from app.session.tools import Tool

    KeyOf = Callable[[str], str]
    """The key of an action as the platform writes it, or nothing."""


class _Line(NamedTuple):
    """`does` is what the keys of the actions `keys` do, or the gesture `hand`."""

    does: str
    hand: str = ""
    keys: tuple[str, ...] = ()


_BEGINNING = (
    _Line(keys=("open",), does=QT_TRANSLATE_NOOP("Hints", "open")),
    _Line(keys=("paste",), does=QT_TRANSLATE_NOOP("Hints", "paste")),
)
_ADD = _Line(keys=("swap",), does=QT_TRANSLATE_NOOP("Hints", "add"))
_SUBTRACT = _Line(keys=("swap",), does=QT_TRANSLATE_NOOP("Hints", "subtract"))
_PAINTING = (
    _Line(keys=("smaller", "larger"), does=QT_TRANSLATE_NOOP("Hints", "size")),
    _Line(keys=("softer", "harder"), does=QT_TRANSLATE_NOOP("Hints", "hardness")),
    _SUBTRACT,
    _Line(hand=QT_TRANSLATE_NOOP("Hints", "Shift click"), does=QT_TRANSLATE_NOOP("Hints", "line")),
)
_COMBINING = (
    _Line(hand=QT_TRANSLATE_NOOP("Hints", "Shift"), does=QT_TRANSLATE_NOOP("Hints", "add")),
    _Line(hand=QT_TRANSLATE_NOOP("Hints", "Alt"), does=QT_TRANSLATE_NOOP("Hints", "subtract")),
    _Line(
        hand=QT_TRANSLATE_NOOP("Hints", "Shift Alt"),
        does=QT_TRANSLATE_NOOP("Hints", "intersect"),
    ),
)
_RIGHT = _Line(
    hand=QT_TRANSLATE_NOOP("Hints", "Right drag"), does=QT_TRANSLATE_NOOP("Hints", "subtract")
)
_DRAWING = (*_COMBINING, _RIGHT)
_POLYGON = (
    _Line(hand=QT_TRANSLATE_NOOP("Hints", "Click"), does=QT_TRANSLATE_NOOP("Hints", "corner")),
    _Line(hand=QT_TRANSLATE_NOOP("Hints", "Enter"), does=QT_TRANSLATE_NOOP("Hints", "close")),
    _Line(
        hand=QT_TRANSLATE_NOOP("Hints", "Backspace"), does=QT_TRANSLATE_NOOP("Hints", "one back")
    ),
    *_COMBINING,
)
_MARQUEE = (
    *_COMBINING,
    _RIGHT,
    _Line(
        hand=QT_TRANSLATE_NOOP("Hints", "Drag, then Shift"),
        does=QT_TRANSLATE_NOOP("Hints", "even sides"),
    ),
    _Line(
        hand=QT_TRANSLATE_NOOP("Hints", "Drag, then Alt"),
        does=QT_TRANSLATE_NOOP("Hints", "from the middle"),
    ),
)
_DRAWING_MARQUEE = (
    _Line(hand=QT_TRANSLATE_NOOP("Hints", "Shift"), does=QT_TRANSLATE_NOOP("Hints", "even sides")),
    _Line(
        hand=QT_TRANSLATE_NOOP("Hints", "Alt"), does=QT_TRANSLATE_NOOP("Hints", "from the middle")
    ),
    _Line(hand=QT_TRANSLATE_NOOP("Hints", "Space"), does=QT_TRANSLATE_NOOP("Hints", "move it")),
    _Line(hand=QT_TRANSLATE_NOOP("Hints", "Esc"), does=QT_TRANSLATE_NOOP("Hints", "never mind")),
)
_CLICKING = (
    _Line(
        hand=QT_TRANSLATE_NOOP("Hints", "Click"), does=QT_TRANSLATE_NOOP("Hints", "like colours")
    ),
    _Line(hand=QT_TRANSLATE_NOOP("Hints", "Drag"), does=QT_TRANSLATE_NOOP("Hints", "tolerance")),
    *_COMBINING,
)
_SNAPPING = (
    _Line(
        hand=QT_TRANSLATE_NOOP("Hints", "Drag"),
        does=QT_TRANSLATE_NOOP("Hints", "roughly around something"),
    ),
    *_DRAWING,
)
_FILLING = (
    _Line(
        hand=QT_TRANSLATE_NOOP("Hints", "Click"),
        does=QT_TRANSLATE_NOOP("Hints", "fill up to the paint"),
    ),
    *_COMBINING,
)
_FITTING = (
    _Line(keys=("fit",), does=QT_TRANSLATE_NOOP("Hints", "fit")),
    _Line(keys=("actual_size",), does=QT_TRANSLATE_NOOP("Hints", "100 %")),
)
_HAND = (
    _Line(hand=QT_TRANSLATE_NOOP("Hints", "Drag"), does=QT_TRANSLATE_NOOP("Hints", "move")),
    *_FITTING,
)
_ZOOM = (
    _Line(hand=QT_TRANSLATE_NOOP("Hints", "Click"), does=QT_TRANSLATE_NOOP("Hints", "closer")),
    _Line(hand=QT_TRANSLATE_NOOP("Hints", "Alt click"), does=QT_TRANSLATE_NOOP("Hints", "farther")),
    *_FITTING,
)
_APPLYING = (
    _Line(hand=QT_TRANSLATE_NOOP("Hints", "Enter"), does=QT_TRANSLATE_NOOP("Hints", "apply")),
    _Line(hand=QT_TRANSLATE_NOOP("Hints", "Esc"), does=QT_TRANSLATE_NOOP("Hints", "never mind")),
)
_PAN = _Line(hand=QT_TRANSLATE_NOOP("Hints", "Space"), does=QT_TRANSLATE_NOOP("Hints", "pan"))
_KEYS = _Line(keys=("keys",), does=QT_TRANSLATE_NOOP("Hints", "all keys"))
_LINES: Mapping[Tool, tuple[_Line, ...]] = {
    "brush": _PAINTING,
    "eraser": _PAINTING,
    "lasso": _DRAWING,
    "polygon": _POLYGON,
    "rectangle": _MARQUEE,
    "ellipse": _MARQUEE,
    "wand": _CLICKING,
    "outline": _SNAPPING,
    "bucket": _FILLING,
    "hand": _HAND,
    "zoom": _ZOOM,
}


def beginning_hints(key_of: KeyOf) -> list[Hint]:
    """How to begin, while no picture is open."""
    return _told((*_BEGINNING, _KEYS), key_of)


def tool_hints(tool: Tool, erases: bool, key_of: KeyOf) -> list[Hint]:
    """The hints of `tool`; those of keys that there are none for now are left out."""
    lines = (_ADD if erases and line is _SUBTRACT else line for line in _LINES[tool])
    return _told((*lines, _PAN, _KEYS), key_of)


def drawing_hints(tool: Tool, key_of: KeyOf) -> list[Hint]:
    """What keys do while an area is being drawn with `tool`; of few tools there is more to say."""
    return _told(_DRAWING_MARQUEE, key_of) if tool in {"rectangle", "ellipse"} else []


def trial_hints(key_of: KeyOf) -> list[Hint]:
    """What keys do while a bar is open that tries something out."""
    return _told(_APPLYING, key_of)


def _told(lines: tuple[_Line, ...], key_of: KeyOf) -> list[Hint]:
    hints = (
        (_translated(line.hand) if line.hand else _cap(line, key_of), _translated(line.does))
        for line in lines
    )
    return [(cap, does) for cap, does in hints if cap]


def _cap(line: _Line, key_of: KeyOf) -> str:
    """The keys of a line in one cap; what is held for both stands there once: "Shift+[ ]"."""
    first, *others = [key_of(name) for name in line.keys]
    held, plus, _ = first[:-1].rpartition("+")
    return " ".join([first, *(key.removeprefix(held + plus) for key in others)]).strip()


def _translated(text: str) -> str:
    return QCoreApplication.translate("Hints", text)
