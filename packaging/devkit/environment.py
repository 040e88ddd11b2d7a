"""The venv of a checkout: made once, repaired when it broke, left alone while nothing changed."""

import hashlib
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from devkit.progress import say, watched

# Read again by every set-up, so that a change of any of them is a reason for one.
SOURCES = (
    "pyproject.toml",
    "packaging/constraints.txt",
    "packaging/build_kernels.py",
    "packaging/devkit/system.py",
)
COMPILED = "app/model/kernels/c/*.[ch]"
COMPILERS = ("cc", "gcc", "clang", "cl")


def make_venv(folder: Path) -> None:
    """Make a venv with pip in it, of the Python that runs this."""
    say(f"Making a Python environment in {folder}")
    # A venv made from a venv would hang on the first one's interpreter.
    base = getattr(sys, "_base_executable", None) or sys.executable
    watched([base, "-m", "venv", str(folder)], lambda line: None)


@dataclass(frozen=True, slots=True)
class Environment:
    """The venv in `.venv` of the checkout `root`, and what is known about it."""

    root: Path

    @property
    def folder(self) -> Path:
        return self.root / ".venv"

    @property
    def python(self) -> Path:
        """The venv's interpreter, whether or not it is there."""
        if os.name == "nt":
            return self.folder / "Scripts" / "python.exe"
        return self.folder / "bin" / "python"

    @property
    def is_ready(self) -> bool:
        """Whether the last set-up went to its end and nothing it depends on changed since."""
        try:
            stamp = self._stamp.read_text("utf-8")
        except OSError:
            return False
        return stamp == self.fingerprint() and self.python.exists()

    def fingerprint(self) -> str:
        """A text that differs when another set-up would be needed."""
        digest = hashlib.sha256()
        python = f"{sys.version_info.major}.{sys.version_info.minor}"
        digest.update(f"{self.root}\0{python}\0".encode())
        for file in (*(self.root / name for name in SOURCES), *sorted(self.root.glob(COMPILED))):
            digest.update(file.read_bytes())
        # What could not be compiled is tried again once there is something to do it.
        digest.update(b"compiler" if any(map(shutil.which, COMPILERS)) else b"none")
        return digest.hexdigest()

    def prepare(
        self,
        install: Callable[["Environment"], None],
        make: Callable[[Path], None] = make_venv,
    ) -> None:
        """Make the venv or repair it, then `install` into it; raises SetupFailed.

        The stamp goes first and comes last: whatever is interrupted in between is done again.
        """
        self._stamp.unlink(missing_ok=True)
        if self._unfinished.exists() or not self.works():
            if self.folder.exists():
                shutil.rmtree(self.folder)
            make(self.folder)
        self._unfinished.touch()
        try:
            install(self)
        except KeyboardInterrupt:
            raise
        except Exception:
            self._unfinished.unlink()  # the installer ended by itself and left things whole
            raise
        self._unfinished.unlink()
        self._stamp.write_text(self.fingerprint(), "utf-8")

    def works(self) -> bool:
        """Whether the venv's interpreter starts, is of this version, and has pip."""
        question = "import pip, sys; print('%d.%d' % sys.version_info[:2])"
        try:
            answer = subprocess.run(
                [self.python, "-c", question], capture_output=True, text=True, check=True
            )
        except (OSError, subprocess.CalledProcessError):
            return False
        return answer.stdout.strip() == f"{sys.version_info.major}.{sys.version_info.minor}"

    @property
    def _stamp(self) -> Path:
        return self.folder / "maskwright-ready"

    @property
    def _unfinished(self) -> Path:
        return self.folder / "maskwright-unfinished"


def install_project(environment: Environment) -> None:
    """Put the checkout itself, what it needs and the tools of development into the venv.

    The build tools come first and under the same constraints; pip's own isolated build would
    fetch whichever version is newest.
    """
    say("Installing the Python packages (about 150 MB the first time)")
    _pip(environment, "hatchling", "editables", "setuptools")
    _pip(environment, "--no-build-isolation", "--editable", f"{environment.root}[dev]")


def _pip(environment: Environment, *wanted: str) -> None:
    """pip install, with the person's own configuration but never outside the venv."""
    constraints = environment.root / "packaging" / "constraints.txt"
    watched(
        [
            *(str(environment.python), "-m", "pip", "install"),
            *("--disable-pip-version-check", "--no-input", "--progress-bar", "off"),
            *("--constraint", str(constraints), *wanted),
        ],
        pip_news,
        {**os.environ, "PIP_USER": "0"},
    )


def pip_news(line: str) -> str | None:
    """What a line of pip's output tells a person, if anything."""
    if match := re.match(r"Downloading (?:\S*/)?([^-/\s]+)-([^-\s]+)\S* \((.+)\)", line):
        return None if ".metadata" in line else "getting {} {}, {}".format(*match.groups())
    if line.startswith("Installing collected packages: "):
        return f"unpacking {line.count(',') + 1} packages"
    return None
