"""Command line options, one for each field of the contract."""

import argparse

import pytest

from app.contract.fields import fields_of
from app.contract.parameters import Parameters
from app.contract.request import Embedding, Lora
from app.headless.options import add_fields, parameters_from


def parsed(*arguments: str) -> Parameters:
    parser = argparse.ArgumentParser(exit_on_error=False)
    add_fields(parser)
    return parameters_from(parser.parse_args(arguments))


@pytest.mark.parametrize("name", sorted(set(fields_of(Parameters)) - {"loras", "embeddings"}))
def test_every_field_is_an_option_named_after_it(name: str) -> None:
    field = fields_of(Parameters)[name]
    value = {"text": "words", "whole": 3, "switch": 1, "real": 0.5}.get(field.kind)
    if field.choices and field.kind == "choice":
        value = field.choices[-1]
    assert getattr(parsed("--" + name.replace("_", "-"), str(value)), name) == value


def test_what_is_not_given_keeps_the_contracts_default() -> None:
    assert parsed() == Parameters()


def test_loras_and_embeddings_are_given_one_at_a_time() -> None:
    got = parsed("--lora", "a:b:0.5", "--lora", "c:1", "--embedding", "e", "--embedding", "f")
    assert got.loras == (Lora(model_name="a:b", strength=0.5), Lora(model_name="c", strength=1))
    assert got.embeddings == (Embedding(model_name="e"), Embedding(model_name="f"))


@pytest.mark.parametrize("text", ["name", ":1", "name:much"])
def test_a_lora_without_name_or_weight_is_refused(text: str) -> None:
    with pytest.raises(argparse.ArgumentError):
        parsed("--lora", text)


def test_a_value_out_of_range_is_kept_for_the_contract_to_judge() -> None:
    assert [problem.field for problem in parsed("--steps", "101", "--prompt", "x").problems()] == [
        "steps",
        "model_name",
    ]


def test_the_help_tells_range_and_default_of_a_field(capsys: pytest.CaptureFixture[str]) -> None:
    parser = argparse.ArgumentParser()
    add_fields(parser)
    text = " ".join(parser.format_help().split())
    assert "(1 to 100; default 30)" in text
    assert "(above 0 to 1)" in text
    assert "DPM++ SDE Karras" in text
