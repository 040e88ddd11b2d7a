"""Every field of the contract can be seen, edited and reset in the panel."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QDoubleSpinBox,
    QLabel,
    QPlainTextEdit,
    QWidget,
)

from app.contract.fields import Field, fields_of
from app.contract.parameters import RANDOM_SEED, Parameters
from app.look.fields import Spin
from app.look.scroll import ScrollArea
from app.look.segments import Segments
from app.look.sliders import Slider
from app.panels.parameters.number_row import NumberRow
from tests.panels.parameters.conftest import Hands

FIELDS = fields_of(Parameters)
NUMBERS = [f for f in FIELDS.values() if f.kind in {"whole", "real"} and f.maximum is not None]
numbers = pytest.mark.parametrize("field", NUMBERS, ids=lambda field: field.name)


def enable(hands: Hands, field: Field) -> None:
    """Make a field that depends on another one usable."""
    hands.state.edit(inpainting_full_res=1)


@pytest.mark.parametrize("name", FIELDS)
def test_every_field_has_one_editor_of_its_name(hands: Hands, name: str) -> None:
    editor = hands.find(QWidget, name)
    assert editor.accessibleName()
    assert FIELDS[name].name in hands.row(name).toolTip()


@numbers
def test_a_number_typed_arrives(hands: Hands, field: Field) -> None:
    enable(hands, field)
    editor = hands.type_over(field.name, f"{field.maximum:g}")
    assert getattr(hands.value, field.name) == field.maximum
    assert type(getattr(hands.value, field.name)) is (int if field.kind == "whole" else float)
    hands.leave(editor)
    assert getattr(hands.value, field.name) == field.maximum


@numbers
def test_a_number_out_of_range_stays_until_it_is_left(hands: Hands, field: Field) -> None:
    enable(hands, field)
    assert field.maximum is not None
    editor = hands.type_over(field.name, f"{field.maximum + 1:g}")
    assert [
        problem.field for problem in hands.value.problems() if problem.kind != "string_too_short"
    ] == [field.name]
    row = hands.row(field.name)
    assert f"{field.maximum:g}" in row.message
    assert hands.find(QLabel, f"{field.name}_message").isVisible()
    hands.leave(editor)
    assert getattr(hands.value, field.name) == field.maximum
    assert row.message == ""


@numbers
def test_the_slider_and_the_number_are_one(hands: Hands, field: Field) -> None:
    enable(hands, field)
    slider, spin = hands.find(Slider, f"{field.name}_slider"), hands.find(Spin, field.name)
    hands.qtbot.keyClick(slider, Qt.Key.Key_End)
    assert spin.value() == field.maximum == getattr(hands.value, field.name)
    hands.qtbot.keyClick(slider, Qt.Key.Key_Home)
    lowest = None if field.nullable else field.lowest
    assert getattr(hands.value, field.name) == lowest
    assert spin.text() == (
        field.hint.off if field.nullable else f"{field.lowest:.{field.hint.decimals}f}"
    )


@numbers
def test_one_notch_is_one_step(hands: Hands, field: Field) -> None:
    enable(hands, field)
    spin = hands.find(Spin, field.name)
    hands.state.edit(**{field.name: field.maximum})
    hands.qtbot.keyClick(spin, Qt.Key.Key_Down)
    below = getattr(hands.value, field.name)
    assert field.maximum is not None
    assert below == pytest.approx(field.maximum - field.hint.step)
    assert spin.value() == pytest.approx(below)


def test_words_typed_arrive_and_are_counted(hands: Hands) -> None:
    for name in ("prompt", "negative_prompt"):
        hands.type_over(name, "a boat, no fog")
        assert getattr(hands.value, name) == "a boat, no fog"
        limit = FIELDS[name].max_length
        assert hands.find(QLabel, f"{name}_counter").text() == f"14 / {limit}"


def test_too_many_words_are_kept_and_marked(hands: Hands) -> None:
    long = "x" * 1025
    hands.find(QPlainTextEdit, "prompt").setPlainText(long)
    assert hands.value.prompt == long
    assert "prompt" in [problem.field for problem in hands.value.problems()]


def test_a_choice_of_many_is_a_list(hands: Hands) -> None:
    combo = hands.find(QComboBox, "sampler_name")
    assert [combo.itemData(at) for at in range(combo.count())] == list(
        FIELDS["sampler_name"].choices
    )
    hands.qtbot.keyClick(combo, Qt.Key.Key_End)
    assert hands.value.sampler_name == FIELDS["sampler_name"].choices[-1]


@pytest.mark.parametrize("name", ["response_image_type", "inpainting_full_res"])
def test_a_choice_of_few_is_a_row_of_segments(hands: Hands, name: str) -> None:
    segments = hands.find(Segments, name)
    for choice in reversed(FIELDS[name].choices):
        hands.click(f"{name}.{choice}")
        assert getattr(hands.value, name) == choice
        assert segments.current == choice


def test_invert_is_a_check_box(hands: Hands) -> None:
    hands.qtbot.mouseClick(
        hands.find(QCheckBox, "inpainting_mask_invert"), Qt.MouseButton.LeftButton
    )
    assert hands.value.inpainting_mask_invert == 1
    assert type(hands.value.inpainting_mask_invert) is int


def test_padding_waits_for_its_area_and_says_so(hands: Hands) -> None:
    spin = hands.find(Spin, "inpainting_full_res_padding")
    assert not spin.isEnabled()
    assert "Mask only" in hands.row("inpainting_full_res_padding").toolTip().splitlines()[0]
    hands.click("inpainting_full_res.1")
    assert spin.isEnabled()


def test_strength_says_how_many_steps_it_leaves(hands: Hands) -> None:
    hands.state.edit(strength=0.75, steps=30)
    texts = [label.text() for label in hands.row("strength").findChildren(QLabel)]
    assert "22 of 30 steps repaint the mask" in texts


def test_the_dice_draws_and_the_lock_holds(hands: Hands) -> None:
    hands.click("seed_dice")
    drawn = hands.value.seed
    assert 0 <= drawn < 2**31
    hands.click("seed_lock")
    assert hands.value.seed == RANDOM_SEED
    hands.state.edit(seed=drawn)
    hands.state.mark_run()
    hands.state.edit(seed=RANDOM_SEED)
    hands.click("seed_lock")
    assert hands.value.seed == drawn


def test_a_seed_learnt_from_a_result_can_be_held(hands: Hands) -> None:
    hands.state.note_seed(4294967295)
    hands.click("seed_lock")
    assert hands.value.seed == 4294967295
    assert hands.find(QDoubleSpinBox, "seed").value() == 4294967295


def test_a_seed_can_be_typed_and_cleared(hands: Hands) -> None:
    editor = hands.type_over("seed", "482913077")
    assert hands.value.seed == 482913077
    hands.leave(editor)
    assert hands.find(Spin, "seed").text() == "482 913 077"
    editor = hands.type_over("seed", "")
    hands.qtbot.keyClick(editor, Qt.Key.Key_Delete)
    hands.leave(editor)
    assert hands.value.seed == RANDOM_SEED


def test_digits_that_a_seed_has_no_room_for_are_told_of(hands: Hands) -> None:
    editor = hands.type_over("seed", "12345678901234567890")
    assert hands.find(Spin, "seed").text() == "123456789012345"
    assert "up to 15 digits" in hands.row("seed").message
    hands.leave(editor)
    assert hands.row("seed").message == ""


def test_the_dot_shows_what_is_off_its_default_and_resets_it(hands: Hands) -> None:
    dot = hands.find(QWidget, "steps_reset")
    assert not dot.isVisible()
    hands.type_over("steps", "44")
    assert dot.isVisible()
    assert "30" in dot.toolTip()
    hands.click("steps_reset")
    assert hands.value.steps == FIELDS["steps"].default
    assert not dot.isVisible()


def test_a_dot_moves_nothing(hands: Hands) -> None:
    slider = hands.find(Slider, "steps_slider")
    before = slider.mapTo(hands.panel, slider.rect().topLeft())
    hands.state.edit(steps=44)
    assert slider.mapTo(hands.panel, slider.rect().topLeft()) == before


def test_what_changed_since_the_last_run_is_bold(hands: Hands) -> None:
    spin = hands.find(Spin, "steps")
    hands.state.edit(steps=44)
    assert spin.font().weight() == 400
    hands.state.mark_run()
    hands.state.edit(steps=45)
    assert spin.font().weight() == 600
    hands.state.mark_run()
    assert spin.font().weight() == 400


@pytest.mark.parametrize("name", ["steps", "sampler_name", "seed", "steps_slider", "model_name"])
def test_a_wheel_over_a_field_scrolls_the_panel(hands: Hands, name: str) -> None:
    before = hands.value
    hands.panel.resize(hands.panel.width(), 480)
    area, widget = hands.find(ScrollArea, "settings"), hands.find(QWidget, name)
    area.ensureWidgetVisible(widget)
    scrolled = area.verticalScrollBar().value()
    assert scrolled > 0
    hands.wheel(widget)
    assert hands.value == before
    assert area.verticalScrollBar().value() < scrolled


def test_a_tab_goes_down_the_panel(hands: Hands) -> None:
    hands.find(QWidget, "prompt").setFocus(Qt.FocusReason.TabFocusReason)
    seen = []
    for _ in range(12):
        focus = hands.panel.focusWidget()
        seen.append(focus.objectName())
        hands.qtbot.keyClick(focus, Qt.Key.Key_Tab)
    fields = [name for name in seen if name in FIELDS]
    assert fields[:4] == ["prompt", "negative_prompt", "strength", "mask_blur"]


drafts = st.fixed_dictionaries(
    {},
    optional={
        field.name: st.text(st.sampled_from("0123456789.,- e"), max_size=6)
        for field in [*NUMBERS, FIELDS["seed"]]
    },
)


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(drafts)
def test_whatever_is_typed_ends_as_something_that_can_be_sent(
    hands: Hands, typed: dict[str, str]
) -> None:
    hands.state.edit(inpainting_full_res=1)
    for name, text in typed.items():
        editor = hands.type_over(name, text)
        hands.leave(editor)
    assert {problem.field for problem in hands.value.problems()} <= {"prompt", "model_name"}


def test_the_numbers_are_bound_to_the_contract(hands: Hands) -> None:
    for field in NUMBERS:
        row = hands.row(field.name)
        assert isinstance(row, NumberRow)
        assert row.spin.maximum() == field.maximum
        assert row.spin.singleStep() == field.hint.step
        assert row.spin.decimals() == field.hint.decimals
