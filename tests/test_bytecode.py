"""Bytecode that is kept: nothing is compiled twice, and nothing stale or damaged is run."""

import builtins
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from app.bytecode import compiled_once

OLD, NEW = b"value = 1", b"value = 2"


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where Python keeps bytecode for now."""
    monkeypatch.setattr(sys, "pycache_prefix", str(tmp_path))
    monkeypatch.setattr(sys, "dont_write_bytecode", False)
    return tmp_path


@pytest.fixture
def compiled(monkeypatch: pytest.MonkeyPatch) -> list[Any]:
    """The sources that Python itself has compiled."""
    plain, sources = builtins.compile, []

    def note(source: Any, *more: Any, **facts: Any) -> Any:
        sources.append(source)
        return plain(source, *more, **facts)

    monkeypatch.setattr(builtins, "compile", note)
    return sources


def run(source: bytes, name: str = "test") -> object:
    with compiled_once(name):
        code = compile(source, "module.py", "exec")
    values: dict[str, object] = {}
    exec(code, values)
    return values["value"]


def kept(folder: Path) -> list[Path]:
    return [path for path in folder.rglob("*") if path.is_file()]


def test_the_same_source_is_compiled_once(compiled: list[Any]) -> None:
    assert [run(OLD), run(OLD), run(OLD)] == [1, 1, 1]
    assert compiled == [OLD]


def test_other_source_under_the_same_name_takes_its_place(
    compiled: list[Any], folder: Path
) -> None:
    assert [run(OLD), run(NEW), run(NEW)] == [1, 2, 2]
    assert compiled == [OLD, NEW]
    assert len(kept(folder)) == 1


@pytest.mark.parametrize("damage", [b"", b"\0", b"\0\0\0\0", b"nonsense" * 9])
@pytest.mark.parametrize("start", [0, 4, 9])
def test_what_is_damaged_is_compiled_anew(
    compiled: list[Any], folder: Path, damage: bytes, start: int
) -> None:
    run(OLD)
    (path,) = kept(folder)
    path.write_bytes(path.read_bytes()[:start] + damage)
    assert [run(OLD), run(OLD)] == [1, 1]
    assert compiled == [OLD, OLD]


def test_where_nothing_can_be_kept_all_works_the_same(
    compiled: list[Any], folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (folder / "file").touch()
    monkeypatch.setattr(sys, "pycache_prefix", str(folder / "file"))
    assert [run(OLD), run(OLD)] == [1, 1]
    assert compiled == [OLD, OLD]


@pytest.mark.parametrize("place", ["write_bytes", "replace"])
def test_what_cannot_be_kept_whole_is_not_kept(
    folder: Path, monkeypatch: pytest.MonkeyPatch, place: str
) -> None:
    def fail(path: Path, given: Any) -> None:
        if place == "write_bytes":
            path.touch()
        raise OSError(28, "no space left on device")

    monkeypatch.setattr(Path, place, fail)
    assert run(OLD) == 1
    assert kept(folder) == []


def test_who_wants_no_bytecode_gets_none(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "dont_write_bytecode", True)
    assert run(OLD) == 1
    assert kept(folder) == []


def test_what_is_no_module_is_compiled_as_ever(compiled: list[Any], folder: Path) -> None:
    for _ in range(2):
        with compiled_once("test"):
            assert eval(compile("1 + 1", "x", "eval")) == 2
    assert len(compiled) == 2
    assert kept(folder) == []


def test_a_failure_leaves_python_as_it_was(compiled: list[Any]) -> None:
    ours = builtins.compile
    with pytest.raises(SyntaxError), compiled_once("test"):
        compile(b"value =", "module.py", "exec")
    assert builtins.compile is ours


def test_a_second_start_compiles_nothing_of_qt(folder: Path) -> None:
    program = """
import builtins
plain, compiled = builtins.compile, []
def note(source, file, *more, **facts):
    if "shibokensupport" in str(file):
        compiled.append(file)
    return plain(source, file, *more, **facts)
builtins.compile = note
from app.bootstrap import _import_qt
_import_qt()
print(len(compiled))
"""
    environment = {**os.environ, "PYTHONPYCACHEPREFIX": str(folder)}
    environment.pop("PYTHONDONTWRITEBYTECODE", None)
    first, second = (
        subprocess.run(
            [sys.executable, "-c", program],
            env=environment,
            cwd=Path(__file__).parent.parent,
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for _ in range(2)
    )
    assert int(first) > 5
    assert int(second) == 0
