"""What a field takes of a JSON value is told the same with and without pydantic."""

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from app.contract.fields import fields_of
from app.contract.parameters import Parameters
from app.contract.request import Embedding, Lora
from app.contract.sound import is_sound, sound

FIELDS = fields_of(Parameters)
EDGES = [0, 1, -1, 2, 8, 9, 12, 13, 64, 65, 100, 101, 256, 257, 2**70, 10**400]
REALS = [0.0, 0.01, 1.0, 1.5, 1.51, 30.5]
TEXTS = ["", "x", "png", "Euler a", "a" * 1024, "a" * 1025]
plain = st.one_of(
    st.sampled_from([None, False, True, *EDGES, *REALS, *TEXTS]),
    st.integers(),
    st.floats(allow_nan=False, allow_infinity=False),
    st.text(max_size=9),
)
entries = st.fixed_dictionaries(
    {}, optional={"model_name": plain, "strength": plain, "more": plain}
)
values = st.one_of(plain, st.lists(entries, max_size=6), st.lists(plain, max_size=2), entries)


def by_pydantic(name: str, value: object) -> tuple[bool, Any]:
    try:
        return True, getattr(Parameters.read_json(json.dumps({name: value})), name)
    except ValidationError:
        return False, None


@pytest.mark.parametrize("name", FIELDS)
@given(value=values)
def test_a_field_takes_what_the_wire_takes(name: str, value: object) -> None:
    takes, read = by_pydantic(name, value)
    assert is_sound(FIELDS[name], value) == takes
    if takes:
        told = sound(FIELDS[name], value)
        assert (told, type(told)) == (read, type(read))


@pytest.mark.parametrize(
    ("name", "stored", "read"),
    [
        ("loras", [{"model_name": "l", "strength": 1}], (Lora(model_name="l", strength=1),)),
        ("embeddings", [{"model_name": "e", "odd": 1}], (Embedding(model_name="e"),)),
    ],
)
def test_entries_of_lists_become_records(name: str, stored: object, read: object) -> None:
    assert is_sound(FIELDS[name], stored)
    assert sound(FIELDS[name], stored) == read
