"""One request and its whole answer: bounded in size, never repeated, never redirected."""

import logging
import time
import zlib
from collections.abc import Callable
from dataclasses import dataclass

import httpx

from app.model.errors import BadAnswer

log = logging.getLogger(__name__)

MAX_JSON = 2 * 1024 * 1024
MAX_PICTURE = 64 * 1024 * 1024

_SECRET = 16
"""Length from which a key is masked: what is shorter is no secret, and may be part of a word."""

_TELLING = 5
"""Length from which the beginning of a key is masked at the end of an answer that was cut."""

_GZIP_OR_ZLIB = 47  # zlib's code for "either, told by the header"


@dataclass(frozen=True, slots=True)
class Reply:
    """What came back. A key that the other side echoes is already masked in `data`."""

    status: int
    headers: httpx.Headers
    data: bytes

    @property
    def is_success(self) -> bool:
        return 200 <= self.status < 300

    @property
    def is_page(self) -> bool:
        """Whether it is a page for people: of a gateway, or of a network that wants a login."""
        return self.data.lstrip()[:1] == b"<"


@dataclass(slots=True)
class Heard:
    """As much of an answer as has come, the key masked: it outlives the error that cut it off.

    `status` is 0 for as long as nothing has come.
    """

    status: int = 0
    data: bytes = b""


async def exchange(
    client: httpx.AsyncClient,
    request: httpx.Request,
    *,
    limit: int,
    received: Callable[[int], None] = lambda count: None,
    heard: Heard | None = None,
) -> Reply:
    """Send `request` and read the answer; `received` is told how many bytes have come so far.

    `heard` holds afterwards what came, also where an error is raised.

    Raises httpx's errors, and `BadAnswer` for an answer of more than `limit` bytes or one that
    cannot be unpacked. The log names neither query, key nor body.
    """
    started = time.monotonic()
    heard, data = heard or Heard(), bytearray()
    name = f"{request.method} {request.url.host}{request.url.path}"
    try:
        response = await client.send(request, stream=True)
        heard.status = response.status_code
        try:
            await _read(response, limit, received, data)
        finally:
            await response.aclose()
    except (httpx.HTTPError, BadAnswer) as error:
        log.warning("%s: %s", name, type(error).__name__)
        raise
    finally:
        heard.data = _masked(bytes(data), request)
    elapsed_ms = 1000 * (time.monotonic() - started)
    log.info("%s: %d, %d bytes, %.0f ms", name, response.status_code, len(data), elapsed_ms)
    return Reply(response.status_code, response.headers, heard.data)


async def _read(
    response: httpx.Response, limit: int, received: Callable[[int], None], data: bytearray
) -> None:
    """Add the body to `data`, unpacked by ourselves: httpx would inflate a whole block before we
    may count."""
    unpack = _unpacker(response)
    if int(response.headers.get("Content-Length", 0)) > limit:  # a number: h11 has seen to that
        raise BadAnswer(f"more than {limit} bytes", status=response.status_code)
    count = 0
    async for block in response.aiter_raw():
        count += len(block)
        received(count)
        data += unpack(block, limit + 1 - len(data))
        if len(data) > limit or count > limit:
            raise BadAnswer(f"more than {limit} bytes", status=response.status_code)


def _unpacker(response: httpx.Response) -> Callable[[bytes, int], bytes]:
    """A function from a block and the most bytes wanted to the unpacked block."""
    encoding = response.headers.get("Content-Encoding", "identity").strip().lower()
    if encoding in {"", "identity"}:
        return lambda block, most: block
    if encoding not in {"gzip", "x-gzip", "deflate"}:
        raise BadAnswer(f"encoding {encoding[:40]!r}", status=response.status_code)
    inflater = zlib.decompressobj(_GZIP_OR_ZLIB)

    def unpack(block: bytes, most: int) -> bytes:
        try:
            return inflater.decompress(block, most)
        except zlib.error as error:
            raise BadAnswer("damaged compression", status=response.status_code) from error

    return unpack


def _masked(data: bytes, request: httpx.Request) -> bytes:
    _, _, key = request.headers.get("Authorization", "").partition(" ")
    if len(key) < _SECRET:
        return data
    secret, masked = key.encode(), data.replace(key.encode(), b"***")
    cut = (n for n in range(len(secret) - 1, _TELLING - 1, -1) if masked.endswith(secret[:n]))
    return masked[: len(masked) - next(cut, 0)]
