"""What is told of files that are opened otherwise than they are."""

from dataclasses import replace
from pathlib import Path

import pytest

from app.model.project import OpenedProject
from app.shell.opened import TEXTS, change_of, is_grave
from tests.support.projects import make_project


def opened(*notices: str, path: str = "/pictures/boat.ora") -> OpenedProject:
    project = make_project(3, 2)
    return OpenedProject(project=project, path=Path(path), kept=None, notices=notices)


def test_what_is_as_it_was_is_not_told(picture):
    assert change_of(opened()) is None
    assert change_of(picture) is None
    assert change_of(replace(picture, notices=("something that only tests know",))) is None


@pytest.mark.parametrize("notice", TEXTS)
def test_every_change_has_its_words(qapp, notice):
    told = change_of(opened(notice))
    assert told is not None
    assert told.text.endswith(".")
    assert "{" not in told.title + told.text


def test_the_damaged_file_and_the_one_that_is_open_are_both_named(qapp):
    found = opened("previous", "newer", path="/pictures/boat.ora~")
    told = change_of(found)
    assert told is not None
    assert "“boat.ora” is damaged" in told.title
    assert "“boat.ora~”" in told.title
    assert "Saving asks for another name." in told.text
    assert is_grave(found)


def test_flattened_layers_are_no_alarm(qapp, picture):
    found = opened("flattened", "mask_layer")
    told = change_of(found)
    assert told is not None
    assert told.title == "Opened with changes; the file itself is untouched"
    assert told.text == "Its layers are one picture here. The layer “Mask” is the mask."
    assert not is_grave(found)
    assert not is_grave(replace(picture, notices=("first_frame",)))
