"""Looking around with mouse, wheel and keys: the view moves and the mask stays."""

import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QKeyEvent, QMouseEvent, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from tests.support.easel import Easel, flat, noise

LEFT, MIDDLE, RIGHT = (
    Qt.MouseButton.LeftButton,
    Qt.MouseButton.MiddleButton,
    Qt.MouseButton.RightButton,
)
NONE = Qt.MouseButton.NoButton
PLAIN = Qt.KeyboardModifier.NoModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier
CTRL = Qt.KeyboardModifier.ControlModifier
ALT = Qt.KeyboardModifier.AltModifier


def drag(
    easel: Easel,
    places: list[tuple[float, float]],
    button: Qt.MouseButton = LEFT,
    keys: Qt.KeyboardModifier = PLAIN,
    *,
    let_go: bool = True,
) -> None:
    """Drag with keys held."""
    for number, (x, y) in enumerate(places):
        kind = QEvent.Type.MouseMove if number else QEvent.Type.MouseButtonPress
        send(easel, kind, QPointF(x, y), NONE if number else button, button, keys)
    if let_go:
        send(easel, QEvent.Type.MouseButtonRelease, QPointF(*places[-1]), button, NONE, keys)


def send(easel, kind, place, button, held, keys) -> None:
    at = easel.canvas.mapToGlobal(place)
    QApplication.sendEvent(easel.canvas, QMouseEvent(kind, place, at, button, held, keys))


def wheel(easel: Easel, x: int = 0, y: int = 0, keys: Qt.KeyboardModifier = PLAIN) -> None:
    place = QPointF(123, 77)
    event = QWheelEvent(
        place, easel.canvas.mapToGlobal(place), QPoint(), QPoint(x, y),
        NONE, keys, Qt.ScrollPhase.NoScrollPhase, False,
    )  # fmt: skip
    QApplication.sendEvent(easel.canvas, event)


def key(easel: Easel, code: Qt.Key, *, pressed: bool = True, keys=PLAIN, text: str = "") -> None:
    kind = QEvent.Type.KeyPress if pressed else QEvent.Type.KeyRelease
    QApplication.sendEvent(easel.canvas, QKeyEvent(kind, code, keys, text))


def shape(easel: Easel) -> Qt.CursorShape:
    return easel.canvas.cursor().shape()


@pytest.fixture
def view(easel: Easel):
    """What a picture with some paint on it looks like at first, and a way to see it now."""
    easel.open(noise(800, 600), 1)
    with easel.document.stroke(easel.tools.brush) as stroke:
        from app.model.brush import Sample

        stroke.extend(Sample(400, 300))
    before = easel.document.mask.plane.copy()
    yield lambda: easel.canvas._view
    assert (easel.document.mask.plane == before).all()


def test_control_and_space_zoom_where_the_drag_began(easel: Easel, view):
    place = view().to_picture(100.5, 80.5)
    QTest.keyPress(easel.canvas, Qt.Key.Key_Space)
    drag(easel, [(100, 80), (200, 80)], keys=CTRL)
    assert view().zoom == pytest.approx(1.006**100)
    assert view().to_picture(100.5, 80.5) == pytest.approx(place, abs=1)
    drag(easel, [(100, 80), (0, 80)], keys=CTRL)
    assert view().zoom == pytest.approx(1)


@pytest.mark.parametrize("way", ["space", "middle", "R"])
def test_the_picture_is_turned_around_the_middle_by_the_hand(easel: Easel, view, way):
    middle = view().to_picture(200, 150)
    if way == "space":
        QTest.keyPress(easel.canvas, Qt.Key.Key_Space)
    elif way == "R":
        QTest.keyPress(easel.canvas, Qt.Key.Key_R)
    button, keys = (MIDDLE if way == "middle" else LEFT), (PLAIN if way == "R" else SHIFT)
    drag(easel, [(299.5, 149.5), (199.5, 249.5)], button, keys)
    if way == "middle":  # Shift is held, and it was not Space that it came with
        assert view().angle == 90
    assert view().angle == pytest.approx(90)
    assert view().to_picture(200, 150) == pytest.approx(middle, abs=1)


