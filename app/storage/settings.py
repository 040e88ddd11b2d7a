"""The program's settings: one JSON file that is never half-written and never thrown away.

The one before it is kept beside it, and takes its place should it ever be damaged.
"""

import json
import logging
import math
import os
import time
from collections.abc import Mapping
from pathlib import Path
from threading import Lock
from typing import Any

from app.model.errors import StorageError
from app.storage.files.faults import reported
from app.storage.files.writing import earlier_of, move_aside, private_folder, write_replace

log = logging.getLogger(__name__)

VERSION = 1
_VERSION_KEY = "version"


class SettingsFile:
    """Reads and writes the settings; what it does not know it keeps for whoever does.

    `damaged` is where an unreadable file was put by `load`, else None.
    """

    def __init__(self, folder: Path) -> None:
        # It may be a link to where somebody keeps all settings.
        self._path = Path(os.path.realpath(folder / "settings.json"))
        self._lock = Lock()
        self._kept: dict[str, Any] = {}
        self.damaged: Path | None = None

    def load(self) -> dict[str, Any]:
        """The stored values; empty when there are none yet or none that can be read."""
        with self._lock:
            self._kept = self._read()
            return {key: value for key, value in self._kept.items() if key != _VERSION_KEY}

    def save(self, values: Mapping[str, Any]) -> None:
        """Store `values`; keys of the file that they do not have stay as they are."""
        with self._lock:
            kept = {**self._kept, **values}
            # A newer program's version stays: its settings are still in there.
            kept[_VERSION_KEY] = max(VERSION, _version(self._kept))
            self._write(kept)
            self._kept = kept

    def _read(self) -> dict[str, Any]:
        stored = _stored(self._path)
        if stored is not None:
            return stored
        self.damaged = self._set_aside()
        return self._restored()

    def _restored(self) -> dict[str, Any]:
        """The settings before the damaged ones, in their place from now on; empty without."""
        earlier: dict[str, Any] = {}
        try:
            earlier = _stored(earlier_of(self._path)) or {}
            if earlier:
                self._write(earlier)
        except StorageError as error:
            log.warning("the earlier settings could not be put back: %s", error.kind)
        return earlier

    def _write(self, values: Mapping[str, Any]) -> None:
        # Escapes keep file names that are no valid Unicode.
        text = json.dumps(values, indent=2, allow_nan=False)
        private_folder(self._path.parent)
        write_replace(self._path, text.encode("ascii"), keep_earlier=True)

    def _set_aside(self) -> Path:
        try:
            return move_aside(self._path, time.strftime("damaged-%Y%m%d-%H%M%S"))
        except StorageError:
            return self._path  # a folder that cannot be written to keeps the file as well


def _stored(path: Path) -> dict[str, Any] | None:
    """What the file at `path` holds: nothing if there is none, None if it cannot be read."""
    try:
        with reported(path):
            data = path.read_bytes()
        stored = json.loads(data, parse_constant=_finite, parse_float=_finite)
    except StorageError as error:
        if error.kind == "missing":
            return {}
        raise
    except (ValueError, RecursionError):
        return None
    return stored if isinstance(stored, dict) else None


def _finite(number: str) -> float:
    """A number that can be written again; a flipped bit may make an endless one."""
    value = float(number)
    if not math.isfinite(value):
        raise ValueError(number)
    return value


def _version(values: Mapping[str, Any]) -> int:
    version = values.get(_VERSION_KEY)
    return version if isinstance(version, int) else 0
