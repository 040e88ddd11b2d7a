"""base64 of files, made block by block in a thread that stays one step ahead of the upload."""

import asyncio
import threading
from collections.abc import Iterator, Sequence

import pybase64

BLOCK = 300 * 1024
"""Bytes encoded at a time; a multiple of 3, so that base64 has no padding inside.

Encoding a block takes some 0.05 ms. A trip to a pool's thread and back for each would take twice
that; a thread that works ahead hides it, at the price of one more block of memory. An upload lasts
as long as the network likes, so the thread is its own and keeps no pool from other work.
`dev.py bench body` prints what this costs.
"""


class Encoder:
    """Gives the base64 of `files`, in order and in blocks; made and used in an event loop."""

    def __init__(self, files: Sequence[bytes]) -> None:
        self._files = files
        self._loop = asyncio.get_running_loop()
        self._ready: asyncio.Queue[bytes] = asyncio.Queue()
        self._room = threading.Semaphore(1)
        self._closing = threading.Lock()
        self._is_closed = False
        threading.Thread(target=self._work, name="base64", daemon=True).start()

    async def take(self) -> bytes:
        """The next block."""
        block = await self._ready.get()
        self._room.release()
        return block

    def close(self) -> None:
        """Let the thread go, whether or not everything was taken."""
        with self._closing:
            self._is_closed = True
        self._room.release()

    def _work(self) -> None:
        for file in self._files:
            for block in blocks(file):
                self._room.acquire()
                if not self._hand_over(pybase64.b64encode(block)):
                    return

    def _hand_over(self, block: bytes) -> bool:
        with self._closing:  # after `close` the loop may be gone
            if not self._is_closed:
                self._loop.call_soon_threadsafe(self._ready.put_nowait, block)
            return not self._is_closed


def blocks(file: bytes) -> Iterator[memoryview]:
    """The parts of `file` that are encoded at a time."""
    view = memoryview(file)
    for start in range(0, len(view), BLOCK):
        yield view[start : start + BLOCK]
