"""Reading a picture before there is anybody to show it."""

from __future__ import annotations

from concurrent.futures import Future
from threading import Event, Lock, Thread
from typing import TYPE_CHECKING

from app.storage.pictures.reading import Attention

if TYPE_CHECKING:
    from pathlib import Path

    from app.model.draft import Draft, Watch
    from app.model.picture import Picture
    from app.storage.pictures.loading import Pictures


class EarlyReading:
    """Reads the picture at `path` from now on, while the program is still being put together."""

    def __init__(self, pictures: Pictures, path: Path) -> None:
        self.path = path
        self.pictures = pictures
        self._lock = Lock()
        self._draft: Draft | None = None
        self._watch: Watch | None = None
        self._is_watched = Event()
        self.attention = Attention(self._tell, self._is_watched)
        self._picture: Future[Picture] = Future()
        Thread(target=self._read, name="early", daemon=True).start()

    def load(self, watch: Watch | None = None) -> Picture:
        """The picture, as `Pictures.load` has it; waits for the rest of it."""
        with self._lock:
            self._watch, draft = watch, self._draft
        if watch is not None and not self._picture.done():
            self._is_watched.set()
            if draft is not None:
                watch(draft)
        return self._picture.result()

    def _read(self) -> None:
        try:
            self._picture.set_result(self.pictures.load(self.path, self.attention))
        except Exception as error:  # noqa: BLE001 - raised again where somebody waits for it
            self._picture.set_exception(error)

    def _tell(self, draft: Draft) -> None:
        with self._lock:
            self._draft, watch = draft, self._watch
        if watch is not None:
            watch(draft)
