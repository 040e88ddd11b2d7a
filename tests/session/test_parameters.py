"""The parameters are one record that announces each change."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pytestqt.qtbot import QtBot

from app.contract.fields import fields_of
from app.contract.parameters import RANDOM_SEED, Parameters
from app.contract.request import Embedding, Lora
from app.session.parameters import ParameterState


@pytest.fixture
def state() -> ParameterState:
    return ParameterState()


def test_an_edit_is_announced_once_and_only_when_it_changes_something(
    qtbot: QtBot, state: ParameterState
) -> None:
    with qtbot.waitSignal(state.changed) as told:
        state.edit(steps=40, prompt="a boat")
    assert told.args == [state.value]
    assert (state.value.steps, state.value.prompt) == (40, "a boat")
    with qtbot.assertNotEmitted(state.changed):
        state.edit(steps=40)


def test_drafts_may_be_out_of_range(state: ParameterState) -> None:
    state.edit(steps=130, model_name="m", prompt="p")
    assert [problem.field for problem in state.value.problems()] == ["steps"]


def test_a_field_that_is_none_is_refused(state: ParameterState) -> None:
    with pytest.raises(KeyError):
        state.edit(step=3)


def test_a_reset_brings_one_default_back(state: ParameterState) -> None:
    state.edit(steps=40, strength=0.5)
    state.reset("strength")
    assert (state.value.steps, state.value.strength) == (40, None)


def test_a_reset_of_all_keeps_words_and_checkpoint(state: ParameterState) -> None:
    state.edit(steps=40, prompt="a boat", negative_prompt="fog", model_name="m")
    state.reset_all()
    assert state.value == Parameters().edited(
        prompt="a boat", negative_prompt="fog", model_name="m"
    )


def test_a_run_is_remembered_as_it_went_off(qtbot: QtBot, state: ParameterState) -> None:
    state.edit(seed=7)
    with qtbot.waitSignal(state.run_marked):
        state.mark_run()
    state.edit(steps=40, seed=RANDOM_SEED)
    assert state.last_run == Parameters().edited(seed=7)
    assert state.last_seed == 7


def test_a_seed_told_later_is_the_last_one(state: ParameterState) -> None:
    state.note_seed(11)
    state.note_seed(None)
    assert state.last_seed == 11


def test_a_restart_brings_all_back(state: ParameterState) -> None:
    state.edit(
        prompt="a boat",
        strength=0.5,
        sampler_name="LMS",
        loras=(Lora(model_name="pine", strength=0.7),),
        embeddings=(Embedding(model_name="easynegative"),),
    )
    again = ParameterState()
    again.from_json(json.loads(json.dumps(state.to_json())))
    assert again.value == state.value


@pytest.mark.parametrize(
    "stored",
    [
        None,
        [],
        "steps",
        {"steps": 130},
        {"steps": "30"},
        {"loras": 5},
        {"nothing": 1},
        {"seed": -2},
    ],
)
def test_what_is_not_sound_falls_back(state: ParameterState, stored: object) -> None:
    state.from_json(stored)
    assert state.value == Parameters()


def test_one_bad_field_costs_no_other(state: ParameterState) -> None:
    state.from_json({"steps": 0, "guidance_scale": 9, "sampler_name": "none", "prompt": "x" * 2000})
    assert state.value == Parameters().edited(guidance_scale=9.0, prompt="x" * 2000)


def test_a_draft_in_a_list_costs_no_other_entry(state: ParameterState) -> None:
    good = {"model_name": "pine", "strength": 0.7}
    bad = {"model_name": "", "strength": 0.7}
    state.from_json({"loras": [bad, *[good] * 7]})
    assert state.value.loras == (Lora(model_name="pine", strength=0.7),) * 5


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner),
    max_leaves=5,
)


@given(st.dictionaries(st.sampled_from(sorted(fields_of(Parameters))), json_values))
def test_nothing_stored_can_break_the_start(stored: dict[str, object]) -> None:
    state = ParameterState()
    state.from_json(stored)
    complaints = {problem.field for problem in state.value.problems()}
    assert complaints <= {"prompt", "model_name"}
