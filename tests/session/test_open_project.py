"""What is open as a project: its file, what is unsaved, and the way back."""

import gc
import json
from dataclasses import replace
from pathlib import Path
from weakref import ref

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.contract.parameters import Parameters
from app.model.brush import Brush, Sample
from app.model.project import FileMark, Kept, OpenedProject
from app.session.document import Document
from app.session.open_project import OpenProject
from app.session.parameters import ParameterState
from tests.support.projects import make_project

KEPT = Kept(Path("/pictures/boat.ora"), FileMark((1, 2, 3), "digest"))


def opened_project(*, seed: int = 5, kept: Kept | None = KEPT, notices=()) -> OpenedProject:
    project = make_project(300, 200, seed=seed)
    return OpenedProject(project=project, path=KEPT.path, kept=kept, notices=notices)


@pytest.fixture
def parameters(qapp):
    return ParameterState()


@pytest.fixture
def opened(document, parameters):
    return OpenProject(document, parameters)


def paint(document: Document, x: float = 100, *, erase: bool = True) -> None:
    with document.stroke(Brush(size=20), erase=erase) as stroke:
        stroke.extend(Sample(x, 100))


def save(opened: OpenProject) -> None:
    opened.note_saved(opened.origin, KEPT, opened.moment())


def test_with_nothing_open_there_is_nothing_to_save(opened):
    assert (opened.name, opened.kept, opened.near, opened.is_unsaved) == ("", None, None, False)


def test_a_picture_needs_no_saving_until_something_is_done(opened, document):
    opened.open(make_project(300, 200).picture)
    assert (opened.name, opened.suggested_name) == ("harbour.jpg", "harbour.ora")
    assert not opened.is_unsaved
    document.fill()
    assert opened.is_unsaved
    document.undo()
    assert not opened.is_unsaved


def test_a_project_brings_picture_mask_and_parameters_as_one(opened, document, parameters):
    found = opened_project()
    opened.open(found)
    assert document.picture is found.project.picture
    assert np.array_equal(document.mask_snapshot().plane(), found.project.mask)
    assert parameters.to_json() == found.project.parameters
    assert document.undo_stack.count() == 0
    assert (opened.name, opened.kept, opened.is_unsaved) == ("boat.ora", KEPT, False)


def test_what_is_saved_is_known_step_by_step(opened, document, parameters):
    opened.open(opened_project())
    paint(document, 50)
    save(opened)
    assert not opened.is_unsaved
    paint(document, 150)
    assert opened.is_unsaved
    document.undo()
    assert not opened.is_unsaved
    document.undo()
    assert opened.is_unsaved
    paint(document, 250)  # as many steps as were saved, and not the same
    assert opened.is_unsaved
    save(opened)
    parameters.edit(prompt="a blue sail")
    assert opened.is_unsaved
    parameters.edit(prompt="a red sail")
    assert not opened.is_unsaved
    document.use_as_picture(make_project(300, 200, seed=8).picture)
    assert opened.is_unsaved
    assert opened.kept == KEPT


def test_a_stroke_under_way_and_what_is_tried_out_are_unsaved(opened, document):
    opened.open(opened_project())
    with document.stroke(Brush(size=20)) as stroke:
        stroke.extend(Sample(40, 40))
        assert opened.moment() is None
        assert opened.is_unsaved
    save(opened)
    trial = document.trial("Fill Mask")
    assert (opened.moment(), opened.is_unsaved) == (None, True)
    trial.drop()
    assert not opened.is_unsaved


def test_steps_that_were_forgotten_do_not_look_saved(opened, document):
    opened.open(opened_project())
    document.undo_stack._most_steps = 2
    for x in range(20, 220, 40):
        paint(document, x)
    while document.can_undo:
        document.undo()
    assert document.undo_stack.count() == 2
    assert opened.is_unsaved


