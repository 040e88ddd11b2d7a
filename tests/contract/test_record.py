"""Records: frozen, compared by value, and heavy only where something has to be checked."""

import copy
import json
import subprocess
import sys
from typing import Any

import pytest
from pydantic import ValidationError

from app.contract.parameters import Parameters
from app.contract.request import Lora


def test_a_record_that_lacks_something_is_refused() -> None:
    with pytest.raises(ValidationError, match="model_name"):
        Lora()
    with pytest.raises(ValidationError, match="strength"):
        Lora(model_name="pine")


def test_numbers_become_what_the_field_holds() -> None:
    assert type(Lora(model_name="pine", strength=1).strength) is float


@pytest.mark.parametrize(
    ("left", "right", "equal"),
    [
        (Parameters(), Parameters(steps=30), True),
        (Parameters(), Parameters(steps=31), False),
        (Parameters(), Parameters().edited(steps=0), False),
        (Lora(model_name="a", strength=1), ("a", 1.0), False),
    ],
)
def test_records_are_compared_by_their_values(left: Any, right: Any, equal: bool) -> None:
    assert (left == right) is equal


def test_a_copy_is_the_same() -> None:
    parameters = Parameters(prompt="a cat", loras=(Lora(model_name="l", strength=0.5),))
    assert copy.deepcopy(parameters) == parameters
    assert "prompt='a cat'" in repr(parameters)


def test_what_was_written_is_read_again() -> None:
    pine = Lora(model_name="pine", strength=1)
    parameters = Parameters(prompt="a cat", model_name="m", strength=0.5, loras=(pine,))
    assert Parameters.read_json(json.dumps(parameters.to_json())) == parameters
    with pytest.raises(ValidationError):
        Parameters.read_json('{"steps": 0}')


def test_the_fields_and_their_defaults_are_told_without_pydantic() -> None:
    program = """
import sys
from app.contract.fields import fields_of
from app.contract.parameters import Parameters
from app.contract.sound import is_sound
draft = Parameters().edited(steps=20)
assert all(is_sound(field, draft.to_json()[name]) for name, field in fields_of(Parameters).items()
           if name not in {"prompt", "model_name"})
print("pydantic" in sys.modules)
"""
    told = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True)
    assert (told.stdout, told.stderr) == ("False\n", "")
