"""Compiles the kernels of `app/model/kernels` when a wheel or an editable install is built.

Where that does not work, for want of a compiler or of Python's headers, the install goes on without
them: the program then does the same in numpy, more slowly.
"""

import shutil
import sys
import tempfile
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface
from setuptools import Distribution, Extension
from setuptools.command.build_ext import build_ext
from setuptools.errors import BaseError, CCompilerError

FOLDER = Path("app", "model", "kernels")
LIMITED_API = ("Py_LIMITED_API", "0x030B0000")
TAG = "cp311-abi3"
"""One build serves Python 3.11 and all that come after it."""


class Kernels(BuildHookInterface):  # type: ignore[type-arg]  # the configuration is of no interest
    """Puts the compiled kernels beside their sources, or into the wheel."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        folder = Path(self.root) / FOLDER
        if version == "editable":
            remove_built(folder)
        self._temporary = tempfile.TemporaryDirectory()
        try:
            built = compiled(folder / "c", Path(self._temporary.name))
        except (BaseError, CCompilerError) as error:
            self.app.display_warning(f"The kernels were not compiled: {error}")
            return
        if version == "editable":
            shutil.copyfile(built, folder / built.name)
            return
        platform = self.build_config.builder.get_best_matching_tag().rpartition("-")[2]
        build_data["pure_python"] = False
        build_data["tag"] = f"{TAG}-{platform}"
        build_data["force_include"][str(built)] = (FOLDER / built.name).as_posix()

    def finalize(self, version: str, build_data: dict[str, Any], artifact_path: str) -> None:
        self._temporary.cleanup()


def compiled(sources: Path, folder: Path) -> Path:
    """The library made of all C files in `sources`, somewhere in `folder`."""
    kernels = Extension(
        "_compiled",
        sorted(map(str, sources.glob("*.c"))),
        define_macros=[LIMITED_API],
        py_limited_api=True,
        extra_compile_args=[] if sys.platform == "win32" else ["-std=c11", "-O3"],
    )
    command = build_ext(Distribution({"name": "kernels", "ext_modules": [kernels]}))
    command.build_lib = command.build_temp = str(folder)
    command.ensure_finalized()
    command.run()
    return Path(command.get_ext_fullpath("_compiled"))


def remove_built(folder: Path) -> None:
    """Remove what was compiled before; a program that runs keeps what it has loaded."""
    for file in folder.glob("_compiled.*"):
        if file.suffix in {".so", ".pyd"}:
            file.unlink()
