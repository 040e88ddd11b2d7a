"""Whatever is done to a document, what is kept of its mask is what it shows."""

from collections.abc import Iterator, Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.model.brush import Brush, Sample
from app.model.change import difference
from app.model.geometry import Rect, Size
from app.model.mask import Mask
from app.model.picture import Picture, Plane
from app.session.autosave import PIECE, Autosave
from app.session.autosave_tiles import TouchedTiles
from app.session.document import Document
from app.session.parameters import ParameterState

SIZE = Size(300, 200)


def picture(size: Size = SIZE, name: str = "harbour.png") -> Picture:
    return Picture(pixels=np.full((size.height, size.width, 4), 90, np.uint8), name=name)


class Notebook:
    """A writer that keeps masks in memory, as the one on disk does: by what it is told alone."""

    def __init__(self) -> None:
        self.masks: dict[Path, Mask] = {}
        self.names: dict[Path, str] = {}
        self.now: Path | None = None
        self.writes: list[int] = []
        self.told: list[object] = []
        self.parameters: Mapping[str, Any] = {}
        self.standing = "kept"

    def begin(self, picture: Picture, parameters: Mapping[str, Any]) -> Path:
        self.now = Path(str(len(self.masks)))
        self.masks[self.now] = Mask(picture.size)
        self.names[self.now] = picture.name
        self.parameters = parameters
        return self.now

    def write(self, tiles: Mapping[int, bytes]) -> None:
        assert self.now is not None
        self.masks[self.now].swap_tiles(tiles)
        self.writes.append(len(tiles))

    def know(self, tiles: Mapping[int, bytes]) -> None:
        self.write(tiles)
        self.told.append("know")

    def note(self, parameters: Mapping[str, Any]) -> None:
        self.parameters = parameters

    def describe(self, picture: Picture) -> None:
        assert self.now is not None
        self.names[self.now] = picture.name

    def leave(self) -> None:
        self.now = None

    def supersede(self, folder: Path) -> None:
        self.told.append(("supersede", folder))

    def saved(self) -> None:
        self.told.append("saved")

    def flush(self, patience_s: float) -> bool:
        self.told.append("flush")
        return True

    def close(self, patience_s: float) -> None:
        self.told.append("close")

    @property
    def mask(self) -> Plane:
        """What is kept of the mask that is open."""
        assert self.now is not None
        return self.masks[self.now].plane


class Desk:
    """A document that is followed, and what is kept of it."""

    def __init__(self) -> None:
        self.document = Document()
        self.parameters = ParameterState()
        self.notebook = Notebook()
        self.autosave = Autosave(self.document, self.parameters, lambda _: self.notebook)

    def stroke(self, *places: tuple[float, float], size: float = 30) -> None:
        with self.document.stroke(Brush(size=size)) as stroke:
            for x, y in places:
                stroke.extend(Sample(x, y))

    @property
    def is_kept(self) -> bool:
        return np.array_equal(self.notebook.mask, self.document.mask_snapshot().plane())


@pytest.fixture
def desk(qapp: QApplication) -> Iterator[Desk]:
    desk = Desk()
    desk.document.open(picture())
    yield desk
    desk.autosave.close()


@pytest.mark.parametrize(("then", "last"), [("kept", ["mended"]), ("failing", [])])
def test_a_disk_that_does_not_answer_is_told_once_and_taken_back(
    desk: Desk, then: str, last: list[str]
) -> None:
    told: list[object] = []
    desk.autosave.failed.connect(lambda error: told.append(error.kind))
    desk.autosave.mended.connect(lambda: told.append("mended"))
    tick = desk.autosave._stroke.timeout.emit
    tick()
    assert told == []
    desk.notebook.standing = "stuck"
    tick()
    tick()
    assert told == ["silent"]
    desk.notebook.standing = then
    tick()
    assert told == ["silent", *last]


