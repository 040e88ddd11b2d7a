"""Keys: where they come from, where they go, and that nothing ever shows them."""

import copy
import pickle
import subprocess
from collections.abc import Callable
from pathlib import Path
from threading import Event, Thread

import pytest

from app.model.errors import InvalidInput
from app.model.redaction import REDACTION
from app.storage.secrets import VARIABLE, Key, Keyring, KeyStore, system_keyring

CANARY = "sk_canary-0123456789"


class MemoryKeyring:
    """A keyring that works."""

    def __init__(self) -> None:
        self.kept: dict[tuple[str, str], str] = {}

    def get_password(self, service: str, username: str) -> str | None:
        return self.kept.get((service, username))

    def set_password(self, service: str, username: str, password: str) -> None:
        self.kept[service, username] = password

    def delete_password(self, service: str, username: str) -> None:
        del self.kept[service, username]


class ForgetfulKeyring(MemoryKeyring):
    """Takes everything and keeps nothing, as keyring's null backend does."""

    def set_password(self, service: str, username: str, password: str) -> None:
        pass


class LockedKeyring(MemoryKeyring):
    """Refuses, with an error that repeats what it was given."""

    def get_password(self, service: str, username: str) -> str | None:
        raise RuntimeError("locked")

    def set_password(self, service: str, username: str, password: str) -> None:
        raise RuntimeError(f"cannot store {password}")


class WaitingKeyring(MemoryKeyring):
    """Waits for an unlock prompt that nobody answers."""

    def __init__(self) -> None:
        super().__init__()
        self.answered = Event()

    def get_password(self, service: str, username: str) -> str | None:
        self.answered.wait(30)
        return None


def store(keyring: Keyring | None, **environ: str) -> KeyStore:
    return KeyStore(environ, lambda: keyring, patience_s=5)


def revealed(key: Key | None) -> str | None:
    return key.reveal() if key else None


def test_a_key_survives_in_the_keyring_under_its_service() -> None:
    keyring = MemoryKeyring()
    assert store(keyring).set("novita", CANARY) == "keyring"
    assert keyring.kept == {("maskwright", "novita"): CANARY}
    later = store(keyring)
    assert revealed(later.get("novita")) == CANARY
    assert later.place("novita") == "keyring"
    assert later.get("ppio") is None


@pytest.mark.parametrize("keyring", [None, ForgetfulKeyring(), LockedKeyring()])
def test_without_a_keyring_that_keeps_it_a_key_lasts_for_the_session(
    keyring: Keyring | None,
) -> None:
    keys = store(keyring)
    assert keys.set("novita", CANARY) == "session"
    assert revealed(keys.get("novita")) == CANARY
    assert keys.place("novita") == "session"
    assert store(keyring).get("novita") is None


def test_a_keyring_that_waits_for_ever_holds_nobody_up() -> None:
    keyring = WaitingKeyring()
    keys = KeyStore({}, lambda: keyring, patience_s=0.05)
    assert keys.get("novita") is None
    assert keys.set("novita", CANARY) == "session"
    keyring.answered.set()


def test_the_environment_comes_first() -> None:
    keyring = MemoryKeyring()
    keys = store(keyring, **{VARIABLE: f" {CANARY}\n"})
    assert keys.set("novita", "another") == "keyring"
    assert revealed(keys.get("novita")) == CANARY
    assert keys.place("novita") == "environment"


def test_an_empty_variable_is_no_key() -> None:
    assert store(None, **{VARIABLE: " "}).get("novita") is None


def test_a_forgotten_key_is_gone_everywhere() -> None:
    keyring = MemoryKeyring()
    keys = store(keyring)
    keys.set("novita", CANARY)
    keys.forget("novita")
    keys.forget("novita")
    assert keyring.kept == {}
    assert keys.get("novita") is None
    assert keys.place("novita") is None


class SlowKeyring(MemoryKeyring):
    """Finds a key, and takes its time to hand it over."""

    def __init__(self) -> None:
        super().__init__()
        self.found, self.handed = Event(), Event()

    def get_password(self, service: str, username: str) -> str | None:
        password = super().get_password(service, username)
        self.found.set()
        self.handed.wait(30)
        return password


def test_a_key_that_is_forgotten_while_it_is_looked_up_is_not_known_again() -> None:
    keyring = SlowKeyring()
    keyring.kept["maskwright", "novita"] = CANARY
    keys = KeyStore({}, lambda: keyring, patience_s=30)
    looking = Thread(target=keys.get, args=("novita",))
    looking.start()
    assert keyring.found.wait(30)
    keys.forget("novita")
    keyring.handed.set()
    looking.join(30)
    assert keys.get("novita") is None


@pytest.mark.parametrize("typed", [f" {CANARY}\n", f"Bearer {CANARY}", f"\t{CANARY}\r\n"])
def test_what_copying_adds_is_cleaned_off(typed: str) -> None:
    keys = store(None)
    keys.set("novita", typed)
    assert revealed(keys.get("novita")) == CANARY


