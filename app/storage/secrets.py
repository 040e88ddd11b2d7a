"""API keys: from the environment, from the system's keyring, or for this session only.

A key is never written to a file of ours, and never shown: what holds it prints as `***`.
"""

import os
import re
from collections.abc import Callable, Mapping
from threading import Lock
from typing import Literal, Protocol

from app.model.errors import InvalidInput
from app.model.redaction import REDACTION
from app.storage.patience import within

VARIABLE = "MASKWRIGHT_API_KEY"

Place = Literal["environment", "keyring", "session"]

_PATIENCE_S = 5.0
_SERVICE = "maskwright"
_LONGEST = 1024  # Windows' store ends at 1280 characters
_SCHEME = re.compile(r"^bearer(\s+|$)", re.IGNORECASE)
_BACKENDS = {
    "keyring.backends.SecretService",
    "keyring.backends.kwallet",
    "keyring.backends.macOS",
    "keyring.backends.Windows",
}


class Key:
    """A key in memory. Only `reveal` gives it away; the log masks it from now on."""

    __slots__ = ("_text",)

    def __init__(self, text: str) -> None:
        self._text = text
        REDACTION.learn(text)

    def reveal(self) -> str:
        """The key itself, for the header of a request."""
        return self._text

    def __repr__(self) -> str:
        return "***"

    def __reduce__(self) -> str:
        raise TypeError("a key is not for storing")


class Keyring(Protocol):
    """What we use of a keyring backend; each call may raise anything or wait for a prompt."""

    def get_password(self, service: str, username: str) -> str | None: ...
    def set_password(self, service: str, username: str, password: str) -> None: ...
    def delete_password(self, service: str, username: str) -> None: ...


def cleaned(typed: str) -> str:
    """A typed or pasted key without what copying adds; raises `InvalidInput` for `api_key`.

    Its kinds: `empty`, `spaces`, `not_plain` (other than plain ASCII, such as curly quotes),
    `too_long`.
    """
    key = _SCHEME.sub("", typed.strip(), count=1)
    if not key:
        raise InvalidInput("api_key", "empty")
    if any(c.isspace() for c in key):
        raise InvalidInput("api_key", "spaces")
    if not all("!" <= c <= "~" for c in key) or set(key) & set("\"'`"):
        raise InvalidInput("api_key", "not_plain")
    if len(key) > _LONGEST:
        raise InvalidInput("api_key", "too_long", _LONGEST)
    return key


def system_keyring() -> Keyring | None:
    """The system's own encrypted store, or None where there is only something weaker."""
    # Importing keyring looks through all installed packages: far too slow for start-up.
    import keyring
    from keyring.backends.chainer import ChainerBackend

    chosen = keyring.get_keyring()
    candidates = chosen.backends if isinstance(chosen, ChainerBackend) else [chosen]
    return next((one for one in candidates if type(one).__module__ in _BACKENDS), None)


class KeyStore:
    """The keys by account (`Service.account`). Safe to call from any thread.

    A key belongs to its account and is never given out for another: not even the environment's,
    which is for the accounts that it is `meant_for`. A keyring gets five seconds to answer.

    There is deliberately no file as a last resort: whatever else runs for this user could read
    it, and backups would keep it. Without a keyring a key lasts for the session, or comes from
    the environment each time.
    """

    def __init__(
        self,
        environ: Mapping[str, str] = os.environ,
        backend: Callable[[], Keyring | None] = system_keyring,
        *,
        meant_for: Callable[[str], bool] = lambda account: True,
        patience_s: float = _PATIENCE_S,
    ) -> None:
        self._environ = environ
        self._meant_for = meant_for
        self._backend = backend
        self._patience_s = patience_s
        self._known: dict[str, tuple[Key, Place]] = {}
        self._forgotten = 0
        self._lock = Lock()

    def get(self, account: str) -> Key | None:
        """The key to use for a service. `MASKWRIGHT_API_KEY` comes before a stored one."""
        found = self._find(account)
        return found[0] if found else None

    def place(self, account: str) -> Place | None:
        """Where the key that `get` returns is kept."""
        found = self._find(account)
        return found[1] if found else None

    def set(self, account: str, typed: str) -> Place:
        """Keep a typed key, and say where: `session` means that it is gone when we quit.

        Raises `InvalidInput` as `cleaned` does.
        """
        key = Key(cleaned(typed))
        place: Place = "keyring" if self._stored(account, key) else "session"
        with self._lock:
            self._known[account] = (key, place)
        return place

    def forget(self, account: str) -> None:
        """Drop the stored key of a service, wherever it is kept."""
        self._ask(lambda keyring: keyring.delete_password(_SERVICE, account))
        with self._lock:
            self._known.pop(account, None)
            self._forgotten += 1

    def _find(self, account: str) -> tuple[Key, Place] | None:
        given = self._environ.get(VARIABLE, "").strip()
        if given and self._meant_for(account):
            return Key(cleaned(given)), "environment"
        with self._lock:
            if account in self._known:
                return self._known[account]
            forgotten = self._forgotten
        stored = self._ask(lambda keyring: keyring.get_password(_SERVICE, account))
        if not stored:
            return None
        with self._lock:
            if forgotten != self._forgotten:
                return None  # perhaps this one, while the keyring was looking
            return self._known.setdefault(account, (Key(stored), "keyring"))

    def _stored(self, account: str, key: Key) -> bool:
        """Whether the keyring took the key: some accept it and keep nothing."""

        def store(keyring: Keyring) -> str | None:
            keyring.set_password(_SERVICE, account, key.reveal())
            return keyring.get_password(_SERVICE, account)

        return self._ask(store) == key.reveal()

    def _ask(self, question: Callable[[Keyring], str | None]) -> str | None:
        """What the keyring answers; None when there is none, it fails or takes too long."""

        def ask() -> str | None:
            keyring = self._backend()
            return question(keyring) if keyring else None

        return within(self._patience_s, ask)
