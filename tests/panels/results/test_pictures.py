"""Finished pictures: selecting, showing, leafing, using, dragging."""

from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QGuiApplication, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu
from pytestqt.qtbot import QtBot

from app.look.scroll import ThinScroll
from app.model.geometry import Size
from app.model.services import BUILTIN, BUILTIN_PROMPT
from app.panels.results.recipe import recipe_text, recipe_tooltip
from tests.panels.results.bench import Bench
from tests.support.jobs import asking, job, result


def test_a_click_shows_a_result_and_another_click_goes_back(bench: Bench) -> None:
    results = bench.queue.add_done(job(parameters=asking(3)))
    bench.click(1)
    assert bench.viewing.selected is results[1]
    assert bench.viewing.shown is results[1]
    bench.click(1)
    assert bench.viewing.shown is None
    assert bench.viewing.selected is results[1]


def test_a_click_on_another_result_shows_that_one(bench: Bench) -> None:
    results = bench.queue.add_done(job(parameters=asking(3)))
    bench.click(0)
    bench.click(2)
    assert bench.viewing.shown is results[2]


def test_space_shows_and_goes_back(bench: Bench) -> None:
    results = bench.queue.add_done(job(parameters=asking(2)))
    bench.viewing.select(results[1])
    bench.press(Qt.Key.Key_Space)
    assert bench.viewing.shown is results[1]
    bench.press(Qt.Key.Key_Space)
    assert bench.viewing.shown is None


def test_arrows_move_the_selection(bench: Bench) -> None:
    results = bench.queue.add_done(job(parameters=asking(3)))
    bench.viewing.select(results[0])
    bench.press(Qt.Key.Key_Right)
    bench.press(Qt.Key.Key_Right)
    bench.press(Qt.Key.Key_Left)
    assert bench.viewing.selected is results[1]
    assert bench.viewing.shown is None


def test_arrows_leaf_through_the_canvas_while_a_result_is_shown(bench: Bench) -> None:
    results = bench.queue.add_done(job(parameters=asking(3)))
    bench.click(0)
    bench.press(Qt.Key.Key_Right)
    assert bench.viewing.shown is results[1]


def test_enter_and_double_click_use_a_result_as_the_picture(bench: Bench) -> None:
    results = bench.queue.add_done(job(parameters=asking(2)))
    told = bench.heard("use_requested")
    bench.viewing.select(results[1])
    bench.press(Qt.Key.Key_Return)
    bench.double_click(0)
    assert told == [results[1], results[0]]


def test_delete_does_nothing_and_keeps_its_other_meaning_away(bench: Bench) -> None:
    bench.queue.add_done(job(parameters=asking(2)))
    cleared: list[bool] = []
    action = bench.window.addAction("Clear")
    action.setShortcut("Del")
    action.triggered.connect(cleared.append)
    bench.click(0)
    bench.shelf.setFocus()
    QTest.keyClick(bench.window.windowHandle(), Qt.Key.Key_Delete)
    assert bench.strip.count() == 2
    assert cleared == []


def test_a_removed_job_is_no_longer_shown_or_selected(bench: Bench) -> None:
    asked = job(parameters=asking(2))
    bench.queue.add_done(asked)
    bench.click(1)
    bench.queue.remove(asked.id)
    assert bench.strip.count() == 0
    assert bench.viewing.shown is None
    assert bench.viewing.selected is None


def test_a_result_selected_elsewhere_gets_the_keyboard(bench: Bench) -> None:
    results = bench.queue.add_done(job(parameters=asking(40)))
    bench.viewing.select(results[39])
    assert bench.shelf.currentIndex().row() == 39
    assert bench.strip.viewport().rect().contains(bench.strip.item_rect(39).center())


def test_the_menu_opens_by_chip_by_mouse_and_by_key(bench: Bench, qtbot: QtBot) -> None:
    bench.queue.add_done(job(parameters=asking(2)))
    told = bench.heard("save_requested")
    content = bench.strip.item_rect(1)
    bench.click_at(content.topRight() + QPoint(-16, 16))
    menu = open_menu(qtbot)
    assert [action.text() for action in menu.actions() if action.text()] == [
        "Use as picture",
        "Save as…",
        "Show in folder",
        "Copy picture",
        "Copy seed",
        "Copy parameters",
    ]
    menu.actions()[1].trigger()
    assert [one.index for one in told] == [1]
    menu.actions()[5].trigger()
    assert QGuiApplication.clipboard().text() == "482913078"
    menu.close()
    assert bench.viewing.shown is None


def open_menu(qtbot: QtBot) -> QMenu:
    qtbot.waitUntil(lambda: isinstance(QApplication.activePopupWidget(), QMenu))
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    return menu


def test_the_tooltip_lists_the_parameters_as_plain_text(bench: Bench) -> None:
    asked = job(parameters=asking(1).edited(prompt="<img src=x> & <b>more</b>"))
    bench.queue.add_done(asked)
    tip = bench.shelf.model().index(0, 0).data(Qt.ItemDataRole.ToolTipRole)
    assert "&lt;img src=x&gt; &amp; &lt;b&gt;more&lt;/b&gt;" in tip
    assert "<b>Seed</b>&nbsp; 482913077" in tip


