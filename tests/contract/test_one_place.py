"""Paths, query names and reasons are spelled in the contract and nowhere else in the program."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from app.contract import calls
from app.contract.reasons import Reason

APP = Path(calls.__file__).parent.parent
SPELLED = {
    *Reason,
    *(value for name, value in vars(calls).items() if name.isupper() and isinstance(value, str)),
} - {calls.TASK_ID}  # this one is a field of answers and records as well


def texts(file: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(file.read_text("utf-8"))):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield node.value


def test_only_the_contract_spells_them() -> None:
    files = [file for file in APP.rglob("*.py") if not file.is_relative_to(APP / "contract")]
    assert files
    assert [
        f"{file.name}: {text}" for file in files for text in texts(file) if text in SPELLED
    ] == []


@pytest.mark.parametrize("reason", Reason)
def test_a_reason_is_named_as_it_travels(reason: Reason) -> None:
    assert reason.name == reason.value == str(reason)


@pytest.mark.parametrize(
    ("reason", "status"),
    [
        (Reason.MISSING_API_KEY, 400),
        (Reason.BILLING_BALANCE_NOT_ENOUGH, 400),
        (Reason.INVALID_API_KEY, 403),
        (Reason.TASK_NOT_FOUND, 404),
        (Reason.INTERNAL, 0),
    ],
)
def test_a_reason_knows_its_documented_status(reason: Reason, status: int) -> None:
    assert reason.status == status
