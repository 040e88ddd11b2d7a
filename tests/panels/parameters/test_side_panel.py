"""The frame stands at once, stays put, and says what it waits for."""

import subprocess
import sys

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QColor
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from app.contract.fields import fields_of
from app.contract.parameters import Parameters
from app.look.scroll import ScrollArea
from app.look.theme import Theme
from app.look.tokens import LIGHT
from app.model.services import BUILTIN, PRESETS
from app.panels.parameters.side_panel import NARROWEST, WIDTH, SidePanel
from tests.panels.parameters.conftest import Hands

HEAVY = ("numpy", "PIL", "pydantic", "asyncio", "httpx")


def test_the_frame_loads_nothing_heavy() -> None:
    script = (
        "import sys, app.panels.parameters.side_panel;"
        f"print([name for name in {HEAVY} if name in sys.modules])"
    )
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == "[]"


def places(panel: SidePanel) -> list[tuple[str, QPoint, int, int]]:
    names = ("generate_dock", "generate", "settings_more", "queue_badge")
    parts = [part for name in names for part in panel.findChildren(QWidget, name)]
    return [
        (part.objectName(), part.mapTo(panel, QPoint()), part.width(), part.height())
        for part in parts
    ]


def test_filling_and_using_it_moves_nothing_of_the_frame(hands: Hands, theme: Theme) -> None:
    empty = SidePanel(theme)
    hands.qtbot.addWidget(empty)
    empty.resize(hands.panel.size())
    empty.show()
    before = places(empty)
    assert places(hands.panel) == before
    hands.panel.dock.set_reason("Open a picture to begin.")
    hands.panel.dock.set_running(3)
    hands.panel.dock.show_progress("Generating", 0.6, 14)
    hands.qtbot.waitUntil(hands.panel.dock.cancel.isVisible)
    assert places(hands.panel) == before


def test_the_content_fits_the_narrowest_panel(hands: Hands) -> None:
    hands.panel.resize(NARROWEST, 700)
    assert hands.panel.form is not None
    assert hands.panel.form.minimumSizeHint().width() <= NARROWEST
    assert hands.panel.minimumSizeHint().width() <= NARROWEST


def test_fields_stand_where_the_guide_puts_them(hands: Hands) -> None:
    def left_and_width(name: str) -> tuple[int, int]:
        part = hands.find(QWidget, name)
        return part.mapTo(hands.panel, QPoint()).x(), part.width()

    assert hands.panel.width() == WIDTH
    assert left_and_width("steps_slider") == (120, 136)
    assert left_and_width("sampler_name") == (120, 208)
    assert hands.row("steps").height() == 32
    assert hands.panel.dock.height() == 112


def test_generate_names_the_number_and_asks(hands: Hands) -> None:
    button = hands.find(QPushButton, "generate")
    assert button.text() == f"Generate {hands.value.image_num} images"
    hands.state.edit(image_num=1)
    assert button.text() == "Generate 1 image"
    with hands.qtbot.waitSignal(hands.panel.generate_requested):
        hands.qtbot.mouseClick(button, Qt.MouseButton.LeftButton)


def test_a_reason_disables_generate_and_is_read_aloud(hands: Hands) -> None:
    button = hands.find(QPushButton, "generate")
    hands.panel.dock.set_reason("Open a picture to begin.")
    assert not button.isEnabled()
    assert button.toolTip() == button.accessibleDescription() == "Open a picture to begin."
    assert hands.find(QLabel, "generate_reason").text() == "Open a picture to begin."
    hands.panel.dock.set_reason("")
    assert button.isEnabled()
    assert hands.find(QLabel, "generate_reason").text() == ""


def test_progress_tells_percent_time_and_cancels(hands: Hands) -> None:
    dock = hands.panel.dock
    dock.show_progress("Generating", 0.6, 74)
    texts = [label.text() for label in dock.findChildren(QLabel)]
    assert "60 % · 1:14" in texts
    assert "Generating" in texts
    with hands.qtbot.waitSignal(hands.panel.cancel_requested):
        hands.click("generate_cancel")
    dock.show_progress("Waiting", None, 5)
    assert "0:05" in [label.text() for label in dock.findChildren(QLabel)]
    dock.clear_progress()
    assert not dock.cancel.isVisible()


