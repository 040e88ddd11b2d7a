"""Keeps the mask of one open picture on disk, in a folder of its own, as it is painted.

What it promises: when `write` returns, the tiles are on the disk. Whatever is cut off, wherever,
what can be read there is the mask as it was after some `write`, never part of one: each goes into
the log as one record with a checksum, and a new generation counts only once its last file has its
name. The generation before stays as well.
"""

from __future__ import annotations

import os
import shutil
from hashlib import sha256
from typing import TYPE_CHECKING

import numpy as np

from app.model.errors import StorageError
from app.model.patch import packed, unpacked
from app.model.png import pieces
from app.model.tiles import Tiles
from app.storage.autosave import lock
from app.storage.autosave.log import head, record
from app.storage.autosave.picture import KeptPicture
from app.storage.autosave.state import State, generations, log_file, mask_file, state_file
from app.storage.files.faults import reported
from app.storage.files.staging import sync
from app.storage.files.writing import private_folder, write_replace

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path
    from typing import Any

    from app.model.picture import Picture, Plane

LOG_BYTES = 4 << 20
"""How long a log grows until the mask is written whole."""

_APPEND = os.O_WRONLY | os.O_APPEND | getattr(os, "O_BINARY", 0)
_BLANK = b"\0"


class AutosaveFolder:
    """One mask on disk. Everything blocks and may raise `StorageError`; then `snapshot` can be
    tried again, as what was told once is never forgotten. Not for several threads at once.

    It holds the painted tiles, packed, so that writing never has to look at the mask itself.
    Nothing is made before there is paint, and nothing stays when all paint is gone.
    """

    def __init__(self, path: Path, picture: Picture, parameters: Mapping[str, Any]) -> None:
        self.path = path
        self._tiles = Tiles(picture.size)
        self._painted: dict[int, bytes] = {}
        self._generation = 0
        self._digest = ""
        self._log: int | None = None
        self._log_bytes = 0
        self._parameters = parameters
        self._picture = KeptPicture(picture)

    @property
    def is_blank(self) -> bool:
        """Whether there is nothing to keep."""
        return not self._painted

    def take(self, tiles: Mapping[int, bytes]) -> dict[int, bytes]:
        """Know what tiles hold now; those that held something else, packed."""
        fresh = {}
        for tile, data in tiles.items():
            tight = packed(data)
            if tight != self._painted.get(tile, _BLANK):
                fresh[tile] = self._painted[tile] = tight
                if tight == _BLANK:
                    del self._painted[tile]
        return fresh

    def write(self, tiles: Mapping[int, bytes]) -> bool:
        """Have on disk what tiles hold now; whether that is another than before."""
        fresh = self.take(tiles)
        if fresh:
            data = record(fresh)
            if self._is_open and self._log_bytes + len(data) <= LOG_BYTES:
                self._append(data)
            else:
                self.snapshot()
        return bool(fresh)

    def snapshot(self) -> None:
        """Write the mask whole and begin the log anew, or keep nothing of a blank mask."""
        self._close_log()
        if self.is_blank:
            self._remove()
            return
        private_folder(self.path)
        lock.hold(self.path)
        self._picture.keep(self.path)
        with reported(self.path):
            begun = generations(self.path)
        before = self._generation
        self._write_generation(max(begun, default=0) + 1)
        for number in set(begun) - {before}:
            self._forget(number)

    def note(self, parameters: Mapping[str, Any]) -> None:
        """Remember what is chosen in the panel."""
        self._parameters = parameters
        if self._is_open:
            self._write_state(self._generation, self._digest)

    def describe(self, picture: Picture) -> None:
        """Go on with the same mask over another picture of its size."""
        self._picture = self._picture.followed_by(picture)
        if self._is_open:
            self._write_state(self._generation, self._digest)
            self._picture.keep(self.path)

    def leave(self) -> None:
        """Let whoever looks for lost work find the folder, and forget what is in it."""
        self._close_log()
        if self.is_blank:
            self._remove()
        self._painted = {}
        lock.let_go(self.path)

    def move_to(self, path: Path) -> None:
        """Go on in another folder, which is made when there is something to write."""
        self._close_log()
        lock.let_go(self.path)
        self.path, self._generation = path, 0

    @property
    def _is_open(self) -> bool:
        """Whether there is a log to go on with; it is none any more when somebody deleted it."""
        return self._log is not None and os.fstat(self._log).st_nlink > 0

    def _append(self, data: bytes) -> None:
        assert self._log is not None
        try:
            with reported(log_file(self.path, self._generation)):
                rest = memoryview(data)
                while rest:
                    rest = rest[os.write(self._log, rest) :]
                sync(self._log)
        except StorageError:
            self._close_log()  # nobody knows how much of it is there: nothing may come behind it
            raise
        self._log_bytes += len(data)

    def _close_log(self) -> None:
        if self._log is not None:
            os.close(self._log)
            self._log = None

    def _write_generation(self, number: int) -> None:
        mask, log = mask_file(self.path, number), log_file(self.path, number)
        data = b"".join(pieces(self._tiles.size, 1, self._strips()))
        write_replace(mask, data)
        start = head(number, self._tiles.size)
        write_replace(log, start)
        digest = sha256(data).hexdigest()
        self._write_state(number, digest)  # from here on it counts
        self._generation, self._digest = number, digest
        with reported(log):
            self._log = os.open(log, _APPEND)
        self._log_bytes = len(start)

    def _write_state(self, number: int, digest: str) -> None:
        state = State(
            generation=number,
            size=self._tiles.size,
            digest=digest,
            picture=self._picture.number,
            source=self._picture.source,
            parameters=self._parameters,
        )
        write_replace(state_file(self.path, number), state.to_json())

    def _strips(self) -> Iterator[Plane]:
        """The mask from top to bottom, a row of tiles at a time."""
        tiles = self._tiles
        for first in range(0, len(tiles), tiles.columns):
            numbers = range(first, first + tiles.columns)
            strip = np.zeros((tiles.rect(first).height, tiles.size.width), np.uint8)
            for tile in self._painted.keys() & set(numbers):
                place = tiles.rect(tile)
                data = unpacked(self._painted[tile], place.size.area)
                values = np.frombuffer(data, np.uint8)
                strip[:, place.columns] = (
                    values if len(data) == 1 else values.reshape(place.height, place.width)
                )
            yield strip[:, :, None]

    def _forget(self, number: int) -> None:
        """Delete a generation that nobody needs any more; first what makes it count."""
        for file in (state_file, mask_file, log_file):
            with reported(self.path):
                file(self.path, number).unlink(missing_ok=True)

    def _remove(self) -> None:
        """Delete all, the newest last: what is found in between must be nothing older."""
        if self.path.is_dir():
            with reported(self.path):
                numbers = generations(self.path)
            for number in reversed(numbers):
                self._forget(number)
            self._picture.settle()
            shutil.rmtree(self.path, ignore_errors=True)
