"""Command line options made from the contract's fields: one each, named after it with dashes."""

import argparse
from collections.abc import Callable, Mapping
from typing import Any

from app.contract.fields import Field, fields_of
from app.contract.parameters import Parameters
from app.contract.request import MAX_ADDONS, Embedding, Lora

_LISTS: Mapping[str, tuple[str, str]] = {
    "loras": ("--lora", "NAME:STRENGTH"),
    "embeddings": ("--embedding", "NAME"),
}
"""The list fields are given one entry at a time, under the singular of their name."""


def add_fields(parser: argparse.ArgumentParser) -> None:
    """An option for every field of a request; what is not given keeps the contract's default."""
    group = parser.add_argument_group("the request")
    for field in fields_of(Parameters).values():
        if field.name in _LISTS:
            _add_list(group, field)
        else:
            _add_value(group, field)


def add_discretion(parser: argparse.ArgumentParser) -> None:
    """The option that keeps prompts out of the files of results: `describes` is False with it."""
    parser.add_argument(
        "--no-metadata",
        dest="describes",
        action="store_false",
        help="write neither prompt nor settings into the files of the results",
    )


def parameters_from(options: argparse.Namespace) -> Parameters:
    """The record that the options ask for; a draft, not yet checked against the ranges."""
    given: dict[str, Any] = {
        name: value
        for name in fields_of(Parameters)
        if (value := getattr(options, name)) is not None
    }
    for name in _LISTS:
        if name in given:
            given[name] = tuple(given[name])
    return Parameters().edited(**given)


def _add_value(group: argparse._ArgumentGroup, field: Field) -> None:
    readers: Mapping[str, Callable[[str], Any]] = {
        "whole": int, "switch": int, "real": float, "text": str, "choice": str
    }  # fmt: skip
    group.add_argument(
        "--" + field.name.replace("_", "-"),
        dest=field.name,
        type=readers[field.kind],
        metavar=field.kind.upper() if not field.choices else "VALUE",
        help=_help(field),
    )


def _add_list(group: argparse._ArgumentGroup, field: Field) -> None:
    option, metavar = _LISTS[field.name]
    readers: Mapping[str, Callable[[str], Any]] = {"loras": _lora, "embeddings": _embedding}
    group.add_argument(
        option,
        dest=field.name,
        action="append",
        type=readers[field.name],
        metavar=metavar,
        help=f"{field.help} Up to {MAX_ADDONS} times.",
    )


def _help(field: Field) -> str:
    facts = []
    if field.choices:
        facts.append("one of " + ", ".join(str(choice) for choice in field.choices))
    elif field.minimum is not None:
        above = "above " if field.above_minimum else ""
        upper = "" if field.maximum is None else f" to {field.maximum:g}"
        facts.append(f"{above}{field.minimum:g}{upper}")
    if field.default not in (None, "", ()):
        facts.append(f"default {field.default}")
    text = f"{field.help} ({'; '.join(facts)})" if facts else field.help
    return text.replace("%", "%%")


def _lora(text: str) -> Lora:
    name, _, strength = text.rpartition(":")
    if not name:
        raise argparse.ArgumentTypeError(f"{text!r} is not NAME:STRENGTH")
    try:
        weight = float(strength)
    except ValueError:
        raise argparse.ArgumentTypeError(f"{strength!r} is not a number") from None
    return Lora.made(model_name=name, strength=weight)


def _embedding(text: str) -> Embedding:
    return Embedding.made(model_name=text)
