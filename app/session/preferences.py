"""What the program remembers from one start to the next."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cached_property
from typing import TYPE_CHECKING, Any, NamedTuple

from PySide6.QtCore import QObject, QTimer, Signal

from app.model.errors import StorageError

if TYPE_CHECKING:
    from concurrent.futures import Executor

THEMES = ("system", "dark", "light")
MAX_RECENT = 10
MAX_PACE = 600
"""The largest limit of images a minute."""
KEPT_DAYS = 1, 365
"""The least and the most that `kept_days` may be."""
SAVE_DELAY_MS = 500
STRIP = "results"
"""The strip's name among the folded parts; the others are sections of the panel."""
FLUSH_S = 1.0
"""How long the program's end may wait for the disk."""


class PreferencesRecord(NamedTuple):
    """Every remembered choice. Empty texts stand for the program's own default.

    `geometry` is Qt's window geometry in base64, `splitters` the sizes by splitter name. `tools`,
    `parameters`, `display`, `pen`, `keys`, `masks` and `operations` belong to their owners, which
    read them as forgivingly as this record is read. `model_names` holds the checkpoint last used
    with each service. With `describes_results` the files of results tell prompt and settings.
    `images_per_minute` are asked of a service at most; 0 sets no limit.
    `kept_days` is how old the files of a job are that a clean-up offers to remove, `room_told`
    the day on which the room that such files take was told of last.
    """

    theme: str = "system"
    service: str = "builtin"
    custom_url: str = ""
    images_per_minute: int = 10
    results_folder: str = ""
    name_template: str = ""
    describes_results: bool = True
    kept_days: int = 30
    room_told: str = ""
    recent_files: tuple[str, ...] = ()
    geometry: str = ""
    splitters: Mapping[str, tuple[int, ...]] = {}
    tools: Mapping[str, Any] = {}
    parameters: Mapping[str, Any] = {}
    model_names: Mapping[str, str] = {}
    folded: tuple[str, ...] = ()
    display: Mapping[str, Any] = {}
    pen: Mapping[str, Any] = {}
    keys: Mapping[str, Any] = {}
    masks: Mapping[str, Any] = {}
    operations: Mapping[str, Any] = {}
    key_set: str = ""
    wheel: str = ""

    @classmethod
    def from_json(cls, stored: object) -> PreferencesRecord:
        """The record in `stored`; whatever is missing, unknown or of a wrong shape is left out."""
        if not isinstance(stored, Mapping):
            return cls()
        read: dict[str, Any] = {}
        for name, reader in _READERS.items():
            if (value := reader(stored.get(name))) is not None:
                read[name] = value
        return cls(**read)

    def to_json(self) -> dict[str, Any]:
        """The record as plain values for a JSON file."""
        return self._asdict()

    def with_recent(self, path: str) -> PreferencesRecord:
        """`path` as the most recent file."""
        others = (known for known in self.recent_files if known != path)
        return self._replace(recent_files=(path, *others)[:MAX_RECENT])


class Preferences(QObject):
    """The record in force; every change is saved shortly after.

    `save` may block, so it runs in a thread of its own, one record after the other.
    """

    changed = Signal(object)
    """The new record."""
    save_failed = Signal(object)
    """The `StorageError`; the next change or `flush` tries again."""
    _stopped = Signal(object)
    """The error that a save in the other thread met."""

    def __init__(
        self,
        record: PreferencesRecord,
        save: Callable[[dict[str, Any]], None],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._value = record
        self._saved = record
        self._save = save
        self._timer = QTimer(self, singleShot=True, interval=SAVE_DELAY_MS)
        self._timer.timeout.connect(self._save_beside)
        self._stopped.connect(self._tell)

    @property
    def value(self) -> PreferencesRecord:
        return self._value

    def edit(self, **changes: Any) -> None:
        """Change some of the record."""
        self.replace(self._value._replace(**changes))

    def replace(self, record: PreferencesRecord) -> None:
        """Put another record in force."""
        if record == self._value:
            return
        self._value = record
        self._timer.start()
        self.changed.emit(record)

    def add_recent(self, path: str) -> None:
        """Remember `path` as the file opened last."""
        self.replace(self._value.with_recent(path))

    def flush(self, patience_s: float = FLUSH_S) -> bool:
        """Save now what is not saved yet; False if the disk does not answer in time.

        One that refuses has answered, and that is told.
        """
        self._timer.stop()
        if self._value == self._saved:
            return True
        # In the same thread, as an older record may still be on its way there.
        writing = self._writer.submit(self._write)
        try:
            error = writing.result(patience_s)
        except TimeoutError:
            return False
        if error is not None:
            self._tell(error)
        return True

    @cached_property
    def _writer(self) -> Executor:
        from concurrent.futures import ThreadPoolExecutor  # the first paint needs none

        return ThreadPoolExecutor(1, "preferences")

    def _save_beside(self) -> None:
        def write() -> None:
            if (error := self._write()) is not None:
                self._stopped.emit(error)

        self._writer.submit(write)

    def _write(self) -> Exception | None:
        """In the writer's thread, which alone changes `_saved`."""
        record = self._value
        if record != self._saved:
            try:
                self._save(record.to_json())
            except Exception as error:  # noqa: BLE001  (passed on to `_tell`)
                return error
            self._saved = record
        return None

    def _tell(self, error: Exception) -> None:
        if not isinstance(error, StorageError):
            raise error
        self.save_failed.emit(error)


def _text(value: object) -> str | None:
    return value if isinstance(value, str) else None


def _flag(value: object) -> bool | None:
    return value if isinstance(value, bool) else None


def _pace(value: object) -> int | None:
    return value if type(value) is int and 0 <= value <= MAX_PACE else None


def _days(value: object) -> int | None:
    least, most = KEPT_DAYS
    return value if type(value) is int and least <= value <= most else None


def _theme(value: object) -> str | None:
    return value if isinstance(value, str) and value in THEMES else None


def _texts(value: object) -> tuple[str, ...] | None:
    if not isinstance(value, list | tuple):
        return None
    return tuple(text for text in value if isinstance(text, str))


def _recent(value: object) -> tuple[str, ...] | None:
    texts = _texts(value)
    return None if texts is None else texts[:MAX_RECENT]


def _mapping(value: object) -> dict[str, Any] | None:
    if not isinstance(value, Mapping):
        return None
    return {key: entry for key, entry in value.items() if isinstance(key, str)}


def _names(value: object) -> dict[str, str] | None:
    found = _mapping(value)
    return found and {key: text for key, text in found.items() if isinstance(text, str)}


def _sizes(value: object) -> dict[str, tuple[int, ...]] | None:
    found = _mapping(value)
    return found and {
        key: tuple(sizes)
        for key, sizes in found.items()
        if isinstance(sizes, list | tuple) and all(type(size) is int for size in sizes)
    }


_READERS: Mapping[str, Callable[[object], object]] = {
    "theme": _theme,
    "service": _text,
    "custom_url": _text,
    "images_per_minute": _pace,
    "results_folder": _text,
    "name_template": _text,
    "describes_results": _flag,
    "kept_days": _days,
    "room_told": _text,
    "recent_files": _recent,
    "geometry": _text,
    "splitters": _sizes,
    "tools": _mapping,
    "parameters": _mapping,
    "model_names": _names,
    "folded": _texts,
    "display": _mapping,
    "pen": _mapping,
    "keys": _mapping,
    "masks": _mapping,
    "operations": _mapping,
    "key_set": _text,
    "wheel": _text,
}
assert set(_READERS) == set(PreferencesRecord._fields)