def test_a_stroke_is_kept_as_soon_as_the_hand_lifts(desk: Desk, qtbot: QtBot) -> None:
    desk.stroke((20, 20), (150, 90))
    assert not desk.notebook.writes
    qtbot.waitUntil(lambda: desk.is_kept)
    assert len(desk.notebook.writes) == 1


def test_a_long_stroke_is_kept_while_it_lasts(desk: Desk, qtbot: QtBot) -> None:
    for timer in desk.autosave.findChildren(QTimer):
        timer.setInterval(min(timer.interval(), 20))
    with desk.document.stroke(Brush(size=30)) as stroke:
        stroke.extend(Sample(20, 20))
        stroke.extend(Sample(60, 20))
        qtbot.waitUntil(lambda: desk.notebook.mask.any())
        assert desk.is_kept
        stroke.extend(Sample(200, 150))
    qtbot.waitUntil(lambda: desk.is_kept)


def test_a_stroke_that_is_dropped_is_not_kept(desk: Desk, qtbot: QtBot) -> None:
    desk.stroke((20, 20), (30, 30))
    qtbot.waitUntil(lambda: desk.is_kept)
    with suppress(ZeroDivisionError), desk.document.stroke(Brush(size=30)) as stroke:
        stroke.extend(Sample(200, 100))
        raise ZeroDivisionError
    desk.autosave.flush()
    assert desk.is_kept


def test_only_the_tiles_that_were_touched_are_handed_over(desk: Desk) -> None:
    desk.stroke((20, 20), (30, 30))
    desk.autosave.flush()
    assert desk.notebook.writes == [1]