def test_shift_turns_by_steps_of_15_degrees(easel: Easel, view):
    QTest.keyPress(easel.canvas, Qt.Key.Key_R)
    drag(easel, [(300, 150), (290, 190)], keys=SHIFT)
    assert view().angle == 30


def test_turning_goes_on_round_and_round(easel: Easel, view):
    QTest.keyPress(easel.canvas, Qt.Key.Key_R)
    corners = [(300, 150), (200, 250), (100, 150), (200, 50), (300, 150), (200, 250)]
    drag(easel, corners)
    assert view().angle == pytest.approx(90, abs=2)


def test_letting_go_of_r_ends_turning(easel: Easel):
    easel.open(flat(400, 300), 1)
    QTest.keyPress(easel.canvas, Qt.Key.Key_R)
    QTest.keyRelease(easel.canvas, Qt.Key.Key_R)
    easel.drag([QPointF(200, 150), QPointF(220, 150)])
    assert easel.canvas.angle == 0
    assert not easel.document.mask_is_empty


@pytest.mark.parametrize("keys", [PLAIN, CTRL, SHIFT])
def test_escape_goes_back_to_what_was_seen_before(easel: Easel, view, keys):
    before = view()
    drag(easel, [(260, 150), (280, 190), (300, 250)], MIDDLE, keys, let_go=False)
    assert view() != before
    key(easel, Qt.Key.Key_Escape)
    assert view() == before


def test_the_hand_pans(easel: Easel, view):
    easel.tools.choose("hand")
    before = view()
    assert shape(easel) == Qt.CursorShape.OpenHandCursor
    drag(easel, [(200, 150), (150, 180)], let_go=False)
    assert shape(easel) == Qt.CursorShape.ClosedHandCursor
    assert (view().x - before.x, view().y - before.y) == (-50, 30)
    easel.release(QPointF(150, 180))
    assert shape(easel) == Qt.CursorShape.OpenHandCursor


def test_the_lens_zooms_by_clicks_and_drags(easel: Easel, view):
    easel.tools.choose("zoom")
    assert shape(easel) == Qt.CursorShape.BitmapCursor
    place = view().to_picture(100.5, 80.5)
    drag(easel, [(100, 80), (102, 81)])
    assert view().zoom == pytest.approx(1.5)
    assert view().to_picture(100.5, 80.5) == pytest.approx(place, abs=1)
    drag(easel, [(100, 80)], keys=ALT)
    assert view().zoom == pytest.approx(1)
    drag(easel, [(100, 80), (150, 80)])
    assert view().zoom > 1.2


def test_other_buttons_do_nothing_with_hand_and_lens(easel: Easel, view):
    for tool in ("hand", "zoom"):
        easel.tools.choose(tool)
        before = view()
        drag(easel, [(200, 150), (250, 150)], RIGHT)
        assert view() == before


@pytest.mark.parametrize(
    ("code", "way"),
    [
        (Qt.Key.Key_Left, (40, 0)),
        (Qt.Key.Key_Right, (-40, 0)),
        (Qt.Key.Key_Up, (0, 40)),
        (Qt.Key.Key_Down, (0, -40)),
    ],
)
def test_arrows_nudge_the_view(easel: Easel, view, code, way):
    before = view()
    QTest.keyClick(easel.canvas, code)
    assert (view().x - before.x, view().y - before.y) == way
    QTest.keyClick(easel.canvas, code, SHIFT)
    assert (view().x - before.x, view().y - before.y) == (6 * way[0], 6 * way[1])


@pytest.mark.parametrize("keys", [CTRL, ALT])
def test_with_other_modifiers_keys_are_left_to_shortcuts(easel: Easel, view, keys):
    before = view()
    for code in (Qt.Key.Key_Left, Qt.Key.Key_R):
        QTest.keyPress(easel.canvas, code, keys)
    assert view() == before
    assert not easel.canvas._navigation._turns


def test_keys_that_qt_has_no_name_for_mean_nothing(easel: Easel, view):
    before = view()
    cyrillic = 0x042F
    QApplication.sendEvent(easel.canvas, QKeyEvent(QEvent.Type.KeyPress, cyrillic, PLAIN, "Я"))
    assert view() == before


