"""The mask at smaller sizes, after any edits, against one made anew."""

from functools import partial

import numpy as np
import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, rule
from PySide6.QtGui import QColor, QImage

from app.canvas.mask_layer import MaskLayer
from app.canvas.style import tints
from app.model import edits
from app.model.brush import Brush, Sample
from app.model.geometry import Rect, Size
from app.model.halving import halve, halved
from app.model.mask import Mask
from app.model.stroke import Stroke

SIZE = Size(901, 700)
RED = QColor("red")


class Showing(RuleBasedStateMachine):
    """A mask that is edited, and shown now at this size, now at that."""

    def __init__(self) -> None:
        super().__init__()
        self.mask = Mask(SIZE)
        self.layer = MaskLayer(self.mask, tints(RED, 0.5))
        self.stroke: Stroke | None = None

    @rule(
        size=st.sampled_from([5, 90, 400]),
        path=st.lists(st.tuples(st.integers(-50, 950), st.integers(-50, 750)), min_size=1),
        erase=st.booleans(),
    )
    def paint(self, size, path, erase):
        self.finish()
        self.stroke = Stroke(self.mask, Brush(size=size), erase=erase)
        for x, y in path:
            self.mark(*self.stroke.extend(Sample(x, y)))

    @rule()
    def finish(self):
        if self.stroke:
            self.mark(*self.stroke.complete())  # as whoever shows a stroke does
            self.stroke.finish()
            self.stroke = None

    @rule()
    def cancel(self):
        if self.stroke:
            self.mark(*self.stroke.cancel())
            self.stroke = None

    @rule(edit=st.sampled_from([edits.invert, partial(edits.fill, value=0), edits.fill]))
    def edit(self, edit):
        self.finish()
        edit(self.mask)
        self.mark(Rect.of(SIZE))

    @rule(level=st.integers(0, 6), left=st.floats(0, 1), top=st.floats(0, 1))
    def show(self, level, left, top):
        width, height = (halved(length, level) for length in SIZE)
        rect = Rect(int(left * (width - 1)), int(top * (height - 1)), width, height)
        image, part = self.layer.crop(level, rect)
        whole = np.empty((height, width), np.uint8)
        if level:
            halve(self.mask.plane, whole, level)
        else:
            whole = self.mask.plane
        shown = image.copy(part).convertToFormat(QImage.Format.Format_ARGB32_Premultiplied)
        alpha = np.array(shown.constBits()).reshape(part.height(), part.width(), 4)[..., 3]
        assert np.abs(alpha - whole[rect.slices] / 2).max() <= 0.5

    def mark(self, *rects: Rect) -> None:
        for rect in rects:
            self.layer.mark(rect)


@pytest.mark.usefixtures("qapp")
class TestShowing(Showing.TestCase):
    settings = settings(max_examples=30, stateful_step_count=25, deadline=None)
