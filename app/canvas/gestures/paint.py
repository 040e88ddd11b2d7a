"""Painting with a brush."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from app.canvas.gestures.gesture import Gesture
    from app.model.brush import Brush
    from app.session.document import Document


def paint(document: Document, brush: Brush, *, erase: bool) -> Gesture:
    """Paint from press to release; closing the gesture takes the stroke back."""
    with document.stroke(brush, erase=erase) as stroke:
        while (pointer := (yield)) is not None:
            stroke.extend(pointer.sample)
