"""Who is let in: the key, the Host and the page behind a request."""

import asyncio
from typing import Any

import httpx
import pytest

from app.contract import calls
from app.engine.service import create_app

KEY = "a key of the test"


async def answer(caller: Any, path: str, **headers: str) -> httpx.Response:
    renamed = {name.replace("_", "-"): value for name, value in headers.items()}
    return await caller.client.get(path, headers=renamed)


def reason(engine: Any, path: str, settings: Any = None, **headers: str) -> tuple[int, str]:
    async def scenario(caller: Any) -> tuple[int, str]:
        response = await answer(caller, path, **headers)
        is_refused = response.status_code >= 400
        return response.status_code, response.json()["reason"] if is_refused else ""

    return engine(scenario, **(settings or {}))


@pytest.mark.parametrize("path", ["/v3/user", "/v3/model", "/v3/nowhere", "/", "/engine/tasks/x"])
@pytest.mark.parametrize(
    ("header", "expected"),
    [
        ("", (400, "MISSING_API_KEY")),
        ("Bearer", (400, "MISSING_API_KEY")),
        ("Bearer ", (400, "MISSING_API_KEY")),
        ("Bearer wrong", (403, "INVALID_API_KEY")),
        ("Bearer a key of the test2", (403, "INVALID_API_KEY")),
        ("a key of the test", (403, "INVALID_API_KEY")),
        ("Basic a key of the test", (403, "INVALID_API_KEY")),
    ],
)
def test_every_path_asks_for_the_key_first(
    engine: Any, path: str, header: str, expected: tuple[int, str]
) -> None:
    assert reason(engine, path, Authorization=header) == expected


@pytest.mark.parametrize("path", ["/v3/nowhere", "/v2/user", "/v3/async/txt2img"])
def test_an_unknown_path_is_no_such_call(engine: Any, path: str) -> None:
    assert reason(engine, path) == (404, "API_NOT_FOUND")


def test_another_method_is_no_such_call(engine: Any) -> None:
    assert reason(engine, "/v3/async/inpainting") == (404, "API_NOT_FOUND")


@pytest.mark.parametrize("path", ["/docs", "/openapi.json"])
def test_the_documentation_needs_no_key(engine: Any, path: str) -> None:
    assert reason(engine, path, Authorization="")[0] == 200


@pytest.mark.parametrize(
    "headers",
    [
        {"Origin": "http://evil.test"},
        {"Origin": "null"},
        {"Origin": ""},
        {"Sec_Fetch_Site": "cross-site"},
        {"Sec_Fetch_Site": "same-site"},
    ],
)
def test_other_web_pages_are_not_answered(engine: Any, headers: dict[str, str]) -> None:
    assert reason(engine, "/v3/user", **headers) == (403, "API_NOT_ALLOWED")
    assert reason(engine, "/docs", **headers) == (403, "API_NOT_ALLOWED")


def test_own_pages_are_answered(engine: Any) -> None:
    headers = {"Origin": "http://engine", "Sec_Fetch_Site": "same-origin"}
    assert reason(engine, "/v3/user", **headers) == (200, "")


LOCAL = {"local_only": True}


@pytest.mark.parametrize("host", ["127.0.0.1:80", "localhost", "[::1]:80", "LOCALHOST:80"])
def test_local_names_are_answered(engine: Any, host: str) -> None:
    async def scenario(caller: Any) -> int:
        url = "http://127.0.0.1:80/v3/user"
        return (await caller.client.get(url, headers={"Host": host})).status_code

    assert engine(with_port(scenario), **LOCAL) == 200


@pytest.mark.parametrize(
    "host", ["evil.test", "localhost.evil.test:80", "127.0.0.1:81", "", "127.0.0.1:x", "[::1"]
)
def test_foreign_host_names_are_not_answered(engine: Any, host: str) -> None:
    async def scenario(caller: Any) -> Any:
        url = "http://127.0.0.1:80/v3/user"
        return (await caller.client.get(url, headers={"Host": host})).json()["reason"]

    assert engine(with_port(scenario), **LOCAL) == "API_NOT_ALLOWED"


def with_port(scenario: Any) -> Any:
    """The transport leaves out port 80, which a real server always knows."""

    async def run(caller: Any) -> Any:
        app = caller.engine.app

        async def listening(scope: Any, receive: Any, send: Any) -> None:
            await app({**scope, "server": ("127.0.0.1", 80)}, receive, send)

        transport = httpx.ASGITransport(listening)
        headers = dict(caller.client.headers)
        async with httpx.AsyncClient(transport=transport, headers=headers) as client:
            caller.client = client
            return await scenario(caller)

    return run


@pytest.mark.parametrize("key", [b"Bearer " + KEY.encode(), b"Bearer wrong"])
def test_a_caller_that_hangs_up_is_no_failure(key: bytes) -> None:
    async def scenario() -> None:
        engine = create_app(api_key=KEY)
        headers = [(b"authorization", key), (b"content-type", b"application/json")]
        scope = {
            "type": "http", "method": "POST", "scheme": "http", "path": calls.SUBMIT,
            "query_string": b"", "headers": headers, "server": ("engine", 80),
        }  # fmt: skip
        await engine.app(scope, gone, ignore)
        await engine.aclose()

    async def gone() -> dict[str, str]:
        return {"type": "http.disconnect"}

    async def ignore(message: object) -> None:
        pass

    asyncio.run(scenario())
