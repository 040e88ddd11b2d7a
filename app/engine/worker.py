"""The worker process: takes frames from stdin, answers on stdout, ends with its parent.

Started as `python -m app.engine.worker`. It keeps nothing between two frames, so that killing it
at any moment is safe.
"""

import logging
import os
import queue
import signal
import sys
import threading
from collections.abc import Callable
from typing import BinaryIO

from app.engine import frames
from app.engine.frames import Frame

_NICENESS = 10

log = logging.getLogger(__name__)


def main() -> None:
    """Serve until stdin ends."""
    logging.basicConfig(stream=sys.stderr)
    # Ctrl+C reaches the whole group of processes; the parent alone decides what ends.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    if sys.platform != "win32":
        os.nice(_NICENESS)
    answers = _claimed_stdout()
    questions = _questions(sys.stdin.buffer)
    while True:
        question = questions.get()
        frames.write(answers, _answer(question, lambda frame: frames.write(answers, frame)))


def _claimed_stdout() -> BinaryIO:
    """Stdout for frames alone; whatever else prints there goes to stderr from now on."""
    own = os.fdopen(os.dup(sys.stdout.fileno()), "wb")
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())
    return own


def _questions(stream: BinaryIO) -> "queue.SimpleQueue[Frame]":
    """The frames of `stream`; its end ends the process, even in the middle of a fill."""
    questions: queue.SimpleQueue[Frame] = queue.SimpleQueue()

    def listen() -> None:
        try:
            while True:
                questions.put(frames.read(stream))
        finally:
            os._exit(0)

    threading.Thread(target=listen, name="questions", daemon=True).start()
    return questions


def _answer(question: Frame, tell: Callable[[Frame], None]) -> Frame:
    try:
        if question.kind == "check":
            from app.engine.intake import check

            return check(b"".join(question.parts))
        from app.engine.filling import fill
        from app.engine.patchmatch import PatchMatch

        return fill(question, PatchMatch(), tell)
    except Exception:  # whatever it was: this task fails, and the next may work
        log.exception("%s failed", question.kind)
        return Frame("broken")


if __name__ == "__main__":
    main()
