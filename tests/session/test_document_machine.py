"""Any edits in any order, against a list of whole planes.

`pytest tests/session/test_document_machine.py --hypothesis-profile=deep` looks much further.
"""

import numpy as np
import pytest
from hypothesis import HealthCheck, event, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from app.model.aids import SYMMETRIES, Aids
from app.model.brush import Brush, Sample
from app.model.change import combine, difference
from app.model.geometry import EMPTY, Rect, Size
from app.model.mask import MIXED, Mask
from app.model.picture import Picture
from app.model.selecting import MODES
from app.model.stroke import Stroke
from app.session.document import Document

SIZES = [Size(300, 200), Size(90, 200), Size(128, 128)]
CAP = 30_000
IS_DEEP = settings.get_current_profile_name() == "deep"

places = st.tuples(st.integers(-60, 340), st.integers(-60, 240))
samples = st.builds(lambda place, pressure: Sample(*place, pressure), places, st.floats(0, 1))
paths = st.lists(samples, min_size=1, max_size=4)
brushes = st.builds(
    Brush,
    size=st.sampled_from([1, 2, 30, 180, 900]),
    hardness=st.sampled_from([0, 0.5, 1]),
    opacity=st.sampled_from([0.3, 1]),
    size_pressure=st.booleans(),
    opacity_pressure=st.booleans(),
)
helps = st.builds(Aids, symmetry=st.sampled_from(SYMMETRIES), edges=st.booleans())
areas = st.tuples(places, places, st.sampled_from([0, 1, 128, 255]), st.integers(0, 9))


