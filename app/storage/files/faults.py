"""What the system says about a file, in the program's own words."""

from collections.abc import Iterator
from contextlib import contextmanager
from errno import (
    EACCES,
    EDQUOT,
    EFBIG,
    ELOOP,
    ENAMETOOLONG,
    ENOENT,
    ENOSPC,
    ENOTDIR,
    EPERM,
    EROFS,
)
from pathlib import Path

from app.model.errors import StorageError

_KINDS = {
    ENOSPC: "full",
    EDQUOT: "full",
    EFBIG: "full",
    EROFS: "read_only",
    EACCES: "no_access",
    EPERM: "no_access",
    ENOENT: "missing",
    ENOTDIR: "missing",
    ENAMETOOLONG: "missing",
    ELOOP: "missing",
}


def kind_of(error: OSError) -> str:
    """The kind of `StorageError` that `error` stands for."""
    return _KINDS.get(error.errno or 0, "other")


@contextmanager
def reported(path: Path) -> Iterator[None]:
    """Let what goes wrong with the file at `path` leave as a `StorageError`."""
    try:
        yield
    except OSError as error:
        raise StorageError(kind_of(error), path, error.strerror or str(error)) from error
