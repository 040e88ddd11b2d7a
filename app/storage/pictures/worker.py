"""The worker process in which foreign bytes are read: files go in, pixels come out.

Started as `python -m app.storage.pictures.worker DOOR` by `reader`. It answers one question at a
time, within limits that the kernel holds, and keeps nothing between two, so that killing it at
any moment is safe.
"""

import gc
import io
import logging
import os
import sys
import warnings
from collections.abc import Callable, Mapping
from errno import ENOMEM
from threading import Event
from typing import BinaryIO

from PIL import Image

from app.model.errors import PictureError
from app.storage.pictures import limits
from app.storage.pictures.canvas import BYTES, Canvas
from app.storage.pictures.chunks import is_plain
from app.storage.pictures.decoding import Sight
from app.storage.pictures.door import Taker
from app.storage.pictures.foreign import opened_file
from app.storage.pictures.source import PictureFile, Source, looked_at
from app.storage.project.archive import Unsafe
from app.worker.bounds import allow
from app.worker.child import Program
from app.worker.frames import Frame

_TOLD = 200
"""Letters of what a decoder says about its trouble."""

_MOST_ABOUT = 100_000
"""Letters of what a picture may say about itself: what we write is much shorter."""

log = logging.getLogger(__name__)


def main() -> None:
    """Serve until stdin ends."""
    logging.basicConfig(stream=sys.stderr)
    warnings.simplefilter("ignore")  # what is wrong with a file is its reader's answer
    is_watched = Event()
    program = Program({"watched": is_watched.set})
    gc.freeze()  # or each collection would look at all that was imported
    worker = _Worker(program, Taker(sys.argv[1:]), is_watched)
    while True:
        question = program.hear()
        answer = worker.answer(question)
        del question
        gc.collect()  # lets go of the canvas
        is_watched.clear()
        if answer is not None:
            program.tell(answer)


class _Worker:
    def __init__(self, program: Program, taker: Taker, is_watched: Event) -> None:
        self._program = program
        self._taker = taker
        self._is_watched = is_watched

    def answer(self, question: Frame) -> Frame | None:
        """What came of a question; None when it is not wanted any more."""
        allow(limits.HEADER_S)
        try:
            return self._answer(question)
        except PictureError as error:
            return _refused(error.kind, error.detail)
        except Unsafe as error:
            return _refused("project", str(error))
        except Exception as error:  # noqa: BLE001 - see below
            # On broken bytes the decoders raise OSError, SyntaxError, ValueError, TypeError,
            # struct.error and more: to the artist it is all the same.
            return _refused("too_large" if _is_too_much(error) else "damaged", str(error))

    def _answer(self, question: Frame) -> Frame | None:
        (part,) = question.parts
        match question.kind:
            case "open":
                return self._read(lambda: opened_file(os.fsdecode(part)), looked_at)
            case "file":
                return self._read(lambda: opened_file(os.fsdecode(part)), PictureFile)
            case "bytes":
                return self._read(lambda: io.BytesIO(part), PictureFile)
            case "plain":
                return Frame("plain", {"is_plain": is_plain(part)})
            case "whole":
                return self._check(os.fsdecode(part))
            case _:
                # Here, as with it comes the contract, which no picture should wait for.
                from app.model.encode import about_in

                return Frame("about", {"told": _short(about_in(part))})

    def _read(
        self, again: Callable[[], BinaryIO], look: Callable[[BinaryIO], Source]
    ) -> Frame | None:
        with again() as file:
            source = look(file)
            size, file_bytes = source.size, file.seek(0, io.SEEK_END)
            header = {"width": size.width, "height": size.height, "file_bytes": file_bytes}
            more = {"needed": source.needed, "pixels": source.pixels}
            self._program.tell(Frame("header", {**header, **more}))
            room = self._program.hear()
            if room.kind != "room":
                return None
            allow(limits.decoding_s(source.pixels), 2 * source.needed)
            canvas = Canvas(self._taker.take(room.data, BYTES * size.area), size.area)
            is_seen = room.data["is_seen"]
            sight = Sight(self._program.tell, self._is_watched, again) if is_seen else None
            return source.put(canvas, sight)

    def _check(self, path: str) -> Frame:
        # As above.
        from app.storage.project.checking import check_members

        with opened_file(path) as file:
            file_bytes = file.seek(0, io.SEEK_END)
            self._program.tell(Frame("header", {"file_bytes": file_bytes}))
            allow(limits.patience_s(0, file_bytes))
            check_members(file)
        return Frame("whole")


def _refused(kind: str, detail: str) -> Frame:
    return Frame("refused", {"kind": kind, "detail": detail[:_TOLD]})


def _is_too_much(error: Exception) -> bool:
    is_of_memory = isinstance(error, OSError) and error.errno == ENOMEM
    return is_of_memory or isinstance(error, MemoryError | Image.DecompressionBombError)


def _short(told: Mapping[str, str]) -> dict[str, str]:
    return {key: text for key, text in told.items() if len(text) <= _MOST_ABOUT}


if __name__ == "__main__":
    main()