def picture(size: Size) -> Picture:
    """Two colours side by side, for strokes that keep to one."""
    pixels = np.full((size.height, size.width, 4), 90, np.uint8)
    pixels[:, size.width // 2 :, :3] = 200
    pixels[..., 3] = 255
    return Picture(pixels=pixels)


def empty(size: Size) -> np.ndarray:
    return np.zeros((size.height, size.width), np.uint8)


def painted(plane, on, path, brush, erase, aids) -> np.ndarray:
    """The plane after a stroke that was alone in the world."""
    mask = Mask.of(plane)
    alone = Stroke(mask, brush, erase=erase, aids=aids, picture=on)
    for sample in path:
        alone.extend(sample)
    alone.finish()
    return mask.plane.copy()


def covered(area) -> tuple[np.ndarray, Rect]:
    """Something selected: a rectangle of one strength or of many, perhaps beside the picture."""
    (x0, y0), (x1, y1), strength, noise = area
    rect = Rect(min(x0, x1), min(y0, y1), max(x0, x1) + 1, max(y0, y1) + 1)
    coverage = np.full((rect.height, rect.width), strength, np.uint8)
    if noise > 5:
        coverage = np.random.default_rng(noise).integers(0, 256, coverage.shape).astype(np.uint8)
    return coverage, rect


def joined(plane, coverage, rect, mode) -> np.ndarray:
    """A plane with an area joined to it, all pixels at once."""
    height, width = plane.shape
    whole = empty(Size(width, height))
    seen = rect.within(Rect(0, 0, width, height))
    if not seen.is_empty:
        whole[seen.slices] = coverage[seen.moved(-rect.left, -rect.top).slices]
    return {
        "add": np.maximum(plane, whole),
        "subtract": np.minimum(plane, 255 - whole),
        "intersect": np.minimum(plane, whole),
        "replace": whole,
    }[mode]


def operated(plane, number) -> np.ndarray:
    """What operations do, as far as the document can tell: all may change at once."""
    return [
        plane // 2,
        np.where(plane > 127, np.uint8(255), np.uint8(0)),
        np.roll(plane, 5, axis=1),
        np.minimum(np.roll(plane, 1, axis=0), plane),
        plane.copy(),
        np.full_like(plane, 77),
    ][number]


class Session(RuleBasedStateMachine):
    """A document, and what it should hold after each step; `at` of these are done."""

    def __init__(self) -> None:
        super().__init__()
        self.document = Document()
        self.told: list[Rect] = []
        self.is_other = False
        self.cleared: np.ndarray | None = None
        self.trial = None
        self.tried: np.ndarray | None = None
        self.title = 0
        self.document.mask_changed.connect(self.told.append)
        self.document.picture_changed.connect(self.follow_picture)
        self.document.open(picture(SIZES[0]))
        self.planes = [empty(SIZES[0])]
        self.at = 0
        self.seen = self.planes[0]

    # The model

    @property
    def plane(self) -> np.ndarray:
        """What the mask should hold."""
        return self.planes[self.at] if self.tried is None else self.tried

    def follow_picture(self) -> None:
        self.is_other = True

    def becomes(self, plane: np.ndarray, *, is_step: bool = False) -> None:
        """An edit is done; what changes nothing is no step."""
        before = self.planes[self.at]
        if is_step or plane.shape != before.shape or (plane != before).any():
            self.planes[self.at + 1 :] = [plane]
            self.at += 1

    def settle(self) -> None:
        """Any edit keeps what is tried out."""
        if self.tried is not None:
            tried, self.tried, self.trial = self.tried, None, None
            self.becomes(tried)

    def goes_to(self, at: int) -> None:
        """Undo and redo; a trial counts as a step of its own, from which no way leads on."""
        if self.tried is not None and at > self.at:
            return
        if self.tried is not None:
            self.tried = self.trial = None
            at = min(at, self.at) if at < self.at - 1 else self.at
        self.at = min(max(at, 0), len(self.planes) - 1)
        self.shows_other()

    def shows_other(self) -> None:
        if self.cleared is not None and self.cleared.shape != self.plane.shape:
            self.cleared = None

    # Edits

    @rule(path=paths, brush=brushes, erase=st.booleans(), aids=helps, broken=st.booleans())
    def stroke(self, path, brush, erase, aids, broken):
        self.settle()
        after = painted(self.plane, self.document.picture, path, brush, erase, aids)
        try:
            with self.document.stroke(brush, erase=erase, aids=aids) as stroke:
                for sample in path:
                    stroke.extend(sample)
                self.document.undo()  # in the middle of a stroke: nothing happens
                if broken:
                    raise KeyboardInterrupt
        except KeyboardInterrupt:
            return
        self.becomes(after)

    @rule(area=areas, mode=st.sampled_from(MODES))
    def select(self, area, mode):
        self.settle()
        after = joined(self.plane, *covered(area), mode)
        self.document.apply("Select", combine(self.plane, *covered(area), mode))
        self.becomes(after)

    @rule(number=st.integers(0, 5))
    def operate(self, number):
        self.settle()
        after = operated(self.plane, number)
        self.document.apply("Operate", self.change_to(self.plane, after))
        self.becomes(after)

    @rule(seed=st.integers(0, 3))
    def read_mask(self, seed):
        """A mask from a file."""
        self.settle()
        coarse = np.random.default_rng(seed).integers(0, 2, self.plane.shape) * 255
        after = np.sort(coarse.astype(np.uint8), axis=seed % 2)
        self.document.apply("Import Mask", self.change_to(self.plane, after))
        self.becomes(after)

    @rule()
    def invert(self):
        self.settle()
        self.document.invert()
        self.becomes(255 - self.plane)

    @rule()
    def clear(self):
        self.settle()
        self.document.clear()
        if self.plane.any():
            self.cleared = self.plane
        self.becomes(np.zeros_like(self.plane))

    @rule()
    def fill(self):
        self.settle()
        self.document.fill()
        self.becomes(np.full_like(self.plane, 255))

    @rule()
    def reselect(self):
        self.document.cleared.reselect()
        if self.cleared is not None:
            self.settle()
            self.becomes(np.maximum(self.plane, self.cleared))

    # Trials

    @rule()
    def begin_trial(self):
        self.settle()
        self.title += 1
        self.trial = self.document.trial(f"Try {self.title}")
        self.tried = self.planes[self.at]

    @precondition(lambda self: self.trial)
    @rule(number=st.integers(0, 5))
    def show(self, number):
        base = self.planes[self.at]
        self.tried = operated(base, number)
        self.trial.show(self.change_to(base, self.tried))

    @precondition(lambda self: self.trial)
    @rule(is_kept=st.booleans())
    def end_trial(self, is_kept):
        if is_kept:
            self.trial.keep()
            self.settle()
        else:
            self.trial.drop()
            self.tried = self.trial = None

    @rule()
    def retry(self):
        """Go back into the newest step, which is none then."""
        if self.trial:
            self.trial.keep()
        self.settle()
        newest = self.document.undo_stack.newest()
        trial = self.document.retry(newest) if newest else None
        if trial is not None:
            self.trial, self.tried = trial, self.plane
            del self.planes[self.at :]
            self.at -= 1

    # Pictures

    @rule(size=st.sampled_from(SIZES))
    def use_as_picture(self, size):
        self.settle()
        self.document.use_as_picture(picture(size))
        fits = self.plane.shape == (size.height, size.width)
        self.becomes(self.plane if fits else empty(size), is_step=True)
        self.shows_other()

    @rule(size=st.sampled_from(SIZES))
    def open(self, size):
        self.settle()
        was_empty = not self.plane.any()
        self.document.open(picture(size))
        if was_empty:
            self.planes, self.at = [empty(size)], 0
        else:
            self.becomes(empty(size), is_step=True)
        self.shows_other()

    # The history

    @rule()
    def undo(self):
        self.document.undo()
        self.goes_to(self.at - 1)

    @rule()
    def redo(self):
        self.document.redo()
        self.goes_to(self.at + 1)

    @rule(share=st.floats(0, 1))
    def jump(self, share):
        at = round(share * (len(self.planes) - 1))
        self.document.go_to(at)
        self.goes_to(at)

    @precondition(lambda self: self.tried is None)
    @rule()
    def pack(self):
        """Time passes."""
        while not self.document._packer.is_idle:
            self.document._packer._pack()

    @rule(cap=st.sampled_from([CAP, 1 << 28]))
    def allow(self, cap):
        """From now on the steps may weigh so much."""
        self.document.undo_stack._most_bytes = cap

    # What is always true

    @invariant()
    def only_the_oldest_steps_are_forgotten(self):
        history = self.document.undo_stack
        forgotten = len(self.planes) - 1 - history.count()
        assert forgotten >= 0
        assert not forgotten or history.index() >= 1
        del self.planes[:forgotten]
        self.at -= forgotten
        assert history.index() == self.at
        if forgotten:
            event("steps were forgotten")

    @invariant()
    def mask_is_the_model(self):
        mask = self.document.mask
        assert mask.plane.shape == self.plane.shape
        assert (mask.plane == self.plane).all()
        assert self.document.picture.size == mask.size

    @invariant()
    def notes_are_true(self):
        mask = self.document.mask
        assert self.document.mask_is_empty == (not self.plane.any())
        assert self.document.mask_box() == box_of(self.plane)
        for tile in range(len(mask.tiles)):
            values = self.plane[mask.tiles.rect(tile).slices]
            assert mask._values.item(tile) in (MIXED, *values[:1, 0])
            assert mask._values.item(tile) == MIXED or (values == values[0, 0]).all()
            assert mask._painted.item(tile) == values.any()

    @invariant()
    def all_changes_were_told(self):
        if not self.is_other:
            unseen = self.seen != self.plane
            for rect in self.told:
                unseen[rect.within(Rect.of(self.document.mask.size)).slices] = False
            assert not unseen.any()
        self.told.clear()
        self.is_other, self.seen = False, self.plane

    @staticmethod
    def change_to(before: np.ndarray, after: np.ndarray):
        return difference(before, after, Rect(0, 0, before.shape[1], before.shape[0]))


def box_of(plane: np.ndarray) -> Rect:
    rows, columns = np.flatnonzero(plane.any(axis=1)), np.flatnonzero(plane.any(axis=0))
    if not rows.size:
        return EMPTY
    return Rect(*(int(each) for each in (columns[0], rows[0], columns[-1] + 1, rows[-1] + 1)))


@pytest.mark.usefixtures("qapp")
@pytest.mark.timeout(3600)  # it takes seconds, but what fails is made small before it is told
class TestSession(Session.TestCase):
    settings = settings(
        max_examples=2000 if IS_DEEP else 70,
        stateful_step_count=60 if IS_DEEP else 30,
        deadline=None,
        suppress_health_check=[HealthCheck.too_slow],
    )
