"""Connections that break, stand still or crawl, at any place.

Where a submit's answer is what breaks, its task was made: the worst case for who does not see it.
"""

import asyncio

from tests.support.faults.registry import fault
from tests.support.wire import Call, Fault

PAUSE_S = 0.05
"""Between the bytes of what crawls."""


@fault("reset_at_once")
async def reset_at_once(call: Call) -> None:
    """The line breaks before anything but the head was read."""
    call.reset()


@fault("reset_before_body")
async def reset_before_body(call: Call) -> None:
    """The line breaks while the body is on its way."""
    await call.body(most=100_000)
    call.reset()


@fault("closed_before_body")
async def closed_before_body(call: Call) -> None:
    """The service hangs up while the body is on its way."""
    await call.body(most=100_000)
    call.close()


@fault("stalled_upload")
async def stalled_upload(call: Call) -> None:
    """The service stops reading; nothing moves any more."""
    await call.body(most=1000)
    await asyncio.Event().wait()


@fault("slow_read")
async def slow_read(call: Call, *, pace: float = 64_000) -> None:
    """The body is read at `pace` bytes a second; all else is well."""
    await call.body(pace=pace)
    await call.answer(*await call.correct())


@fault("lost_response")
async def lost_response(call: Call) -> None:
    """It is done; the connection ends without an answer."""
    await call.correct()
    call.close()


@fault("lost_response_rst")
async def lost_response_reset(call: Call) -> None:
    """It is done; the connection breaks."""
    await call.correct()
    call.reset()


@fault("hang")
async def hang(call: Call) -> None:
    """It is done; no answer ever comes."""
    await call.correct()
    await call.silence()


@fault("dropped_request")
async def dropped(call: Call) -> None:
    """The request is read; the connection ends without an answer."""
    await call.body()
    call.close()


@fault("dropped_request_rst")
async def dropped_by_reset(call: Call) -> None:
    """The request is read; the connection breaks."""
    await call.body()
    call.reset()


@fault("hang_unexecuted")
async def silent(call: Call) -> None:
    """The request is read; no answer ever comes."""
    await call.body()
    await call.silence()


@fault("silent")
async def deaf(call: Call) -> None:
    """Nothing is read and nothing is said; the line stands."""
    await asyncio.Event().wait()


@fault("reset_mid_head")
async def reset_mid_head(call: Call) -> None:
    """The line breaks in the head of the answer."""
    status, _ = await call.correct()
    await call.send(call.head(status)[:-8])
    await _arrived()
    call.reset()


@fault("reset_mid_body")
async def reset_mid_body(call: Call) -> None:
    """The line breaks in the middle of the answer."""
    await _half(call)
    await _arrived()
    call.reset()


@fault("cut_body")
async def cut(call: Call) -> None:
    """The answer is shorter than announced."""
    await _half(call)
    call.close()


@fault("stalled_body")
async def stalled_body(call: Call) -> None:
    """The answer stands still in the middle."""
    await _half(call)
    await call.silence()


@fault("drip")
async def drip(call: Call) -> None:
    """An answer, byte by byte, without end: every single read is quick."""
    await call.correct()
    await call.send(call.head(200))
    while True:
        await call.send(b" ")
        await asyncio.sleep(PAUSE_S)


@fault("slow_head")
async def slow_head(call: Call) -> None:
    """The head of the answer, header by header, without end."""
    await call.correct()
    await call.send(b"HTTP/1.1 200 X\r\n")
    while True:
        await call.send(b"X-More: 1\r\n")
        await asyncio.sleep(PAUSE_S)


@fault("slow_body")
async def slow_body(call: Call) -> None:
    """A correct answer that comes in twenty pieces."""
    status, data = await call.correct()
    await call.send(call.head(status, len(data)))
    size = -(-len(data) // 20)
    for start in range(0, len(data), size):
        await call.send(data[start : start + size])
        await asyncio.sleep(PAUSE_S / 10)


def slow(*, chunk: int, chunks: int, pause: float) -> Fault:
    """An answer of `chunk` × `chunks` bytes, with a pause of seconds after each chunk."""

    async def slowly(call: Call) -> None:
        await call.body()
        await call.send(call.head(200, chunk * chunks))
        for _ in range(chunks):
            await call.send(bytes(chunk))
            await asyncio.sleep(pause)

    return slowly


async def _half(call: Call) -> None:
    status, data = await call.correct()
    await call.send(call.head(status, len(data)) + data[: len(data) // 2])


async def _arrived() -> None:
    """Give what was sent the time to be read: a reset throws away what is still on its way."""
    await asyncio.sleep(PAUSE_S)
