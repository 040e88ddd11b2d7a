"""Checks run in order, stop at the first failure, and a summary says how far they came."""

import sys
from pathlib import Path

import pytest

from devkit import steps
from devkit.steps import Step


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """A folder with tests, and with modules to run as steps."""
    (tmp_path / "tests" / "flows").mkdir(parents=True)
    (tmp_path / "tests" / "flows" / "test_paint.py").touch()
    (tmp_path / "tests" / "model").mkdir()
    (tmp_path / "good.py").write_text("print('ran')")
    (tmp_path / "bad.py").write_text("raise SystemExit(7)")
    return tmp_path


def run(checkout: Path, *modules: Step) -> int:
    return steps.run(modules, Path(sys.executable), checkout)


def test_all_good_is_zero(checkout: Path) -> None:
    assert run(checkout, Step(title="first", module=["good"])) == 0


def test_the_first_failure_ends_it(checkout: Path, capfd: pytest.CaptureFixture[str]) -> None:
    code = run(
        checkout,
        Step(title="first", module=["bad"]),
        Step(title="second", module=["good"]),
    )
    said = capfd.readouterr().out

    assert code == 7
    assert "ran" not in said
    assert [line.split(",")[0].split() for line in said.splitlines()[-2:]] == [
        ["first", "FAILED"],
        ["second", "left", "out"],
    ]


def test_a_step_may_be_left_out_with_a_reason(
    checkout: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    code = run(
        checkout,
        Step(title="first", module=["bad"], skipped="no Xvfb"),
        Step(title="second", module=["good"]),
    )
    said = capfd.readouterr().out

    assert code == 0
    assert "left out: no Xvfb" in said
    assert "ran" in said


def test_an_exit_code_may_be_declared_fine(checkout: Path) -> None:
    assert run(checkout, Step(title="first", module=["bad"], fine=frozenset({7}))) == 0


def test_everything_runs_and_the_flows_again_on_x(checkout: Path) -> None:
    everything, flows = steps.runs([], checkout)

    assert everything.module[0] == "pytest"
    assert not everything.on_x
    assert flows.module[-1] == "tests/flows"
    assert flows.on_x


@pytest.mark.parametrize(
    ("argument", "titles"),
    [
        ("tests/model", ["tests"]),
        ("tests/flows/test_paint.py", ["tests", "flows on X"]),
        ("tests/flows/test_paint.py::test_a_stroke", ["tests", "flows on X"]),
        ("--maxfail=1", ["tests", "flows on X"]),
    ],
)
def test_arguments_choose_the_tests(checkout: Path, argument: str, titles: list[str]) -> None:
    chosen = steps.runs([argument], checkout)

    assert [step.title for step in chosen] == titles
    assert all(argument in step.module for step in chosen)


def test_a_choice_that_leaves_no_flow_is_no_failure(checkout: Path) -> None:
    assert steps.NOTHING_COLLECTED in steps.runs(["-k", "stamp"], checkout)[1].fine
    assert steps.NOTHING_COLLECTED not in steps.runs([], checkout)[1].fine
