"""The thread that keeps the mask on disk; nobody else ever waits for it.

A write that fails is told once, and all is tried again after a while; until then what is painted is
known here and in memory. The mask is written whole when the hand rests, or after a while anyway.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Callable
from functools import partial
from queue import Empty, SimpleQueue
from threading import Event, Thread
from typing import TYPE_CHECKING, Any, Literal
from uuid import uuid4

from app.model.errors import StorageError
from app.storage.autosave.folder import AutosaveFolder
from app.storage.autosave.store import put_away

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from app.model.picture import Picture

Tell = Callable[[Exception | None], object]
"""Is told, in the thread, what keeps the mask from being kept, or None: it is kept again."""

Standing = Literal["kept", "failing", "stuck"]

log = logging.getLogger(__name__)


class AutosaveWriter:
    """Does what it is asked for, one after the other; only `flush` and `close` wait for it.

    `rest_s` after the last write, or `most_s` after the first, the mask is written whole; after
    `retry_s` what failed is tried again. What takes `stuck_s` waits for a disk that is silent.
    """

    def __init__(
        self,
        root: Path,
        tell: Tell,
        *,
        rest_s: float = 2.0,
        most_s: float = 10.0,
        retry_s: float = 10.0,
        stuck_s: float = 30.0,
    ) -> None:
        self._root = root
        self._tell = tell
        self._rest_s, self._most_s = rest_s, most_s
        self._retry_s, self._stuck_s = retry_s, stuck_s
        self._acts: SimpleQueue[Callable[[], None] | None] = SimpleQueue()
        self._folder: AutosaveFolder | None = None
        self._unwritten: list[AutosaveFolder] = []  # left while nothing could be written
        self._outdated: list[Path] = []
        self._first: float | None = None  # when the first write since the last snapshot was made
        self._due: float | None = None
        self._since: float | None = None  # when what is done now was begun
        self._is_failing = False
        self._thread = Thread(target=self._work, name="autosave", daemon=True)
        self._thread.start()

    @property
    def standing(self) -> Standing:
        """Whether the disk takes what it is given, refuses it, or does not answer."""
        since = self._since  # once, as it goes with the end of what is done
        if since is not None and time.monotonic() - since >= self._stuck_s:
            return "stuck"
        return "failing" if self._is_failing else "kept"

    def begin(self, picture: Picture, parameters: Mapping[str, Any]) -> Path:
        """From now on it is about another mask, of which nothing is known yet; its folder."""
        path = self._new_path()
        self._acts.put(partial(self._begin, path, picture, parameters))
        return path

    def write(self, tiles: Mapping[int, bytes]) -> None:
        """Keep what some tiles hold now."""
        self._acts.put(partial(self._write, tiles))

    def know(self, tiles: Mapping[int, bytes]) -> None:
        """Some tiles hold this now, and it need not be kept."""
        self._acts.put(partial(self._know, tiles))

    def note(self, parameters: Mapping[str, Any]) -> None:
        """Keep what is chosen in the panel."""
        self._acts.put(partial(self._note, parameters))

    def describe(self, picture: Picture) -> None:
        """The same mask lies on another picture now."""
        self._acts.put(partial(self._describe, picture))

    def leave(self) -> None:
        """It is about no mask any more; what was kept of the last one stays for another day."""
        self._acts.put(self._leave)

    def supersede(self, folder: Path) -> None:
        """What was written so far takes the place of another folder, which is put away."""
        self._acts.put(partial(self._supersede, folder))

    def saved(self) -> None:
        """What was written so far is safe elsewhere: it is put away."""
        self._acts.put(self._saved)

    def flush(self, patience_s: float) -> bool:
        """Wait until all that was asked for is done; whether it is, and nothing has failed."""
        is_done = Event()
        self._acts.put(self._try_again)
        self._acts.put(is_done.set)
        return is_done.wait(patience_s) and not self._is_failing

    def close(self, patience_s: float) -> None:
        """The same, and end. A disk that hangs is not waited for any longer than that."""
        self._acts.put(self._try_again)
        self._acts.put(self._leave)
        self._acts.put(None)
        self._thread.join(patience_s)

    def _work(self) -> None:
        """In the thread."""
        while True:
            try:
                act = self._acts.get(timeout=self._patience_s())
            except Empty:
                act = self._catch_up
            if act is None:
                return
            self._since = time.monotonic()
            try:
                act()
            except Exception as error:  # noqa: BLE001 - whatever it is, painting is kept again later
                self._fail(error)
            self._since = None

    def _patience_s(self) -> float | None:
        return None if self._due is None else max(0.0, self._due - time.monotonic())

    def _begin(self, path: Path, picture: Picture, parameters: Mapping[str, Any]) -> None:
        self._leave()
        self._folder = AutosaveFolder(path, picture, parameters)

    def _write(self, tiles: Mapping[int, bytes]) -> None:
        if self._is_failing:
            self._know(tiles)
        elif self._folder is not None and self._folder.write(tiles):
            now = time.monotonic()
            self._first = now if self._first is None else self._first
            self._due = min(now + self._rest_s, self._first + self._most_s)

    def _know(self, tiles: Mapping[int, bytes]) -> None:
        if self._folder is not None:
            self._folder.take(tiles)

    def _note(self, parameters: Mapping[str, Any]) -> None:
        if self._folder is not None:
            self._folder.note(parameters)

    def _describe(self, picture: Picture) -> None:
        if self._folder is not None:
            self._folder.describe(picture)

    def _catch_up(self) -> None:
        """Write the mask whole: it is time, or what failed is to be tried again."""
        self._first = self._due = None
        while self._unwritten:
            self._unwritten[-1].snapshot()
            self._unwritten.pop().leave()
        if self._folder is not None:
            self._folder.snapshot()
        if self._is_failing:
            self._is_failing = False
            self._tell(None)
        self._put_outdated_away()

    def _try_again(self) -> None:
        if self._is_failing:
            self._catch_up()

    def _leave(self) -> None:
        self._first = self._due = None
        folder, self._folder = self._folder, None
        if folder is not None and self._is_failing:
            self._unwritten.append(folder)
            self._due = time.monotonic() + self._retry_s
        elif folder is not None:
            folder.leave()

    def _supersede(self, folder: Path) -> None:
        self._outdated.append(folder)
        if not self._is_failing:
            self._put_outdated_away()

    def _put_outdated_away(self) -> None:
        self._outdated = [folder for folder in self._outdated if not _is_away(folder)]
        if self._outdated and self._due is None:
            self._due = time.monotonic() + self._retry_s

    def _saved(self) -> None:
        folder = self._folder
        if folder is None:
            return
        path = folder.path
        folder.move_to(self._new_path())
        self._first = self._due = None
        self._supersede(path)

    def _fail(self, error: Exception) -> None:
        was_failing, self._is_failing = self._is_failing, True
        self._due = time.monotonic() + self._retry_s
        if not isinstance(error, StorageError):
            log.error("the mask could not be kept", exc_info=error)
        if not was_failing:
            self._tell(error)

    def _new_path(self) -> Path:
        return self._root / uuid4().hex


def _is_away(folder: Path) -> bool:
    """Put a folder away; on Windows it cannot go while its picture is being written."""
    try:
        if folder.is_dir():
            put_away(folder)
    except StorageError as error:
        log.warning("an outdated mask could not be put away: %s", error.kind)
        return False
    return True
