"""Reading a file before there is anybody to show what it holds."""

from __future__ import annotations

from concurrent.futures import Future
from threading import Event, Lock, Thread
from typing import TYPE_CHECKING

from app.storage.pictures.reading import Attention

if TYPE_CHECKING:
    from pathlib import Path

    from app.model.draft import Draft, Watch
    from app.model.picture import Picture
    from app.model.project import OpenedProject
    from app.storage.pictures.loading import Pictures


class EarlyReading:
    """Reads what is at `path` from now on, while the program is still being put together."""

    def __init__(self, pictures: Pictures, path: Path) -> None:
        self.path = path
        self.pictures = pictures
        self._lock = Lock()
        self._draft: Draft | None = None
        self._watch: Watch | None = None
        self._is_watched = Event()
        self.attention = Attention(self._tell, self._is_watched)
        self._found: Future[Picture | OpenedProject] = Future()
        Thread(target=self._read, name="early", daemon=True).start()

    def open(self, watch: Watch | None = None) -> Picture | OpenedProject:
        """What `Pictures.open` finds; waits for the rest of it."""
        with self._lock:
            self._watch, draft = watch, self._draft
        if watch is not None and not self._found.done():
            self._is_watched.set()
            if draft is not None:
                watch(draft)
        return self._found.result()

    def _read(self) -> None:
        try:
            self._found.set_result(self.pictures.open(self.path, self.attention))
        except Exception as error:  # noqa: BLE001 - raised again where somebody waits for it
            self._found.set_exception(error)

    def _tell(self, draft: Draft) -> None:
        with self._lock:
            self._draft, watch = draft, self._watch
        if watch is not None:
            watch(draft)
