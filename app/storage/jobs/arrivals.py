"""What came of a job, as its folder alone tells: so that a lost journal can be made anew."""

import logging
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from app.model.errors import StorageError
from app.model.geometry import Size
from app.model.record import RawRecord, ResultRecord
from app.storage.files.writing import write_replace
from app.storage.jobs.sidecar import measured, read_sealed, sealed

log = logging.getLogger(__name__)

_RAW = re.compile(r"raw-(\d{1,3})[-.].*")
_RESULT = re.compile(r"result-\d{1,3}\.json")
_UNREADABLE = re.compile(r"result-(\d{1,3})\.unreadable.*")


IsNew = Callable[[int, Path], bool]
"""Whether the picture of that index, in that file, is one that nobody knows of."""


def copy_result(folder: Path, result: ResultRecord) -> None:
    """Put what the journal holds of a finished picture beside its raw answer, too."""
    facts = {
        "index": result.index,
        "path": str(result.path),
        "raw_path": str(result.raw_path),
        "seed": result.seed,
        "pixels": None if result.size is None else [result.size.width, result.size.height],
        "sha256_of_file": result.sha256,
        "size_bytes": result.size_bytes,
    }
    try:
        write_replace(folder / f"result-{result.index}.json", sealed(facts))
    except StorageError as error:
        log.warning("the second copy of a result could not be written: %s", error.kind)


def results_in(folder: Path) -> Iterator[ResultRecord]:
    """The finished pictures that the folder tells of, where they were when they were saved."""
    for path in _files_in(folder):
        if not _RESULT.fullmatch(path.name):
            continue
        try:
            yield _result(read_sealed(path))
        except (StorageError, KeyError, TypeError) as error:
            log.warning("%s cannot be read: %s", path.name, error)


def raws_in(folder: Path, is_new: IsNew) -> Iterator[RawRecord]:
    """The raw answers in the folder that are new, measured as they are now.

    There are none where nobody can look.
    """
    for path in _files_in(folder):
        raw, unreadable = _RAW.fullmatch(path.name), _UNREADABLE.fullmatch(path.name)
        if (found := raw or unreadable) is None or not is_new(int(found[1]), path):
            continue
        try:
            sha256, size = measured(path)
        except StorageError:
            continue  # empty, so nothing came of it
        yield RawRecord(
            index=int(found[1]),
            path=path,
            sha256=sha256,
            size_bytes=size,
            is_unreadable=raw is None,
        )


def _files_in(folder: Path) -> list[Path]:
    try:
        return sorted(folder.iterdir())
    except OSError:
        return []


def _result(facts: dict[str, Any]) -> ResultRecord:
    return ResultRecord(
        index=facts["index"],
        path=Path(facts["path"]),
        raw_path=Path(facts["raw_path"]),
        seed=facts["seed"],
        size=Size(*pixels) if (pixels := facts.get("pixels")) else None,
        sha256=facts["sha256_of_file"],
        size_bytes=facts["size_bytes"],
    )
