"""Reading a picture before there is anybody to show it."""

from __future__ import annotations

from concurrent.futures import Future
from threading import Event, Lock, Thread
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

    from app.model.draft import Draft, Watch
    from app.model.picture import Picture


class EarlyReading:
    """Reads the picture at `path` from now on, while the program is still being put together."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._lock = Lock()
        self._draft: Draft | None = None
        self._watch: Watch | None = None
        self._is_watched = Event()
        self._picture: Future[Picture] = Future()
        Thread(target=self._read, name="early", daemon=True).start()

    def load(self, watch: Watch | None = None) -> Picture:
        """The picture, as `pictures.load` has it; waits for the rest of it."""
        with self._lock:
            self._watch = watch
            draft = self._draft
        if watch is not None and not self._picture.done():
            self._is_watched.set()
            if draft is not None:
                watch(draft)
        return self._picture.result()

    def _read(self) -> None:
        # Here, as the window's thread has better things to import.
        from app.storage.pictures import load

        try:
            self._picture.set_result(load(self.path, self._tell, self._is_watched))
        except Exception as error:  # noqa: BLE001 - raised again where somebody waits for it
            self._picture.set_exception(error)

    def _tell(self, draft: Draft) -> None:
        with self._lock:
            self._draft, watch = draft, self._watch
        if watch is not None:
            watch(draft)
