"""Where the program keeps its things."""

from pathlib import Path
from typing import NamedTuple, Self

import platformdirs

from app.model.errors import StorageError

_APP = "maskwright"
_RESULTS = "Maskwright"


class Folders(NamedTuple):
    """The folders of one installation; none of them needs to exist yet.

    `results` is only the default: the artist may choose another one in Preferences.
    """

    config: Path
    data: Path
    cache: Path
    results: Path

    @classmethod
    def standard(cls) -> Self:
        """The platform's own places; on Linux those of XDG, with the user's pictures folder.

        Raises `StorageError` for a user without a home, who has none of them.
        """
        places = platformdirs.PlatformDirs(_APP, appauthor=False)
        try:
            return cls(
                config=places.user_config_path,
                data=places.user_data_path,
                cache=places.user_cache_path,
                results=places.user_pictures_path / _RESULTS,
            )
        except RuntimeError as error:
            raise StorageError("no_folder", Path("~"), "no home is known; set HOME") from error

    @classmethod
    def under(cls, root: Path) -> Self:
        """Everything below one folder, away from the user's own things."""
        return cls(
            config=root / "config",
            data=root / "data",
            cache=root / "cache",
            results=root / "pictures" / _RESULTS,
        )

    @property
    def jobs(self) -> Path:
        """One folder a job, named by its id."""
        return jobs_folder(self.data)

    @property
    def log(self) -> Path:
        """What happened, for whoever has to mend it."""
        return self.data / "log"

    @property
    def masks(self) -> Path:
        """The masks that are kept by name."""
        return self.data / "masks"

    @property
    def autosave(self) -> Path:
        """Masks as they are painted, so that none is lost; one folder each."""
        return self.data / "autosave"


def jobs_folder(data: Path) -> Path:
    """Where the data folder `data` keeps what belongs to jobs."""
    return data / "jobs"


def pictures_folder(data: Path) -> Path:
    """Where the data folder `data` keeps whole pictures that jobs were made from."""
    return data / "pictures"


def aside_folder(data: Path) -> Path:
    """Where the data folder `data` keeps what is no whole job: nothing is thrown away."""
    return data / "set-aside"