def test_folding_is_told_and_remembered(hands: Hands, qtbot: QtBot) -> None:
    assert hands.panel.form is not None
    with qtbot.waitSignal(hands.panel.folded_changed) as told:
        hands.panel.form.sections["mask"].set_folded(True)
    assert told.args == [("mask",)]
    again = SidePanel(hands.theme)
    qtbot.addWidget(again)
    again.fill(hands.state, hands.catalogue, folded=("mask", "gone"))
    assert again.form is not None
    assert again.form.folded == ("mask",)


def test_the_built_in_engine_says_what_it_does_not_read(hands: Hands) -> None:
    notice = hands.find(QLabel, "prompt_notice")
    assert not notice.isVisible()
    hands.panel.set_service(BUILTIN, ("prompt", "steps", "clip_skip"))
    assert notice.isVisible()
    assert "prompts need a connected service" in notice.text()
    assert "Not used by the built-in engine." in hands.row("steps").toolTip()
    assert "Not used" not in hands.row("mask_blur").toolTip()
    assert hands.find(QWidget, "steps").isEnabled()
    hands.panel.set_service(PRESETS[1])
    assert not notice.isVisible()
    assert "Not used" not in hands.row("steps").toolTip()


def test_all_can_be_reset_but_the_words_stay(hands: Hands) -> None:
    hands.state.edit(steps=44, prompt="a boat")
    action = hands.panel.findChildren(QWidget, "settings_more")[0]
    assert action.isEnabled()
    hands.state.reset_all()
    assert (hands.value.steps, hands.value.prompt) == (30, "a boat")


def test_what_is_said_of_what_is_typed_is_scrolled_into_sight(hands: Hands) -> None:
    area = hands.find(ScrollArea, "settings")
    row = hands.row("seed")
    foot = row.mapTo(area.widget(), row.rect().bottomLeft()).y()
    hands.panel.resize(hands.panel.width(), hands.panel.height() - area.viewport().height() + foot)
    hands.type_over("seed", "1234567890123456")
    message = hands.find(QLabel, "seed_message")
    hands.qtbot.waitUntil(lambda: not message.visibleRegion().isEmpty())
    hands.qtbot.waitUntil(lambda: message.visibleRegion().boundingRect() == message.rect())


@pytest.mark.parametrize("name", ["steps", "strength", "seed"])
def test_the_theme_reaches_every_row(hands: Hands, name: str) -> None:
    hands.state.edit(inpainting_full_res=1)
    hands.theme.apply("light")
    field = hands.find(QWidget, name).parentWidget()
    assert field.grab().toImage().pixelColor(4, 14) == QColor(LIGHT.field)


def test_every_problem_has_words_for_people(hands: Hands) -> None:
    from app.panels.parameters.wording import describe_problem

    bad = Parameters().edited(
        negative_prompt="x" * 2000,
        strength=0.0,
        mask_blur=99,
        image_num=0,
        steps=130,
        sampler_name="none",
        seed=-2,
        loras=tuple({"model_name": "m", "strength": 0.5} for _ in range(6)),
    )
    words = {problem.field: describe_problem(problem) for problem in bad.problems()}
    assert words["steps"] == "Steps go from 1 to 100."
    assert words["strength"] == "Strength goes from 0.01 to 1."
    assert words["prompt"] == "Say in the prompt what should appear."
    assert words["model_name"] == "Choose a checkpoint."
    assert words["negative_prompt"] == "Negative prompt is too long: 1024 characters at most."
    assert words["seed"] == "Seed is -1 at least."
    assert set(words) <= set(fields_of(Parameters))
    assert all(text.endswith(".") for text in words.values())


def test_jobs_that_need_a_decision_are_one_line_that_leads_there(hands: Hands) -> None:
    dock = hands.panel.dock
    assert not dock.decisions.isVisible()
    dock.set_decisions(1)
    assert dock.decisions.text() == "1 job needs a decision"
    asked: list[bool] = []
    dock.decision_requested.connect(lambda: asked.append(True))
    QTest.mouseClick(dock.decisions, Qt.MouseButton.LeftButton)
    assert asked == [True]
    dock.set_decisions(0)
    assert not dock.decisions.isVisible()


def test_a_running_job_leaves_room_for_the_decision(hands: Hands) -> None:
    dock = hands.panel.dock
    dock.set_decisions(2)
    dock.show_progress("Uploading", 0.5, 3)
    assert dock.decisions.isVisible()
    assert dock.decisions.width() >= dock.decisions.sizeHint().width()
    assert not dock.decisions.geometry().intersects(dock.cancel.geometry())
