"""Qt's event loop as asyncio's."""

import asyncio
import importlib.metadata
import socket
import subprocess
import sys
import threading
from collections.abc import AsyncIterator
from typing import Any

import pytest
from PySide6.QtWidgets import QApplication

_MANY_LOOPS = """
import asyncio, gc, sys, threading
from PySide6.QtCore import QCoreApplication
from app.eventloop import AppEventLoop

application = QCoreApplication(sys.argv)
stop = threading.Event()
collector = threading.Thread(target=lambda: [gc.collect() for _ in iter(stop.is_set, True)])
collector.start()

async def work():
    await asyncio.gather(asyncio.to_thread(int), asyncio.sleep(0), asyncio.sleep(0.001))

for _ in range(60):
    with asyncio.Runner(loop_factory=lambda: AppEventLoop(application)) as runner:
        runner.run(work())
stop.set()
collector.join()
print("alive")
"""


def test_loops_come_and_go_while_another_thread_collects_garbage() -> None:
    """Without our teardown this ends in a segmentation fault."""
    done = subprocess.run(
        [sys.executable, "-c", _MANY_LOOPS],
        capture_output=True,
        text=True,
        check=False,
        timeout=100,
    )
    assert (done.returncode, done.stdout.strip()) == (0, "alive"), done.stderr


def timers(loop: Any) -> int:
    """How many calls a loop has in store."""
    return len(loop._timer._SimpleTimer__callbacks)


def test_a_deadline_that_was_kept_leaves_nothing_behind(qapp: QApplication) -> None:
    """Each would lie there for its minutes: an hour of jobs leaves thousands."""
    from app.eventloop import AppEventLoop

    async def story() -> int:
        loop = asyncio.get_running_loop()
        before = timers(loop)
        for _ in range(50):
            async with asyncio.timeout(900):
                await asyncio.sleep(0)
        return timers(loop) - before

    with asyncio.Runner(loop_factory=lambda: AppEventLoop(qapp)) as runner:
        assert runner.run(story()) <= 1


def test_a_call_may_cancel_itself_and_others_that_were_made(qapp: QApplication) -> None:
    from app.eventloop import AppEventLoop

    async def story() -> list[str]:
        loop = asyncio.get_running_loop()
        called: list[str] = []
        over = asyncio.Event()

        def first() -> None:
            called.append("first")
            handle.cancel()

        handle = loop.call_later(0.001, first)
        never = loop.call_later(0.002, called.append, "never")
        loop.call_later(0.001, never.cancel)
        loop.call_later(0.05, over.set)
        await over.wait()
        handle.cancel()
        never.cancel()
        return called

    with asyncio.Runner(loop_factory=lambda: AppEventLoop(qapp)) as runner:
        assert runner.run(story()) == ["first"]


def test_names_that_nobody_looks_up_keep_no_file_waiting(
    qapp: object, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A resolver may take half a minute to give up, for every job and every try."""
    from app.eventloop import AppEventLoop

    answered = threading.Event()
    monkeypatch.setattr(socket, "getaddrinfo", lambda *asked, **facts: answered.wait(60))

    async def story() -> None:
        loop = asyncio.get_running_loop()
        asking = [asyncio.ensure_future(loop.getaddrinfo("nobody", 443)) for _ in range(9)]
        await asyncio.sleep(0)
        async with asyncio.timeout(20):
            assert await asyncio.to_thread(int) == 0
        answered.set()
        assert await asyncio.gather(*asking) == [True] * 9

    with asyncio.Runner(loop_factory=lambda: AppEventLoop(qapp)) as runner:
        runner.run(story())


def test_a_thread_that_hangs_does_not_keep_the_loop_from_closing(qapp: object) -> None:
    from app.eventloop import AppEventLoop

    answered, ended = threading.Event(), threading.Event()

    def hang() -> None:
        answered.wait(60)
        ended.set()

    async def story() -> None:
        asyncio.get_running_loop().run_in_executor(None, hang)

    with asyncio.Runner(loop_factory=lambda: AppEventLoop(qapp)) as runner:
        runner.run(story())
    assert not ended.is_set()
    answered.set()
    assert ended.wait(60)


def test_the_version_of_qasync_is_the_one_whose_private_parts_we_mend() -> None:
    assert importlib.metadata.version("qasync") == "0.28.0"


def test_a_child_process_can_be_awaited(qapp: object) -> None:
    from app.eventloop import AppEventLoop

    async def story() -> bytes:
        child = await asyncio.create_subprocess_exec(
            sys.executable, "-c", "print(6 * 7)", stdout=asyncio.subprocess.PIPE
        )
        out, _ = await child.communicate()
        return out.strip()

    with asyncio.Runner(loop_factory=lambda: AppEventLoop(qapp)) as runner:
        assert runner.run(story()) == b"42"


def test_a_generator_that_nobody_goes_on_with_is_ended_in_the_loop(qapp: object) -> None:
    """As httpx's are when an answer is too long: each holds a connection."""
    from app.eventloop import AppEventLoop

    ended = []

    async def blocks() -> AsyncIterator[int]:
        try:
            yield 1
        finally:
            await asyncio.sleep(0)
            ended.append(True)

    async def story() -> None:
        async for _ in blocks():
            break
        for _ in range(5):
            await asyncio.sleep(0)
        assert ended

    with asyncio.Runner(loop_factory=lambda: AppEventLoop(qapp)) as runner:
        runner.run(story())
