"""What a reader says: believed as far as it makes sense and was agreed to, and no further.

Foreign bytes have been in there. It can lie about what a picture looks like; it must not be able
to do anything else.
"""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from app.contract.text import clean
from app.model.errors import PictureError
from app.model.geometry import Size
from app.storage.pictures.reader import ReaderDied

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from app.model.picture import Picture
    from app.storage.pictures.canvas import Canvas
    from app.worker.frames import Frame

_NONSENSE = (ArithmeticError, AttributeError, LookupError, RecursionError, TypeError, ValueError)


@contextmanager
def believing() -> Iterator[None]:
    """What cannot be understood was said by a reader that is not itself any more."""
    try:
        yield
    except _NONSENSE as error:
        raise ReaderDied("nonsense") from error


def of_kind(said: Frame, kind: str) -> Frame:
    """`said`, which must be of that kind."""
    if said.kind != kind:
        raise ReaderDied("nonsense")
    return said


def unrefused(said: Frame) -> Frame:
    """`said`, unless it is a refusal, which is raised."""
    if said.kind == "refused":
        raise PictureError(clean(said.data.get("kind")), detail=clean(said.data.get("detail")))
    return said


def size_in(data: dict[str, Any], *, least: int = 1) -> Size:
    """The size that is told of; a file may say that it has no pixels, a picture has some."""
    size = Size(int(data["width"]), int(data["height"]))
    if min(size) < least:
        raise ValueError("no size")
    return size


def picture_on(canvas: Canvas, said: Frame, name: str, path: Path | None) -> Picture:
    """The picture that was put on the canvas."""
    return canvas.picture(
        size_in(said.data),
        has_alpha=said.data["has_alpha"] is True,
        name=name,
        path=path,
        notices=tuple(map(str, said.data["notices"])),
    )
