"""The one event loop: Qt's, as asyncio sees it."""

import asyncio
import concurrent.futures
import contextvars
import socket
import sys
import threading
import time
from functools import partial
from typing import Any, cast

import qasync
from PySide6.QtCore import QCoreApplication, QObject

_THREADS = 4

_NONE = -1
"""The number of no timer."""

_PATIENCE_S = 1.0
"""How long the end waits for what threads are still at: a share that is gone never answers."""


class _Timed(asyncio.Handle):
    """A call for later. Cancelled, it takes its timer along instead of waiting for it: deadlines
    of minutes are kept in a moment, and would pile up.
    """

    __slots__ = ("timer", "timer_id")
    timer: Any
    timer_id: int

    def cancel(self) -> None:
        """Never happen, and be gone at once."""
        super().cancel()
        callbacks = self.timer._SimpleTimer__callbacks
        if callbacks.get(self.timer_id) is self:
            del callbacks[self.timer_id]
            self.timer.killTimer(self.timer_id)

    def _run(self) -> None:
        self.timer_id = _NONE  # from here on qasync sees to it
        super()._run()


class AppEventLoop(qasync.QEventLoop):
    """qasync's loop with a teardown that cannot crash, and that ends abandoned generators.

    qasync 0.28.0 leaves its timer and signaller to the garbage collector; when that happens to
    run in another thread, Qt stops timers there and the process dies. Here the application owns
    the two objects, and `close` ends their timers first. `tests/test_eventloop.py` fails when
    another version of qasync makes this needless.

    Names are looked up in threads of their own, so that a resolver that takes half a minute to give
    up keeps no file waiting.
    """

    def __init__(self, application: QCoreApplication) -> None:
        super().__init__(application)
        self._owned: list[QObject] = [self._timer, self._QEventLoop__call_soon_signaller]
        for owned in self._owned:
            owned.setParent(application)
        self._threads: list[threading.Thread] = []
        self._workers, self._resolvers = self._pool("worker"), self._pool("names")
        self.set_default_executor(self._workers)

    def call_later(
        self, delay: float, callback: Any, *args: Any, context: contextvars.Context | None = None
    ) -> asyncio.Handle:
        """As in qasync, but what is cancelled leaves nothing behind."""
        if delay <= 0:
            at_once = super().call_later(delay, callback, *args, context=context)
            return cast("asyncio.Handle", at_once)
        handle = _Timed(callback, args, self, context=context)
        handle.timer = self._timer
        self._timer.add_callback(handle, delay)
        handle.timer_id = next(reversed(self._timer._SimpleTimer__callbacks))
        return handle

    async def getaddrinfo(self, host: Any, port: Any, **hints: int) -> Any:
        """As in asyncio's own, beside all other work."""
        look_up = partial(socket.getaddrinfo, host, port, **hints)
        return await self.run_in_executor(self._resolvers, look_up)

    def run_forever(self) -> int:
        """Run until stopped. As in asyncio's own, and not in qasync's, asynchronous generators
        that are left in the middle are ended by the loop: httpx's hold a connection each.
        """
        before = sys.get_asyncgen_hooks()
        sys.set_asyncgen_hooks(self._asyncgen_firstiter_hook, self._asyncgen_finalizer_hook)
        try:
            return int(super().run_forever())
        finally:
            sys.set_asyncgen_hooks(*before)

    def close(self) -> None:
        """Close the loop; doing so twice is fine. A thread that hangs is left to `leaving`."""
        if self.is_closed():
            return
        self._end_threads()
        timer = self._timer
        super().close()
        callbacks = timer._SimpleTimer__callbacks
        for timer_id in list(callbacks):
            timer.killTimer(timer_id)
        callbacks.clear()
        for owned in self._owned:
            owned.deleteLater()
        self._owned.clear()

    def _pool(self, name: str) -> concurrent.futures.ThreadPoolExecutor:
        def note() -> None:
            self._threads.append(threading.current_thread())

        return concurrent.futures.ThreadPoolExecutor(_THREADS, name, initializer=note)

    def _end_threads(self) -> None:
        self.set_default_executor(None)  # for which qasync would wait without end
        for pool in (self._workers, self._resolvers):
            pool.shutdown(wait=False, cancel_futures=True)
        end = time.monotonic() + _PATIENCE_S
        for thread in self._threads:
            thread.join(max(0.0, end - time.monotonic()))
