"""Where finished pictures go: the service's answer to the job's folder, ours to the artist's."""

from collections.abc import Callable
from pathlib import Path

from app.model.errors import InvalidInput
from app.model.job import Job
from app.storage.files import DOCUMENT, document_folder, private_folder, write_new
from app.storage.names import DEFAULT_TEMPLATE, Naming, check_template, result_stem
from app.storage.sniff import suffix_of


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

    def keep_raw(self, job: Job, index: int, data: bytes) -> Path:
        """Keep the service's answer byte for byte in the job's folder."""
        folder = private_folder(self._jobs / job.id)
        return write_new(folder / f"raw-{index}{suffix_of(data)}", data)

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
        return write_new(folder / f"{stem}{suffix}", data, mode=DOCUMENT)

    def _usable_template(self) -> str:
        """The artist's template; a broken one must not cost a picture that is paid for."""
        template = self._template()
        try:
            check_template(template)
        except InvalidInput:
            return DEFAULT_TEMPLATE
        return template
