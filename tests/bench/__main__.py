"""Run the benches by name, or all of them: `python -m tests.bench canvas startup`.

A bench is a module in this folder whose `main()` prints its figures. Each has a process to
itself, so that none runs in what another left behind.
"""

import subprocess
import sys
from collections.abc import Sequence
from importlib import import_module
from pathlib import Path

FOLDER = Path(__file__).parent


def benches() -> list[str]:
    """The names of all benches."""
    return sorted(file.stem for file in FOLDER.glob("*.py") if not file.stem.startswith("_"))


def main(names: Sequence[str]) -> int:
    """Run the benches called `names`; answers the exit code."""
    known = benches()
    if unknown := [name for name in names if name not in known]:
        print(f"No bench is called {', '.join(unknown)}. There are: {', '.join(known)}")
        return 2
    if len(names) == 1:
        import_module(f"tests.bench.{names[0]}").main()
        return 0
    failed = 0
    for name in names or known:
        print(f"\n== {name}", flush=True)
        failed |= subprocess.call([sys.executable, "-m", "tests.bench", name])
    return failed


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
