"""The window: whole from the first paint on, never too wide, never closed unasked."""

import subprocess
import sys

import pytest
from PySide6.QtCore import QEvent, QObject, QPoint, QPointF, QSize, Qt
from PySide6.QtGui import QEnterEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QPushButton,
    QWidget,
)

from app.look.theme import Theme
from app.panels.parameters.side_panel import SidePanel
from app.panels.results.strip import ResultsStrip
from app.shell.main_window import FIRST_SIZE, MainWindow, first_size

NAMES = (
    "service", "settings", "tool_brush", "tool_eraser", "undo", "redo", "invert", "mask_more",
    "zoom", "position", "results", "side_panel", "generate", "empty_state", "open_picture",
    "try_sample", "notice",
)  # fmt: skip


def test_every_part_is_there_by_name(window):
    assert [name for name in NAMES if window.findChild(QWidget, name) is None] == []


def test_every_button_has_a_name_for_screen_readers(window):
    window.menu_row.service.show_service("builtin", "Built-in engine", "no key needed", "ok")
    unnamed = [
        button.objectName() or repr(button)
        for button in window.findChildren(QAbstractButton)
        if not button.accessibleName()
        and button.objectName() not in {"notice_action", "qt_menubar_ext_button"}
    ]
    assert unnamed == []


def test_at_first_the_window_and_its_title_fit_the_screen():
    assert first_size(QSize(2560, 1400)) == FIRST_SIZE
    assert first_size(QSize(1366, 728)).height() < 728 - 30
    assert first_size(FIRST_SIZE).height() < FIRST_SIZE.height() - 30


def test_the_bars_have_their_sizes(shown):
    shown.resize(1440, 900)
    assert shown.menu_row.height() == 36
    assert shown.options.height() == 48
    assert shown.rail.width() == 52
    assert shown.status.height() == 28
    assert shown.strip.height() == 184


def test_the_parts_lie_edge_to_edge(qtbot, shown):
    shown.resize(1440, 900)
    qtbot.waitUntil(lambda: shown.panel.width() == 344)

    def bottom(part):
        return part.mapTo(shown, part.rect().bottomLeft()).y() + 1

    def top(part):
        return part.mapTo(shown, part.rect().topLeft()).y()

    assert top(shown.options) == 36
    assert top(shown.panel) == 36
    assert top(shown.stage) == top(shown.rail) == 84
    assert bottom(shown.stage) == top(shown.strip)
    assert bottom(shown.strip) == top(shown.status)


@pytest.mark.parametrize("is_open", [False, True])
def test_the_window_fits_the_smallest_screen(shown, tools, is_open):
    shown.set_canvas(QWidget())
    shown.options.attach(tools)
    shown.set_open(is_open)
    shown.status.show_size((8192, 8192))
    shown.status.show_message("A long sentence that a status line has no room for. " * 5)
    assert shown.minimumSizeHint().width() <= 1024
    assert shown.minimumSizeHint().height() <= 680
    shown.resize(1024, 680)
    assert (shown.width(), shown.height()) == (1024, 680)


def test_nothing_wears_a_focus_ring_unasked(shown):
    assert shown.focusWidget() is shown.stage


def test_a_picture_brings_the_canvas_and_its_tools(shown, tools):
    canvas = QWidget()
    shown.options.attach(tools)
    shown.set_canvas(canvas)
    assert shown.stage.empty.isVisible()

    shown.set_open(True)

    assert canvas.isVisible()
    assert not shown.stage.empty.isVisible()
    assert shown.findChild(QWidget, "brush_size").isVisible()


@pytest.mark.parametrize("name", ["lake.png", "odd [*] name", "[*]", "[*][*].png", "a & b"])
def test_the_title_says_what_is_open_and_whether_it_is_saved(shown, name):
    shown.set_name(name)
    assert not shown.isWindowModified()
    assert shown.windowHandle().title() == f"{name} – Maskwright"
    shown.set_name(name, is_unsaved=True)
    assert shown.isWindowModified()
    assert shown.windowHandle().title() == f"{name}* – Maskwright"
    shown.set_name("")
    assert shown.windowHandle().title() == "Maskwright"


def test_moves_over_the_canvas_are_not_told_to_the_window_as_well(shown, qtbot):
    canvas = QWidget()
    canvas.setMouseTracking(True)
    shown.set_canvas(canvas)
    shown.set_open(True)
    heard = Heard()
    shown.installEventFilter(heard)
    middle = canvas.mapTo(shown, canvas.rect().center())
    for step in range(3):
        QTest.mouseMove(shown.windowHandle(), middle + QPoint(10 * step, 0))
    QApplication.processEvents()
    assert not heard.kinds & {QEvent.Type.HoverMove, QEvent.Type.MouseMove}


