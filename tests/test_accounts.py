"""Keys and balances, looked up beside the event loop."""

import asyncio
import threading
from collections.abc import Awaitable, Callable

import pytest

from app.accounts import Accounts
from app.api.client import ApiClient
from app.model.errors import (
    AppError,
    NotAllowed,
    NothingOffered,
    OutOfCredit,
    Unauthorized,
    Unreachable,
    WrongAddress,
)
from app.model.services import BUILTIN, PRESETS, Service, custom
from app.storage.secrets import KeyStore
from tests.support.faults import PAGE, answering, hang
from tests.support.service import KEY
from tests.support.service import Service as Fake
from tests.support.wire import Fault

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


def no_keyring() -> SlowKeyring:
    """One that answers at once, and has nothing."""
    keyring = SlowKeyring()
    keyring.opened.set()
    return keyring


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


def checked(service: Fake, story: Callable[[Accounts, Service], Awaitable[None]]) -> None:
    """Run `story` with accounts whose one key is right, and a service at an address of its own."""
    here = custom(service.url)
    store = KeyStore({}, lambda: None)
    store.set(here.account, KEY)
    known = Accounts(lambda: store, lambda _: made)

    async def none(_: float) -> None:
        pass

    made = ApiClient(base_url=service.url, key=lambda: known.reveal(here), sleep=none)

    async def run() -> None:
        try:
            await story(known, here)
        finally:
            await made.aclose()

    asyncio.run(run())


MODEL = {
    "sd_name_in_api": "m.safetensors",
    "name": "m",
    "status": 1,
    "type": {"name": "checkpoint"},
}


def test_a_connection_is_tried_out_free_of_charge() -> None:
    with Fake() as service:
        service.models = [MODEL]

        async def story(known: Accounts, here: Service) -> None:
            assert await known.check(here) == pytest.approx(12.34)

        checked(service, story)
        assert [request.path for request in service.ledger.requests] == ["/v3/user", "/v3/model"]
        (asked,) = service.ledger.at("models")
        assert asked.query["pagination.limit"] == "1"
        assert service.ledger.tasks == {}


def test_without_a_key_a_test_says_so_and_asks_nobody() -> None:
    async def story() -> None:
        with pytest.raises(Unauthorized) as caught:
            await accounts(no_keyring()).check(SERVICE)
        assert caught.value.reason == "MISSING_API_KEY"

    asyncio.run(story())


def test_a_test_waits_for_the_key_that_was_typed_just_now() -> None:
    with Fake() as service:
        service.models = [MODEL]
        keyring = SlowKeyring()
        store, here = KeyStore({}, lambda: keyring), custom(service.url)
        known = Accounts(lambda: store, lambda _: made)
        made = ApiClient(base_url=service.url, key=lambda: known.reveal(here))

        async def story() -> None:
            keeping = asyncio.create_task(known.keep(here, KEY))
            checking = asyncio.create_task(known.check(here))
            await asyncio.sleep(0)
            keyring.opened.set()
            assert await checking == pytest.approx(12.34)
            assert await keeping == "keyring"
            await made.aclose()

        asyncio.run(story())


def test_a_key_is_never_sent_to_another_address_than_it_was_typed_for() -> None:
    with Fake() as mine, Fake(key=None) as other:
        keys = KeyStore({}, lambda: None)
        keys.set(custom(mine.url).account, KEY)
        known = Accounts(lambda: keys, lambda service: made[service.base_url])

        def client_of(service: Service) -> ApiClient:
            return ApiClient(base_url=service.base_url, key=lambda: known.reveal(service))

        made = {url: client_of(custom(url)) for url in (mine.url, other.url)}

        async def story() -> None:
            for url, one in made.items():
                await known.find_key(custom(url))
                await known.balance(custom(url))
                await one.aclose()

        asyncio.run(story())
        (asked,), (asked_elsewhere,) = mine.ledger.at("user"), other.ledger.at("user")
        assert asked.headers["authorization"] == f"Bearer {KEY}"
        assert "authorization" not in asked_elsewhere.headers


TROUBLE = [
    (answering(403, {"code": 403, "reason": "INVALID_API_KEY", "message": ""}), Unauthorized),
    (answering(403, {"code": 403, "reason": "NEED_REAL_NAME_VERIFY", "message": ""}), NotAllowed),
    (answering(402, {"code": 402, "reason": "BILLING_BALANCE_NOT_ENOUGH"}), OutOfCredit),
    (answering(404, b"404 page not found"), WrongAddress),
    (answering(302, b"", {"Location": "http://login.test/"}), WrongAddress),
    (answering(200, PAGE), WrongAddress),
]


@pytest.mark.parametrize(("fault", "kind"), TROUBLE)
def test_what_keeps_a_connection_from_standing_is_raised_as_what_it_is(
    fault: Fault, kind: type[AppError]
) -> None:
    with Fake() as service:
        service.inject("user", fault)

        async def story(known: Accounts, here: Service) -> None:
            with pytest.raises(kind):
                await known.check(here)

        checked(service, story)
        assert len(service.ledger.faults) == 1


def test_a_service_that_offers_no_model_any_more_is_told_as_such() -> None:
    with Fake() as service:

        async def story(known: Accounts, here: Service) -> None:
            with pytest.raises(NothingOffered):
                await known.check(here)

        checked(service, story)


def test_a_service_that_says_nothing_is_not_waited_for_without_end(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("app.accounts.CHECK_S", 0.2)
    with Fake() as service:
        service.inject("user", hang)

        async def story(known: Accounts, here: Service) -> None:
            with pytest.raises(Unreachable) as caught:
                await known.check(here)
            assert caught.value.kind == "timeout"

        checked(service, story)


def test_a_client_is_made_beside_the_loop() -> None:
    """It brings all of httpx with it, which the window would wait for."""
    made: list[ApiClient] = []
    made_in: list[threading.Thread] = []

    def noted(service: Service) -> ApiClient:
        made_in.append(threading.current_thread())
        made.append(client(service))
        return made[-1]

    async def story(service: Service) -> None:
        await Accounts(lambda: KeyStore({}), noted).balance(service)
        await made[0].aclose()

    with Fake(key=None) as fake:
        asyncio.run(story(custom(fake.url)))
    assert len(made_in) == 1
    assert made_in[0] is not threading.main_thread()
