"""The engine's worker process: it looks at what was submitted, and fills.

Started as `python -m app.engine.worker`. It keeps nothing between two frames, so that killing it
at any moment is safe.
"""

import logging
import os
import sys
from collections.abc import Callable

from app.worker.bounds import allow
from app.worker.child import Program
from app.worker.frames import Frame

_NICENESS = 10

_CHECK_S, _CHECK_BYTES = 60.0, 2**30
"""What looking at a body may take, beside the body; pictures in it are small, or not decoded."""

log = logging.getLogger(__name__)


def main() -> None:
    """Serve until stdin ends."""
    logging.basicConfig(stream=sys.stderr)
    if sys.platform != "win32":
        os.nice(_NICENESS)
    program = Program()
    while True:
        program.tell(_answer(program.hear(), program.tell))


def _answer(question: Frame, tell: Callable[[Frame], None]) -> Frame:
    try:
        if question.kind == "check":
            from app.engine.intake import check

            allow(_CHECK_S, _CHECK_BYTES)
            return check(b"".join(question.parts))
        from app.engine.filling import fill
        from app.engine.patchmatch import PatchMatch

        return fill(question, PatchMatch(), tell)
    except Exception:  # whatever it was: this task fails, and the next may work
        log.exception("%s failed", question.kind)
        return Frame("broken")


if __name__ == "__main__":
    main()
