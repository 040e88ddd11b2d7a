"""Answers that are wrong as HTTP, or right as HTTP and of no use, at any place."""

import gzip
import json
import zlib
from collections.abc import Mapping
from typing import Any

from tests.support.faults.registry import fault
from tests.support.wire import Call, Fault

PAGE = b"<!DOCTYPE html><html><body>Please log in to the network</body></html>"


def envelope(status: int, reason: str, message: str = "words", **metadata: str) -> dict[str, Any]:
    """A refusal as the contract has it."""
    return {"code": status, "reason": reason, "message": message, "metadata": metadata}


def answering(status: int, body: object = b"", headers: Mapping[str, str] | None = None) -> Fault:
    """The whole request is read and answered thus; no task is made."""

    async def answered(call: Call) -> None:
        await call.body()
        await call.answer(status, body, headers)

    return answered


@fault("status_N")
async def status(
    call: Call,
    number: int,
    *,
    reason: str = "",
    body: str = "json",
    retry_after: str | None = None,
    headers: Mapping[str, str] | None = None,
) -> None:
    """A refusal of status `number`; its body is `json`, `text`, a `page` or `empty`."""
    await call.body()
    words: dict[str, object] = {
        "json": envelope(number, reason),
        "text": b"404 page not found",
        "page": PAGE,
        "empty": b"",
    }
    wait = {} if retry_after is None else {"Retry-After": retry_after}
    await call.answer(number, words[body], {**wait, **(headers or {})})


@fault("key_echo")
async def key_echo(call: Call, *, status: int = 403, reason: str = "INVALID_API_KEY") -> None:
    """A refusal that repeats the key."""
    await call.body()
    given = call.request.headers.get("authorization", "")
    message = f"invalid api-key {given} ({given.partition(' ')[2]})"
    await call.answer(status, envelope(status, reason, message))


@fault("html_200")
async def html_200(call: Call) -> None:
    """A network's login page; what was asked for never got through."""
    await call.body()
    await call.answer(200, PAGE, {"Content-Type": "text/html"})


@fault("empty_200")
async def empty_200(call: Call) -> None:
    """It is done; the answer is empty."""
    await call.correct()
    await call.answer(200)


@fault("no_content")
async def no_content(call: Call) -> None:
    """It is done; the answer says that there is none."""
    await call.correct()
    await call.send(call.head(204))


@fault("redirect_N")
async def redirect(call: Call, number: int, *, to: str = "{sink}{target}") -> None:
    """Ask elsewhere, says the service; no task is made. `to` may name places of this call."""
    await call.body()
    service = call.service
    places = {"self": service.images_url, "api": service.url, "sink": service.sink_url}
    target = to.format(target=call.request.target, **places)
    await call.answer(number, b"", {"Location": target, "Set-Cookie": "session=1; Path=/"})


@fault("refused_early")
async def refused_early(call: Call) -> None:
    """An answer before the body was read, as gateways do when it is too large for them."""
    await call.answer(503, PAGE)
    call.close()


@fault("huge_header")
async def huge_header(call: Call) -> None:
    """A header of a megabyte."""
    await call.answer(*await call.correct(), {"X-Padding": "x" * 1_000_000})


@fault("many_headers")
async def many_headers(call: Call) -> None:
    """20 000 headers."""
    status, data = await call.correct()
    await call.send(call.head(status, len(data), [("X-One", "1")] * 20_000) + data)


@fault("strange_headers")
async def strange_headers(call: Call) -> None:
    """A correct answer under headers that make no sense."""
    status, data = await call.correct()
    strange = {"Content-Type": "application/\u00ff; charset=klingon", "Date": "yesterday"}
    await call.answer(status, data, {**strange, "Set-Cookie": "a=b; Path=/"})


@fault("not_http")
async def not_http(call: Call) -> None:
    """It is done; what comes back is another protocol."""
    await call.correct()
    await call.send(b"SSH-2.0-OpenSSH_9.2\r\n")
    call.close()


@fault("early_hints")
async def early_hints(call: Call) -> None:
    """A correct answer after two that only announce one."""
    await call.send(call.head(102) + call.head(103, headers={"Link": "</a>"}))
    await call.answer(*await call.correct())


@fault("bad_chunks")
async def bad_chunks(call: Call) -> None:
    """An answer in chunks of which one has no length."""
    status, data = await call.correct()
    head = call.head(status, headers={"Transfer-Encoding": "chunked"})
    await call.send(head + b"zz\r\n" + data + b"\r\n0\r\n\r\n")
    call.close()


@fault("extra_bytes")
async def extra_bytes(call: Call) -> None:
    """A correct answer, and bytes after it that nobody announced."""
    status, data = await call.correct()
    await call.send(call.head(status, len(data)) + data + b"HTTP/1.1 200 X\r\n\r\nmore")


@fault("packed")
async def packed(call: Call) -> None:
    """A correct answer, packed."""
    status, data = await call.correct()
    await call.answer(status, gzip.compress(data), {"Content-Encoding": "gzip"})


def compressed(body: object) -> Fault:
    """This answer, packed."""
    data = gzip.compress(json.dumps(body).encode())
    return answering(200, data, {"Content-Encoding": "gzip"})


@fault("bad_gzip")
async def bad_gzip(call: Call) -> None:
    """A packed answer with a damaged block."""
    status, data = await call.correct()
    wrong = bytearray(gzip.compress(data))
    wrong[10:14] = b"\xff\xff\xff\xff"
    await call.answer(status, bytes(wrong), {"Content-Encoding": "gzip"})


@fault("cut_gzip")
async def cut_gzip(call: Call) -> None:
    """A packed answer that ends in the middle, with the length of what there is."""
    status, data = await call.correct()
    whole = gzip.compress(data)
    await call.answer(status, whole[: len(whole) // 2], {"Content-Encoding": "gzip"})


@fault("unknown_encoding")
async def unknown_encoding(call: Call) -> None:
    """An answer packed in a way that nobody asked for."""
    status, data = await call.correct()
    await call.answer(status, data, {"Content-Encoding": "x-own"})


@fault("gzip_bomb")
async def bomb(call: Call) -> None:
    """A small answer that unpacks to 100 MB."""
    await call.correct()
    await call.answer(200, _bomb(), {"Content-Encoding": "gzip"})


@fault("endless_body")
async def endless(call: Call) -> None:
    """An answer without end, as fast as it goes."""
    await call.correct()
    await call.send(call.head(200))
    while True:
        await call.send(b" " * 65536)


@fault("endless_length")
async def endless_length(call: Call) -> None:
    """An answer that announces 10 GiB, and begins."""
    await call.correct()
    await call.send(call.head(200, 10 * 1024**3))
    while True:
        await call.send(b" " * 65536)


def _bomb() -> bytes:
    """Packed zeros: one megabyte as a block that stands for itself, many times over."""
    packer = zlib.compressobj(wbits=31)
    head, block = (
        packer.compress(bytes(1_000_000)) + packer.flush(zlib.Z_FULL_FLUSH) for _ in range(2)
    )
    return head + 99 * block
