"""Keys and balances, looked up beside the event loop."""

import asyncio
import threading

from app.accounts import Accounts
from app.api.client import ApiClient
from app.model.services import BUILTIN, PRESETS, Service, custom
from app.storage.secrets import KeyStore

SERVICE = PRESETS[1]


class SlowKeyring:
    """A keyring whose owner is asked for a password first."""

    def __init__(self) -> None:
        self.opened = threading.Event()
        self.asked_in: list[str] = []
        self.kept: dict[str, str] = {}

    def get_password(self, service: str, username: str) -> str | None:
        self.asked_in.append(threading.current_thread().name)
        self.opened.wait(10)
        return self.kept.get(username)

    def set_password(self, service: str, username: str, password: str) -> None:
        self.kept[username] = password

    def delete_password(self, service: str, username: str) -> None:
        self.kept.pop(username, None)


def client(service: Service) -> ApiClient:
    return ApiClient(base_url=service.base_url, key=lambda: None)


def accounts(keyring: SlowKeyring) -> Accounts:
    store = KeyStore({}, lambda: keyring)
    return Accounts(lambda: store, client)


def test_the_loop_goes_on_while_a_keyring_waits_for_its_owner() -> None:
    keyring = SlowKeyring()
    keyring.kept[SERVICE.id] = "key-of-the-artist"
    known = accounts(keyring)

    async def story() -> bool:
        looking = asyncio.create_task(known.find_key(SERVICE))
        await asyncio.sleep(0)
        assert not known.has_key(SERVICE)
        keyring.opened.set()
        return await looking

    assert asyncio.run(story())
    assert known.reveal(SERVICE) == "key-of-the-artist"
    assert threading.main_thread().name not in keyring.asked_in


def test_the_built_in_engine_needs_no_key() -> None:
    assert accounts(SlowKeyring()).has_key(BUILTIN)


def test_a_kept_key_is_used_at_once_and_a_forgotten_one_no_more() -> None:
    keyring = SlowKeyring()
    keyring.opened.set()
    known = accounts(keyring)

    async def story() -> None:
        assert await known.keep(SERVICE, " key-of-the-artist ") == "keyring"
        assert known.reveal(SERVICE) == "key-of-the-artist"
        assert await known.place(SERVICE) == "keyring"
        await known.forget(SERVICE)
        assert known.reveal(SERVICE) is None
        assert not known.has_key(SERVICE)

    asyncio.run(story())


def test_a_key_stays_with_the_address_it_was_typed_for() -> None:
    keyring = SlowKeyring()
    keyring.opened.set()
    known = accounts(keyring)
    mine, other = custom("https://mine.example"), custom("https://other.example")

    async def story() -> None:
        await known.keep(mine, "key-of-the-artist")
        assert not await known.find_key(other)
        assert known.reveal(other) is None
        assert await known.find_key(mine)

    asyncio.run(story())
