"""The one event loop: Qt's, as asyncio sees it."""

import concurrent.futures
import sys

import qasync
from PySide6.QtCore import QCoreApplication, QObject

_THREADS = 4


class AppEventLoop(qasync.QEventLoop):
    """qasync's loop with a teardown that cannot crash, and that ends abandoned generators.

    qasync 0.28.0 leaves its timer and signaller to the garbage collector; when that happens to
    run in another thread, Qt stops timers there and the process dies. Here the application owns
    the two objects, and `close` ends their timers first. `tests/test_eventloop.py` fails when
    another version of qasync makes this needless.
    """

    def __init__(self, application: QCoreApplication) -> None:
        super().__init__(application)
        self._owned: list[QObject] = [self._timer, self._QEventLoop__call_soon_signaller]
        for owned in self._owned:
            owned.setParent(application)
        self.set_default_executor(concurrent.futures.ThreadPoolExecutor(_THREADS, "worker"))

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
        """Close the loop; doing so twice is fine."""
        if self.is_closed():
            return
        timer = self._timer
        super().close()
        callbacks = timer._SimpleTimer__callbacks
        for timer_id in list(callbacks):
            timer.killTimer(timer_id)
        callbacks.clear()
        for owned in self._owned:
            owned.deleteLater()
        self._owned.clear()
