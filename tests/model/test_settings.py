import pytest

from app.model.aids import Aids
from app.model.brush import Brush
from app.model.selecting import Selecting
from app.model.settings import edited, range_of, remembered, state_of

RECORDS = (Brush(), Aids(), Selecting())


@pytest.mark.parametrize("record", RECORDS)
def test_what_is_remembered_comes_back(record):
    assert remembered(record, state_of(record)) == record


@pytest.mark.parametrize(
    ("record", "values"),
    [(Brush(), {"size": "huge"}), (Brush(), {"hardness": 2}), (Brush(), {"size_pressure": 7}),
     (Aids(), {"symmetry": "round"}), (Aids(), {"symmetry": []}), (Selecting(), "wand")],
)  # fmt: skip
def test_a_memory_that_makes_no_sense_changes_nothing(record, values):
    assert remembered(record, values) is record


def test_a_memory_may_know_more_and_less():
    assert remembered(Brush(), {"size": 5, "texture": "chalk"}) == Brush(size=5)


def test_numbers_go_to_the_nearest_that_is_allowed():
    low, high = range_of(Selecting, "feather")
    assert edited(Selecting(), {"feather": -1}).feather == low
    assert edited(Selecting(), {"feather": 1e9}).feather == high


def test_what_is_no_number_or_no_choice_is_refused():
    for changes in ({"size": float("nan")}, {"size_pressure": "yes"}):
        with pytest.raises(ValueError):
            edited(Brush(), changes)
    with pytest.raises(ValueError):
        Aids(symmetry="round")
