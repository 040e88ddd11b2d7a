"""Calls into system services that may never come back."""

import logging
from collections.abc import Callable
from queue import Empty, SimpleQueue
from threading import Thread
from typing import TypeVar

log = logging.getLogger(__name__)

T = TypeVar("T")


def within(patience_s: float, call: Callable[[], T]) -> T | None:
    """What `call` returns, or None when it fails or takes longer than `patience_s`.

    A call that hangs is left behind in a thread that does not keep the program from ending.
    """
    answers: SimpleQueue[T | None] = SimpleQueue()

    def run() -> None:
        try:
            answers.put(call())
        except Exception as error:  # noqa: BLE001 - D-Bus, COM and the like raise types of their own
            # Only the type: what such an error says may repeat what it was given.
            log.info("a system service failed: %s", type(error).__name__)
            answers.put(None)

    Thread(target=run, name="system service", daemon=True).start()
    try:
        return answers.get(timeout=patience_s)
    except Empty:
        log.info("a system service did not answer within %.0f s", patience_s)
        return None
