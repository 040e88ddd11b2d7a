"""What storage tests share: a job to keep, and code run by somebody who is not root."""

import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path
from uuid import uuid4

import numpy as np
import pytest

from app.contract.parameters import Parameters
from app.model.geometry import Rect, Size
from app.model.job import Job, Region
from app.model.picture import Picture
from app.model.services import PRESETS

NewJob = Callable[..., Job]
RunChild = Callable[..., subprocess.CompletedProcess[str]]

_AS_NOBODY = """
import os
if os.geteuid() == 0:
    os.setgid(65534)
    os.setuid(65534)
"""


@pytest.fixture
def new_job() -> NewJob:
    """Makes jobs over a small picture; every call another one."""

    def make(prompt: str = "a red sail", name: str = "harbour.jpg") -> Job:
        size = Size(8, 6)
        return Job(
            id=uuid4().hex,
            created=datetime(2026, 3, 14, 15, 9, 26).astimezone(),
            service=PRESETS[1],
            parameters=Parameters(prompt=prompt, model_name="inpainting.safetensors"),
            picture=Picture(pixels=np.full((6, 8, 4), 255, np.uint8), name=name),
            mask=np.full((6, 8), 255, np.uint8),
            region=Region(rect=Rect.of(size), sent=size),
        )

    return make


@pytest.fixture
def run_child() -> RunChild:
    """Runs Python code in a process of its own; `as_nobody` after the imports that it names."""

    def run(
        code: str, *arguments: object, imports: str = "", as_nobody: bool = False
    ) -> subprocess.CompletedProcess[str]:
        parts = ["import sys", imports, _AS_NOBODY if as_nobody else "", code]
        return subprocess.run(
            [sys.executable, "-c", "\n".join(parts), *map(str, arguments)],
            capture_output=True,
            text=True,
            timeout=60,
            check=False,
        )

    return run


@pytest.fixture
def open_folder() -> Iterator[Path]:
    """A folder that everybody may write to, on a path that everybody may walk."""
    folder = Path(tempfile.mkdtemp())
    folder.chmod(0o777)
    yield folder
    shutil.rmtree(folder)
