"""A wheel has the kernels where they can be compiled, and is built where they cannot."""

import os
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PROGRAM = "import sys; from hatchling.build import build_wheel; print(build_wheel(sys.argv[1]))"
COPIED = ("pyproject.toml", "README.md", "LICENSE", "packaging/build_kernels.py", "app/__init__.py")

pytest.importorskip("hatchling")


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """As little of the project as makes a wheel."""
    for name in COPIED:
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(ROOT / name, tmp_path / name)
    kernels = Path("app", "model", "kernels")
    shutil.copytree(ROOT / kernels / "c", tmp_path / kernels / "c")
    (tmp_path / "resources").mkdir()
    return tmp_path


def wheel(project: Path, **environment: str) -> Path:
    answer = subprocess.run(
        [sys.executable, "-c", PROGRAM, "built"],
        cwd=project,
        env={**os.environ, **environment},
        capture_output=True,
        text=True,
        check=True,
    )
    return project / "built" / answer.stdout.splitlines()[-1]


def libraries(built: Path) -> list[str]:
    with zipfile.ZipFile(built) as archive:
        return [name for name in archive.namelist() if "_compiled" in name]


@pytest.mark.skipif(os.name == "nt", reason="there the compiler is not chosen by a variable")
def test_without_a_compiler_there_is_a_wheel_without_kernels(project: Path) -> None:
    built = wheel(project, CC="false")
    assert built.name.endswith("-py3-none-any.whl")
    assert libraries(built) == []


@pytest.mark.skipif(shutil.which("cc") is None, reason="there is no C compiler here")
def test_with_a_compiler_one_wheel_serves_every_later_python(project: Path) -> None:
    built = wheel(project)
    if built.name.endswith("-py3-none-any.whl"):
        pytest.skip("there are no headers of Python here")
    assert "-cp311-abi3-" in built.name
    assert len(libraries(built)) == 1
