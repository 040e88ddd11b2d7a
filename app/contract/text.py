"""What of foreign text is fit to be shown and kept."""

import re
import unicodedata

MAX_TEXT = 4096
"""Longest text kept of anything that a service says, in characters."""

TASK_ID = r"[A-Za-z0-9._:-]{1,200}"
"""What an id of a task looks like, as a regular expression; all else is no id, and never used."""

UNSEEN = {"Cc", "Cf", "Cs", "Co", "Cn"}
"""Unicode categories that never belong on a screen: controls, bidi marks, halves of pairs."""


def clean(value: object) -> str:
    """Foreign text fit to be shown and stored: composed, capped, without control characters."""
    text = value if isinstance(value, str) else "" if value is None else str(value)
    kept = (
        "\n" if c == "\n" else " " if c == "\t" else c
        for c in text[: 4 * MAX_TEXT]
        if c in "\n\t" or unicodedata.category(c) not in UNSEEN
    )
    return unicodedata.normalize("NFC", "".join(kept))[:MAX_TEXT].strip()


def one_line(name: str) -> str:
    """The name of a file, which may hold anything, fit to be shown in a sentence."""
    return " ".join(clean(name.replace("\r", "\n")).split()) or "…"


def is_task_id(text: str) -> bool:
    """Whether `text` may be the id of a task."""
    return re.fullmatch(TASK_ID, text) is not None