def test_an_edit_of_everything_is_copied_a_few_tiles_at_a_time(
    qapp: QApplication, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk = Desk()
    desk.document.open(picture(Size(128 * 20, 128 * 20)))
    asked: list[int | None] = []
    real = TouchedTiles.copy

    def copy(self: TouchedTiles, most: int | None = None) -> bool:
        asked.append(most)
        is_all = real(self, most)
        if len(asked) == 1:
            desk.stroke((5, 5), (6, 6), size=90)  # where all was copied already
        return is_all

    monkeypatch.setattr(TouchedTiles, "copy", copy)
    desk.document.invert()
    qtbot.waitUntil(lambda: bool(desk.notebook.writes))
    assert asked == [PIECE] * 7
    assert desk.notebook.writes == [400]
    assert desk.is_kept
    desk.autosave.close()


def test_what_is_tried_out_is_not_kept_until_it_is_done(desk: Desk, qtbot: QtBot) -> None:
    desk.stroke((20, 20), (30, 30))
    desk.autosave.flush()
    before = desk.notebook.mask.copy()
    trial = desk.document.trial("Fill Mask")
    trial.show({0: b"\xff", 5: b"\x80"})
    desk.autosave.flush()
    qtbot.wait(1)
    assert np.array_equal(desk.notebook.mask, before)
    trial.keep()
    qtbot.waitUntil(lambda: desk.is_kept)


def test_another_picture_begins_another_mask_and_undo_goes_back_to_the_first(desk: Desk) -> None:
    desk.stroke((20, 20), (30, 30))
    first = desk.document.mask_snapshot().plane()
    desk.document.open(picture(Size(90, 90), "other.png"))
    desk.stroke((20, 20), (30, 30))
    desk.autosave.flush()
    assert desk.is_kept
    assert np.array_equal(desk.notebook.masks[Path("0")].plane, first)
    desk.document.undo()
    desk.document.undo()
    desk.autosave.flush()
    assert desk.notebook.names[Path("2")] == "harbour.png"
    assert np.array_equal(desk.notebook.masks[Path("2")].plane, first)
    assert desk.notebook.told.count(("supersede", Path("0"))) == 1


def test_a_result_that_becomes_the_picture_goes_on_with_the_same_mask(desk: Desk) -> None:
    desk.stroke((20, 20), (30, 30))
    desk.document.use_as_picture(picture(name="result.png"))
    desk.autosave.flush()
    assert list(desk.notebook.names.values()) == ["result.png"]
    assert desk.is_kept


def test_work_that_is_gone_on_with_is_handed_over_whole_and_its_folder_superseded(
    desk: Desk,
) -> None:
    plane = np.zeros((200, 300), np.uint8)
    plane[50:60] = 200
    desk.autosave.replaces(Path("old"))
    desk.document.open(picture(), plane)
    assert not desk.document.can_undo
    desk.autosave.flush()
    assert np.array_equal(desk.notebook.mask, plane)
    assert desk.notebook.told[0] == ("supersede", Path("old"))


def test_what_a_project_holds_is_known_and_put_away(desk: Desk) -> None:
    desk.stroke((20, 20), (30, 30))
    desk.autosave.note_saved()
    assert desk.is_kept
    assert desk.notebook.told == ["know", "saved"]


def test_settings_are_kept_when_they_were_not_changed_for_a_while(desk: Desk, qtbot: QtBot) -> None:
    desk.stroke((20, 20), (30, 30))
    desk.parameters.edit(prompt="a red sail")
    desk.parameters.edit(prompt="a red sail at dawn")
    assert desk.notebook.parameters["prompt"] == ""
    qtbot.waitUntil(lambda: desk.notebook.parameters["prompt"] == "a red sail at dawn")


def test_the_end_hands_over_what_is_left(desk: Desk) -> None:
    desk.parameters.edit(prompt="a red sail")
    desk.document.invert()
    desk.autosave.close()
    assert desk.is_kept
    assert desk.notebook.parameters["prompt"] == "a red sail"
    assert desk.notebook.told == ["close"]


places = st.tuples(st.integers(-20, 320), st.integers(-20, 220))
areas = st.tuples(places, places, st.sampled_from([0, 128, 255]))


class Following(RuleBasedStateMachine):
    """Any edits, undone and redone, over pictures that come and go."""

    def __init__(self) -> None:
        super().__init__()
        self.desk = Desk()
        self.desk.document.open(picture())

    @rule(path=st.lists(places, min_size=1, max_size=3), size=st.sampled_from([2, 40, 300]))
    def paint(self, path: list[tuple[int, int]], size: float) -> None:
        self.desk.stroke(*path, size=size)

    @rule(area=areas, is_kept=st.booleans())
    def change(self, area: tuple[tuple[int, int], tuple[int, int], int], is_kept: bool) -> None:
        (x0, y0), (x1, y1), value = area
        document = self.desk.document
        assert document.mask is not None
        size = document.mask.size
        rect = Rect(min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1)).within(Rect.of(size))
        values = np.full((rect.height, rect.width), value, np.uint8)
        trial = document.trial("Fill Mask")
        trial.show(difference(trial.base(), values, rect))
        QApplication.processEvents()
        (trial.keep if is_kept else trial.drop)()

    @rule(act=st.sampled_from(["invert", "clear", "fill", "undo", "redo"]))
    def act(self, act: str) -> None:
        getattr(self.desk.document, act)()

    @rule(at=st.integers(0, 9))
    def jump(self, at: int) -> None:
        self.desk.document.go_to(at)

    @rule(size=st.sampled_from([SIZE, Size(128, 128)]), is_result=st.booleans())
    def another(self, size: Size, is_result: bool) -> None:
        document = self.desk.document
        (document.use_as_picture if is_result else document.open)(picture(size))

    @rule()
    def let_some_time_pass(self) -> None:
        QApplication.processEvents()

    @precondition(lambda self: self.desk.document.picture is not None)
    @invariant()
    def what_is_kept_is_what_is_shown(self) -> None:
        self.desk.autosave.flush()
        assert self.desk.is_kept

    def teardown(self) -> None:
        self.desk.autosave.close()
        self.desk.document.deleteLater()


TestFollowing = pytest.mark.usefixtures("qapp")(Following.TestCase)
TestFollowing.settings = settings(
    max_examples=30, stateful_step_count=15, suppress_health_check=list(HealthCheck)
)