@pytest.mark.parametrize(
    ("typed", "kind"),
    [
        ("", "empty"),
        (" \n", "empty"),
        ("Bearer ", "empty"),
        ("two words", "spaces"),
        ("two\nlines", "spaces"),
        ("“quoted”", "not_plain"),
        ('"quoted"', "not_plain"),
        ("sk_é", "not_plain"),
        ("sk_\0", "not_plain"),
        ("k" * 1025, "too_long"),
    ],
)
def test_what_cannot_be_a_key_is_refused_without_repeating_it(typed: str, kind: str) -> None:
    with pytest.raises(InvalidInput) as caught:
        store(None).set("novita", typed)
    assert (caught.value.field, caught.value.kind) == ("api_key", kind)
    assert len(typed) < 3 or typed not in str(caught.value)


def test_a_key_shows_itself_to_nobody(caplog: pytest.LogCaptureFixture) -> None:
    key = Key(CANARY)
    assert [repr(key), str(key), f"{key}", f"{[key]}"] == ["***", "***", "***", "[***]"]
    for attempt in (pickle.dumps, copy.copy, copy.deepcopy):
        with pytest.raises(TypeError):
            attempt(key)
    caplog.set_level("DEBUG")
    store(LockedKeyring()).set("novita", CANARY)
    assert caplog.records
    assert CANARY not in caplog.text


@pytest.mark.parametrize("backend", ["fail", "null", "chainer"])
def test_backends_that_keep_nothing_safely_are_refused(
    monkeypatch: pytest.MonkeyPatch, backend: str
) -> None:
    import keyring
    from keyring.backends import chainer, fail, null

    class Plaintext(MemoryKeyring):
        """Some other package's backend."""

    chain = chainer.ChainerBackend()
    monkeypatch.setattr(chainer.ChainerBackend, "backends", [Plaintext(), null.Keyring()])
    chosen = {"fail": fail.Keyring(), "null": null.Keyring(), "chainer": chain}[backend]
    monkeypatch.setattr(keyring, "get_keyring", lambda: chosen)
    assert system_keyring() is None


PLAINTEXT = """
from keyring.backend import KeyringBackend
class Keyring(KeyringBackend):
    priority = 9
    kept = {}
    def get_password(self, service, username): return self.kept.get(username)
    def set_password(self, service, username, password): self.kept[username] = password
    def delete_password(self, service, username): del self.kept[username]
"""


@pytest.mark.parametrize(
    "backend",
    [
        "keyring.backends.fail.Keyring",
        "keyring.backends.null.Keyring",
        "keyring.backends.chainer.ChainerBackend",
        "plaintext.Keyring",
    ],
)
def test_whatever_keyring_the_environment_chooses_no_weak_one_gets_a_key(
    tmp_path: Path, run_child: Callable[..., subprocess.CompletedProcess[str]], backend: str
) -> None:
    (tmp_path / "plaintext.py").write_text(PLAINTEXT)
    done = run_child(
        "sys.path.insert(0, sys.argv[1])\n"
        f"os.environ['PYTHON_KEYRING_BACKEND'] = {backend!r}\n"
        "keys = KeyStore()\n"
        "print(keys.set('novita', 'sk-canary-0'), keys.place('novita'), KeyStore().get('novita'))",
        tmp_path,
        imports="import os; from app.storage.secrets import KeyStore",
    )
    assert done.stdout == "session session None\n", done.stderr


def test_the_environments_key_is_for_its_own_service_alone() -> None:
    environ = {VARIABLE: CANARY}
    keys = KeyStore(environ, lambda: None, meant_for=lambda account: account == "ppinfra")
    assert revealed(keys.get("ppinfra")) == CANARY
    assert keys.get("custom https://other.example") is None
    assert keys.place("novita") is None


def test_every_key_is_masked_from_the_moment_that_it_is_known() -> None:
    store(None).set("novita", "sk-only-seen-here-1")
    assert REDACTION("got sk-only-seen-here-1") == "got ***"
    store(MemoryKeyring(), **{VARIABLE: "sk-only-seen-here-2"}).get("novita")
    assert REDACTION("got sk-only-seen-here-2") == "got ***"


def test_a_chain_gives_its_first_safe_store(monkeypatch: pytest.MonkeyPatch) -> None:
    import keyring
    from keyring.backends import SecretService, chainer, null

    safe = SecretService.Keyring()
    monkeypatch.setattr(chainer.ChainerBackend, "backends", [null.Keyring(), safe])
    monkeypatch.setattr(keyring, "get_keyring", chainer.ChainerBackend)
    assert system_keyring() is safe


def test_the_keyring_is_not_imported_before_it_is_asked(
    run_child: Callable[..., subprocess.CompletedProcess[str]],
) -> None:
    done = run_child(
        "from app.storage.secrets import KeyStore; KeyStore(); print('keyring' in sys.modules)"
    )
    assert done.stdout == "False\n", done.stderr


def test_no_file_ever_holds_a_key(
    tmp_path: Path, run_child: Callable[..., subprocess.CompletedProcess[str]]
) -> None:
    done = run_child(
        "for name in ('HOME', 'XDG_DATA_HOME', 'XDG_CONFIG_HOME'): os.environ[name] = sys.argv[1]\n"
        "print(KeyStore().set('novita', 'sk_' + 'canary-0'))",
        tmp_path,
        imports="import os; from app.storage.secrets import KeyStore",
    )
    assert done.stdout == "session\n", done.stderr
    held = [path for path in tmp_path.rglob("*") if path.is_file()]
    assert not any(b"sk_canary-0" in path.read_bytes() for path in held)
