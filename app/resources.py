"""Where icons, sample pictures and the like are, in a checkout and in an install alike."""

from functools import cache
from pathlib import Path


def path(*parts: str) -> Path:
    """The file or folder `parts` among the resources: `path("icons", "brush.svg")`."""
    return _root().joinpath(*parts)


def root_for(package: Path) -> Path:
    """The resources that belong to the package in the folder `package`.

    A wheel carries them inside the package; in a checkout they lie beside it.
    """
    installed = package / "_resources"
    return installed if installed.is_dir() else package.parent / "resources"


@cache
def _root() -> Path:
    return root_for(Path(__file__).resolve().parent)
