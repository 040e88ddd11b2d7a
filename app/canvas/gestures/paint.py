"""Painting with a brush."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from app.canvas.gestures.gesture import Gesture
    from app.model.brush import Sample
    from app.session.document import Document
    from app.session.tools import Tools


class Trail:
    """Where the brush was lifted last: straight lines start there, until the picture changes."""

    def __init__(self, document: Document) -> None:
        self.end: Sample | None = None
        document.picture_changed.connect(self._forget)

    def _forget(self) -> None:
        self.end = None


def paint(
    document: Document, tools: Tools, trail: Trail, *, subtract: bool, zoom: float
) -> Gesture:
    """Paint from press to release; closing the gesture takes the stroke back.

    With Shift it begins where the last one ended. `subtract` takes away whatever the tool does;
    Alt turns adding and taking away round.
    """
    pointer = yield
    if pointer is None:
        return
    erase = (subtract or tools.erases) != pointer.keys.alt
    with document.stroke(tools.brush, erase=erase, aids=tools.aids, zoom=zoom) as stroke:
        if pointer.keys.shift and trail.end is not None:
            stroke.extend(trail.end)
        end = pointer.sample
        while pointer is not None:
            end = pointer.sample
            stroke.extend(end)
            pointer = yield
        trail.end = end
