"""What of foreign text is fit to be shown and kept."""

import unicodedata

MAX_TEXT = 4096
"""Longest text kept of anything that a service says, in characters."""

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