def test_the_recipe_tells_what_came_otherwise_than_asked_for() -> None:
    asked = job()
    odd = replace(result(asked, 0), notices=("first_frame", "other_size"), came_as=Size(512, 512))
    lines = recipe_text(asked, odd).splitlines()
    assert lines[-2:] == [
        "Note: The service sent 512\u00a0×\u00a0512 instead of 60\u00a0×\u00a040; "
        "it was scaled to fit.",
        "Note: The service sent an animation; its first frame was taken.",
    ]
    assert not any(
        line.startswith("Note") for line in recipe_text(asked, result(asked, 0)).splitlines()
    )


def test_the_recipe_names_what_was_on_and_leaves_out_what_was_off() -> None:
    asked = job(parameters=asking(1, strength=0.5, inpainting_mask_invert=1))
    lines = recipe_text(asked, result(asked, 0)).splitlines()
    assert "Prompt: an islet" in lines
    assert "Strength: 0.50" in lines
    assert "Invert: On" in lines
    assert "Area: Whole picture" in lines
    assert "Format: PNG" in lines
    off = ("Negative prompt", "VAE", "LoRA", "Padding")
    assert not any(line.startswith(off) for line in lines)
    assert lines[-2] == "Size: 60 × 40"


def test_the_recipe_speaks_as_the_panel_does() -> None:
    asked = job(parameters=asking(1, inpainting_full_res=1, inpainting_full_res_padding=48))
    lines = recipe_text(asked, result(asked, 0)).splitlines()
    assert "Area: Mask only" in lines
    assert "Padding: 48 px" in lines
    assert not any(line.startswith("Invert") for line in lines)


def test_the_recipe_of_the_built_in_engine_claims_no_prompt() -> None:
    asked = job(parameters=asking(1).edited(prompt=BUILTIN_PROMPT), service=BUILTIN)
    assert BUILTIN_PROMPT not in recipe_text(asked, result(asked, 0))


def test_a_very_long_prompt_does_not_fill_the_screen() -> None:
    asked = job(parameters=asking(1).edited(prompt="x" * 1024))
    assert "x" * 301 not in recipe_tooltip(asked, result(asked, 0))
    assert "x" * 1024 in recipe_text(asked, result(asked, 0))


def test_a_dragged_thumbnail_is_the_saved_file(bench: Bench, tmp_path: Path) -> None:
    results = bench.queue.add_done(job(parameters=asking(2)), tmp_path)
    index = bench.shelf.model().index(1, 0)
    assert index.flags() & Qt.ItemFlag.ItemIsDragEnabled
    (url,) = bench.shelf.model().mimeData([index]).urls()
    assert Path(url.toLocalFile()) == results[1].path
    assert bench.shelf.model().supportedDragActions() is Qt.DropAction.CopyAction


def test_captions_tell_the_end_of_the_seed(bench: Bench) -> None:
    asked = job(parameters=asking(1))
    bench.queue.add_done(asked)
    assert bench.strip.items()[0].text == "Result 1 of 1, seed 482913077"


def test_a_wheel_scrolls_sideways(bench: Bench) -> None:
    bench.queue.add_done(job(parameters=asking(40)))
    bar = bench.shelf.horizontalScrollBar()
    bench.strip.item_rect(0)
    bar.setValue(0)
    turn(bench, -120)
    assert bar.value() == 120
    turn(bench, 120)
    assert bar.value() == 0


def turn(bench: Bench, notch: int) -> None:
    at = QPointF(20, 20)
    none = QPoint()
    QApplication.sendEvent(
        bench.strip.viewport(),
        QWheelEvent(
            at,
            at,
            none,
            QPoint(0, notch),
            Qt.MouseButton.NoButton,
            Qt.KeyboardModifier.NoModifier,
            Qt.ScrollPhase.NoScrollPhase,
            False,
        ),
    )


def test_the_thin_bar_scrolls_by_dragging(bench: Bench) -> None:
    bench.queue.add_done(job(parameters=asking(80)))
    bench.strip.item_rect(0)
    thin = bench.shelf.findChild(ThinScroll)
    assert thin.isVisible()
    bench.shelf.horizontalScrollBar().setValue(0)
    QTest.mousePress(thin, Qt.MouseButton.LeftButton, pos=QPoint(10, 3))
    QTest.mouseMove(thin, QPoint(thin.width(), 3))
    QTest.mouseRelease(thin, Qt.MouseButton.LeftButton, pos=QPoint(thin.width(), 3))
    assert bench.shelf.horizontalScrollBar().value() > 5000


def test_a_thousand_results_draw_only_those_in_view(bench: Bench) -> None:
    for _ in range(125):
        bench.queue.add_done(job(parameters=asking(8)))
    assert bench.strip.count() == 1000
    bench.strip.grab()
    bench.shelf.horizontalScrollBar().setValue(40_000)
    bench.strip.grab()
    assert len(bench.shelf._delegate._painter._kept) < 40