def test_a_picture_that_no_step_leads_back_to_is_let_go(opened, document):
    """Else each picture of a day stays in memory, whatever the history may weigh."""
    document.undo_stack._most_steps = 2
    pictures = []
    for seed in range(6):
        picture = make_project(300, 200, seed=seed).picture
        pictures.append(ref(picture))
        opened.open(picture)
        paint(document, erase=False)
        del picture
    gc.collect()
    assert [picture() is not None for picture in pictures[:4]] == [False] * 4
    assert pictures[-1]() is document.picture


def test_what_the_history_forgot_does_not_wait_to_be_packed(opened, document):
    document.undo_stack._most_steps = 2
    opened.open(make_project(300, 200).picture)
    for number in range(6):
        paint(document, x=20 + 40 * number, erase=False)
    gc.collect()
    assert len(document._packer._loose) <= 2


def test_undoing_that_a_project_was_opened_brings_all_back(opened, document, parameters):
    opened.open(opened_project())
    paint(document)
    parameters.edit(prompt="what I was doing")
    mask, other = document.mask_snapshot().plane(), opened_project(seed=9, kept=None)
    opened.open(replace(other, path=Path("/pictures/other.ora")))
    assert document.undo_stack.undoText() == "Open Picture"
    assert (opened.name, opened.is_unsaved) == ("other.ora", False)
    assert parameters.value.prompt == "a red sail"
    document.undo()
    assert np.array_equal(document.mask_snapshot().plane(), mask)
    assert parameters.value.prompt == "what I was doing"
    assert (opened.name, opened.kept, opened.is_unsaved) == ("boat.ora", KEPT, True)
    document.redo()
    assert parameters.value.prompt == "a red sail"
    assert (opened.name, opened.is_unsaved) == ("other.ora", False)


def test_a_picture_over_a_project_leaves_parameters_alone(opened, document, parameters):
    opened.open(opened_project())
    parameters.edit(prompt="mine")
    opened.open(make_project(30, 20, name="lake.png").picture)
    assert parameters.value.prompt == "mine"
    assert (opened.name, opened.kept, opened.is_unsaved) == ("lake.png", None, False)


def test_a_project_without_parameters_leaves_those_that_are_there(opened, parameters):
    parameters.edit(prompt="mine")
    found = opened_project(kept=None)
    opened.open(replace(found, project=replace(found.project, parameters=None)))
    assert parameters.value.prompt == "mine"
    assert (opened.kept, opened.near) == (None, KEPT.path)


def test_what_was_left_of_a_damaged_file_is_to_be_saved(opened):
    found = opened_project(kept=None, notices=("previous",))
    opened.open(replace(found, path=Path("/pictures/boat.ora~")))
    assert opened.is_unsaved
    assert (opened.name, opened.suggested_name) == ("boat.ora~", "boat.ora")


def test_what_came_from_elsewhere_can_be_marked(opened, document):
    opened.mark_unsaved()
    assert not opened.is_unsaved
    document.open(make_project(30, 20).picture)
    opened.mark_unsaved()
    assert opened.is_unsaved
    save(opened)
    assert not opened.is_unsaved


texts = st.text(max_size=60)
drafts = st.fixed_dictionaries(
    {
        "prompt": texts,
        "negative_prompt": texts,
        "steps": st.integers(1, 100),
        "image_num": st.integers(1, 8),
        "seed": st.integers(-1, 2**32 - 1),
        "guidance_scale": st.floats(1, 30),
        "model_name": texts.filter(bool),
        "mask_blur": st.integers(0, 64),
    }
)


@given(chosen=drafts)
def test_every_choice_survives_the_file(qapp, chosen):
    parameters = ParameterState()
    opened = OpenProject(Document(), parameters)
    opened.open(make_project(3, 2).picture)
    parameters.replace(Parameters().edited(**chosen))
    before = parameters.value
    stored = json.loads(json.dumps(opened.snapshot()().parameters))
    parameters.replace(Parameters())
    found = make_project(3, 2)
    again = replace(found, parameters=stored)
    opened.open(OpenedProject(project=again, path=KEPT.path, kept=KEPT))
    assert parameters.value == before