def test_shift_and_the_wheel_pan_sideways(easel: Easel, view):
    before = view()
    wheel(easel, y=-120, keys=SHIFT)
    assert (view().x - before.x, view().y - before.y, view().zoom) == (-60, 0, 1)


def test_a_wheel_that_goes_sideways_pans(easel: Easel, view):
    before = view()
    wheel(easel, x=60)
    assert (view().x - before.x, view().y - before.y, view().zoom) == (30, 0, 1)


def test_control_and_the_wheel_change_the_brush_by_whole_notches(easel: Easel, view):
    easel.tools.edit(size=100)
    before = view()
    for _ in range(7):
        wheel(easel, y=15, keys=CTRL)
    assert easel.tools.brush.size == 100
    wheel(easel, y=15, keys=CTRL)
    assert easel.tools.brush.size == 110
    wheel(easel, y=-15, keys=CTRL)
    wheel(easel, y=120, keys=CTRL)
    assert easel.tools.brush.size == 121
    assert view() == before


def test_with_photoshops_habit_the_wheel_pans_and_alt_zooms(easel: Easel, view):
    easel.canvas.wheel.habit = "photoshop"
    before = view()
    wheel(easel, x=120, y=-120)
    assert (view().x - before.x, view().y - before.y, view().zoom) == (60, -60, 1)
    wheel(easel, x=120, keys=ALT)  # as X reports it
    assert view().zoom == pytest.approx(1.2)
    wheel(easel, y=-120, keys=ALT)
    assert view().zoom == pytest.approx(1)


def test_the_wheel_goes_from_1_to_6400_percent_and_no_further(easel: Easel):
    easel.open(flat(400, 300))
    for turns, limit in ((300, 64), (-300, 0.01)):
        for _ in range(abs(turns)):
            wheel(easel, y=120 if turns > 0 else -120)
        assert easel.canvas.zoom == limit


class TestSizing:
    def test_sideways_the_edge_keeps_pace_with_the_hand(self, easel: Easel, view):
        easel.tools.edit(size=40)
        drag(easel, [(200, 150), (235, 154)], RIGHT, ALT)
        assert easel.tools.brush.size == 40 + 2 * 30
        easel.canvas.zoom_by(2)
        drag(easel, [(200, 150), (175, 150)], RIGHT, ALT)
        assert easel.tools.brush.size == 100 - 20

    def test_down_it_gets_harder(self, easel: Easel, view):
        easel.tools.edit(size=40, hardness=0.2)
        drag(easel, [(200, 150), (202, 195), (260, 205)], RIGHT, ALT)
        assert easel.tools.brush.size == 40
        assert easel.tools.brush.hardness == pytest.approx(0.2 + 50 / 200)

    def test_a_little_changes_nothing(self, easel: Easel, view):
        brush = easel.tools.brush
        drag(easel, [(200, 150), (205, 145)], RIGHT, ALT)
        assert easel.tools.brush == brush

    def test_it_stays_within_what_a_brush_can_be(self, easel: Easel, view):
        easel.tools.edit(size=40)
        drag(easel, [(200, 150), (-900, 150)], RIGHT, ALT)
        assert easel.tools.brush.size == 1
        drag(easel, [(200, 150), (9000, 150)], RIGHT, ALT)
        assert easel.tools.brush.size == 2000

    def test_escape_gives_the_brush_back(self, easel: Easel, view):
        brush = easel.tools.brush
        drag(easel, [(200, 150), (250, 150)], RIGHT, ALT, let_go=False)
        assert easel.tools.brush != brush
        key(easel, Qt.Key.Key_Escape)
        assert easel.tools.brush == brush

    def test_the_ring_stays_where_it_was(self, easel: Easel, view):
        drag(easel, [(200, 150), (250, 150)], RIGHT, ALT, let_go=False)
        assert easel.canvas._cursor._place() == (200.5, 150.5)
        easel.release(QPointF(250, 150), RIGHT)
        assert easel.canvas._cursor._place() == (250.5, 150.5)