class Heard(QObject):
    """Notes the kinds of events that it is offered."""

    def __init__(self) -> None:
        super().__init__()
        self.kinds: set[QEvent.Type] = set()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        self.kinds.add(event.type())
        return False


@pytest.fixture
def easel(shown):
    """The window with a picture open, and the pointer beside the canvas."""
    canvas = QWidget()
    canvas.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
    shown.set_canvas(canvas)
    shown.set_open(True)
    return canvas


def move_onto(stage: QWidget) -> None:
    middle = QPointF(stage.rect().center())
    QApplication.sendEvent(stage, QEnterEvent(middle, middle, stage.mapToGlobal(middle)))


def test_the_hand_on_the_canvas_has_its_keys_without_a_click(qtbot, shown, easel):
    shown.menu_row.settings.setFocus(Qt.FocusReason.TabFocusReason)
    move_onto(shown.stage)
    assert easel.hasFocus()


@pytest.mark.parametrize("editor", [QPlainTextEdit, QLineEdit])
def test_the_hand_on_the_canvas_does_not_end_a_sentence(shown, easel, editor):
    words = editor(shown.panel)
    words.show()
    words.setFocus()
    move_onto(shown.stage)
    assert words.hasFocus()


def test_the_hand_on_the_canvas_leaves_the_keys_to_a_bar_over_it(shown, easel):
    bar = QPushButton("Apply", shown.stage)
    bar.show()
    bar.setFocus()
    move_onto(shown.stage)
    assert bar.hasFocus()


def test_closing_asks_first(qtbot, shown):
    with qtbot.waitSignal(shown.quit_requested):
        shown.close()
    assert shown.isVisible()

    shown.close_now()
    assert not shown.isVisible()


def test_the_layout_survives_a_restart(qtbot, theme, shown):
    shown.resize(1300, 760)
    shown._columns.setSizes([shown.width() - 420, 420])
    state = shown.layout_state()

    again = MainWindow(theme, ResultsStrip(theme), SidePanel(theme))
    qtbot.addWidget(again, before_close_func=lambda one: setattr(one, "_may_close", True))
    again.restore_layout(state["geometry"], state["splitters"])
    again.show()

    assert again.panel.width() == 420
    assert again.height() == 760


@pytest.mark.parametrize("geometry", ["", "not base64 !", "AAAA"])
def test_a_layout_that_makes_no_sense_is_passed_over(window, geometry):
    window.restore_layout(geometry, {"columns": (1,), "elsewhere": (1, 2)})
    window.show()
    assert window.width() >= 1024


def test_buttons_follow_their_actions(qtbot, shown):
    asked = []
    shown.actions_table.on("preferences", lambda: asked.append("preferences"))
    qtbot.waitUntil(shown.menu_row.settings.isEnabled)
    qtbot.mouseClick(shown.menu_row.settings, Qt.MouseButton.LeftButton)
    assert asked == ["preferences"]
    assert not shown.options.buttons["undo"].isEnabled()


@pytest.mark.parametrize("mode", ["dark", "light"])
def test_bars_are_painted_in_the_theme(qtbot, qapp, mode):
    theme = Theme()
    theme.apply(mode)
    window = MainWindow(theme, ResultsStrip(theme), SidePanel(theme))
    qtbot.addWidget(window, before_close_func=lambda one: setattr(one, "_may_close", True))
    window.show()

    image = window.grab().toImage()

    assert image.pixelColor(600, 10) == theme.color("chrome")
    assert image.pixelColor(60, 90) == theme.color("canvas")


def test_the_frame_needs_none_of_the_heavy_libraries():
    program = (
        "import sys, app.shell.main_window, app.shell.opening, app.shell.generating;"
        "print({'numpy', 'pydantic', 'PIL', 'asyncio', 'httpx'} & sys.modules.keys())"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True)
    assert (done.stdout.strip(), done.stderr) == ("set()", "")


def test_every_key_that_is_shown_follows_the_map(shown):
    keys = shown.actions_table.keys
    keys.give("brush", "F7")
    keys.give("invert", "F8")
    keys.give("generate", "F9")
    keys.give("open", "F10")
    keys.take("undo")

    assert shown.findChild(QAbstractButton, "tool_brush").toolTip() == "Brush (F7)"
    assert shown.options.buttons["invert"].toolTip() == "Invert the mask (F8)"
    assert shown.options.buttons["undo"].toolTip() == "Undo"
    assert shown.findChild(QLabel, "generate_key").text() == "F9"
    assert shown.findChild(QWidget, "key_hints").accessibleName().startswith("F10: open")
    assert shown.actions_table["invert"].shortcut().toString() == "F8"
