"""Which kernels the program takes."""

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[3]
OLD = """
import sys, types
old = types.ModuleType("app.model.kernels._compiled")
old.dab = None  # from before there were others
sys.modules[old.__name__] = old
"""


def chosen(before: str = "", **environment: str) -> str:
    """The module that `kernels.dab` is of."""
    program = f"{before}\nfrom app.model import kernels\nprint(kernels.dab.__module__)"
    answer = subprocess.run(
        [sys.executable, "-c", program],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        check=True,
    )
    return answer.stdout.strip()


def test_the_compiled_ones_where_they_are_built(kernels):
    if kernels.__name__.endswith("_compiled"):
        assert chosen() == kernels.__name__


def test_numpy_when_asked_for():
    assert chosen(MASKWRIGHT_PURE="1") == "app.model.kernels.pure"


def test_numpy_where_they_are_not_built_or_were_before_the_latest_change():
    assert chosen("import sys; sys.modules['app.model.kernels._compiled'] = None").endswith("pure")
    assert chosen(OLD).endswith("pure")
