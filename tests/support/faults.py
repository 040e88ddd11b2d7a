"""What can go wrong between a client and a service; each fault has the name it is counted under."""

import asyncio
import gzip
import json
import zlib
from collections.abc import Mapping

from tests.support.wire import Call, Fault

PAGE = b"<!DOCTYPE html><html><body>Please log in to the network</body></html>"


def answering(status: int, body: object = b"", headers: Mapping[str, str] | None = None) -> Fault:
    """The whole request is read and answered thus; no task is made."""

    async def answered(call: Call) -> None:
        await call.body()
        await call.answer(status, body, headers)

    return answered


def created_then(status: int, body: object = b"") -> Fault:
    """The task is made, and the answer does not say so."""

    async def created(call: Call) -> None:
        call.create(await call.body())
        await call.answer(status, body)

    return created


async def reset_before_body(call: Call) -> None:
    """The line breaks while the body is on its way."""
    await call.body(most=100_000)
    call.reset()


async def stalled_upload(call: Call) -> None:
    """The service stops reading; nothing moves any more."""
    await call.body(most=1000)
    await asyncio.Event().wait()


async def refused_early(call: Call) -> None:
    """An answer before the body was read, as gateways do when it is too large for them."""
    await call.answer(503, PAGE)
    call.close()


async def lost_response(call: Call) -> None:
    """The task is made; the connection ends without an answer."""
    call.create(await call.body())
    call.close()


async def lost_response_reset(call: Call) -> None:
    """The task is made; the connection breaks."""
    call.create(await call.body())
    call.reset()


async def hang(call: Call) -> None:
    """The task is made; no answer ever comes."""
    call.create(await call.body())
    await call.silence()


async def cut_answer(call: Call) -> None:
    """The task is made; the answer ends in the middle."""
    task_id = call.create(await call.body())
    await call.send(call.head(200, 100) + b'{"task_id": "' + task_id.encode()[:3])
    call.close()


async def cut_json(call: Call) -> None:
    """As `cut_answer`, though for HTTP all is well."""
    call.create(await call.body())
    await call.answer(200, b'{"task_id": "task')


async def drip(call: Call) -> None:
    """An answer, byte by byte, without end: every single read is quick."""
    await call.body()
    await call.send(call.head(200))
    while True:
        await call.send(b" ")
        await asyncio.sleep(0.05)


async def endless(call: Call) -> None:
    """An answer without end, as fast as it goes."""
    await call.body()
    await call.send(call.head(200))
    while True:
        await call.send(b" " * 65536)


async def bomb(call: Call) -> None:
    """A small answer that unpacks to 100 MB."""
    await call.body()
    await call.answer(200, _bomb(), {"Content-Encoding": "gzip"})


async def huge_header(call: Call) -> None:
    """A header of a megabyte."""
    await call.body()
    await call.answer(200, {"task_id": "t"}, {"X-Padding": "x" * 1_000_000})


def compressed(body: object) -> Fault:
    """A correct answer, packed."""

    async def packed(call: Call) -> None:
        await call.body()
        data = gzip.compress(json.dumps(body).encode())
        await call.answer(200, data, {"Content-Encoding": "gzip"})

    return packed


async def dropped(call: Call) -> None:
    """The request is read; the connection ends without an answer."""
    await call.body()
    call.close()


async def dropped_by_reset(call: Call) -> None:
    """The request is read; the connection breaks."""
    await call.body()
    call.reset()


async def silent(call: Call) -> None:
    """The request is read; no answer ever comes."""
    await call.body()
    await call.silence()


async def cut(call: Call) -> None:
    """The request is read; the answer is shorter than announced."""
    await call.body()
    await call.send(call.head(200, 1000) + bytes(500))
    call.close()


def slow(*, chunk: int, chunks: int, pause: float) -> Fault:
    """A correct answer of `chunk` × `chunks` bytes, with a pause of seconds after each chunk."""

    async def slowly(call: Call) -> None:
        await call.body()
        await call.send(call.head(200, chunk * chunks))
        for _ in range(chunks):
            await call.send(bytes(chunk))
            await asyncio.sleep(pause)

    return slowly


def _bomb() -> bytes:
    """Packed zeros: one megabyte as a block that stands for itself, many times over."""
    packer = zlib.compressobj(wbits=31)
    head, block = (
        packer.compress(bytes(1_000_000)) + packer.flush(zlib.Z_FULL_FLUSH) for _ in range(2)
    )
    return head + 99 * block
