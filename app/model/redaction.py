"""Text without what must not leave the program: keys, signatures, addresses' queries, pictures."""

import re
from collections.abc import Callable
from threading import Lock

MASK = "***"

_SHORTEST = 6
"""Length from which a key is masked: what is shorter may be part of any word."""

_LONGEST_RUN = 200

Masked = str | Callable[[re.Match[str]], str]

_RULES: tuple[tuple[str, Masked], ...] = (
    (r"(?i)\b(bearer|basic)\s+[^\s\"']+", rf"\1 {MASK}"),
    (r"(?i)(X-Amz-(?:Signature|Credential|Security-Token))=[^\s&\"'<>]+", rf"\1={MASK}"),
    (r"(?i)(\bhttps?://)[^\s/@\"'<>]+@", rf"\1{MASK}@"),
    (r"(?i)(\bhttps?://[^\s?#\"'<>]+)[?#][^\s\"'<>]+", rf"\1?{MASK}"),
    (
        rf"[A-Za-z0-9+/_-]{{{_LONGEST_RUN},}}={{0,2}}",
        lambda match: f"({len(match[0])} characters)",
    ),
)
"""Compiled when the first text comes: the start of the program need not wait for that."""


class Redaction:
    """Masks the keys that it was told of, and whatever looks like a secret.

    It is told of every key that the program holds, for as long as the program runs: one that was
    forgotten may still be on its way somewhere. Any thread may use it. That a key is only in the
    keyring and in memory holds for the log and for reports because all their text goes through
    here.
    """

    def __init__(self) -> None:
        self._known: tuple[str, ...] = ()
        self._lock = Lock()

    def learn(self, key: str) -> None:
        """Mask `key` from now on."""
        with self._lock:
            if len(key) >= _SHORTEST and key not in self._known:
                # The longest first, as one may be the beginning of another.
                self._known = tuple(sorted((*self._known, key), key=len, reverse=True))

    def __call__(self, text: str) -> str:
        """`text` without secrets."""
        for key in self._known:
            text = text.replace(key, MASK)
        for pattern, masked in _RULES:
            text = re.sub(pattern, masked, text)
        return text


REDACTION = Redaction()
"""The one of this process, as logging is one: a key that it was not handed would be a leak, so
that whatever holds a key tells it by itself."""
