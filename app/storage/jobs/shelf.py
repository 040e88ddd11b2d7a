"""Where finished pictures go: the service's answer to the job's folder, ours to the artist's."""

import re
from collections.abc import Callable
from pathlib import Path

from app.model.errors import InvalidInput
from app.model.job import Job, RawAnswer
from app.storage.files.faults import reported
from app.storage.files.staging import sync_folder
from app.storage.files.writing import DOCUMENT, PRIVATE, document_folder, private_folder, write_new
from app.storage.names import DEFAULT_TEMPLATE, Naming, check_template, result_stem
from app.storage.pictures.sniff import suffix_of

_RAW = re.compile(r"raw-(?P<index>\d{1,3})(?:-seed-(?P<seed>\d{1,20}))?[-.]")


class ResultShelf:
    """Keeps results, each under a name of its own.

    The folder and the template are asked for each time, as they may change. `dated` gives each
    day a folder of its own.
    """

    def __init__(
        self,
        jobs: Path,
        results: Callable[[], Path],
        template: Callable[[], str],
        *,
        dated: bool = True,
    ) -> None:
        self._jobs = jobs
        self._results = results
        self._template = template
        self._dated = dated

    def keep_raw(self, job: Job, index: int, seed: int | None, data: bytes) -> Path:
        """Keep the service's answer byte for byte in the job's folder.

        The seed stands in its name: the service tells it no more when the answer is used later.
        """
        folder = private_folder(self._jobs / job.id)
        stem = f"raw-{index}" if seed is None else f"raw-{index}-seed-{seed}"
        return _once(folder / f"{stem}{suffix_of(data)}", data)

    def keep_unreadable(self, job: Job, index: int, data: bytes) -> Path:
        """Keep an answer that is no picture that can be opened beside the others."""
        folder = private_folder(self._jobs / job.id)
        return _once(folder / f"result-{index}.unreadable.bin", data)

    def kept_indices(self, job_id: str) -> frozenset[int]:
        """The pictures of a job whose answers are kept."""
        return frozenset(int(name["index"]) for name in self._raws(job_id).values())

    def kept_raw(self, job_id: str, index: int) -> RawAnswer | None:
        """An answer that was kept earlier; the newest, where there are several."""
        names = self._raws(job_id)
        paths = [path for path, name in names.items() if int(name["index"]) == index]
        if not paths:
            return None
        with reported(paths[0]):
            newest = max(paths, key=lambda path: path.stat().st_mtime_ns)
            seed = names[newest]["seed"]
            return RawAnswer(newest, newest.read_bytes(), None if seed is None else int(seed))

    def _raws(self, job_id: str) -> dict[Path, re.Match[str]]:
        paths = (self._jobs / job_id).glob("raw-*")
        return {path: name for path in paths if (name := _RAW.match(path.name))}

    def keep(self, job: Job, index: int, seed: int | None, data: bytes, suffix: str) -> Path:
        """Keep a finished picture in the artist's folder, by the day the job was started."""
        day = f"{job.created.astimezone():%Y-%m-%d}" if self._dated else ""
        folder = document_folder(self._results() / day)
        naming = Naming(
            name=job.picture.name,
            created=job.created,
            seed=seed,
            index=index,
            prompt=job.parameters.prompt,
            model=job.parameters.model_name,
            job=job.id,
        )
        stem = result_stem(self._usable_template(), naming)
        return _once(folder / f"{stem}{suffix}", data, DOCUMENT)

    def _usable_template(self) -> str:
        """The artist's template; a broken one must not cost a picture that is paid for."""
        template = self._template()
        try:
            check_template(template)
        except InvalidInput:
            return DEFAULT_TEMPLATE
        return template


def _once(path: Path, data: bytes, mode: int = PRIVATE) -> Path:
    """Write a file, unless it is there: the program may have ended before it was recorded.

    It may even have ended before the name was on the disk.
    """
    with reported(path):
        if path.is_file() and path.stat().st_size == len(data) and path.read_bytes() == data:
            sync_folder(path.parent)
            return path
    return write_new(path, data, mode=mode)
