"""What an editor of a field wants to know beside its type and range."""

from typing import NamedTuple


class Hint(NamedTuple):
    """Display facts of one field: they never change what is valid.

    `step` is one notch of a slider or spin box, `decimals` the digits shown, `unit` follows the
    number, `off` names the empty value (None or ""), which is not sent.
    """

    step: float = 1
    decimals: int = 0
    unit: str = ""
    off: str = ""


def QT_TRANSLATE_NOOP(context: str, text: str) -> str:
    """Mark `text` for translation; it is translated where it is shown.

    The name is the one that Qt's tools look for; this package knows nothing of Qt itself.
    """
    return text
