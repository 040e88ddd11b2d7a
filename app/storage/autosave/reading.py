"""Reads back what was kept of a mask: the newest generation that is whole, and its log.

The files are the program's own, and have the digest that it noted: they are decoded right here.
"""

from __future__ import annotations

from contextlib import suppress
from datetime import datetime
from hashlib import sha256
from io import BytesIO
from typing import TYPE_CHECKING

import numpy as np
from PIL.PngImagePlugin import PngImageFile

from app.model.autosave import Autosaved
from app.model.errors import StorageError
from app.model.patch import unpacked
from app.model.tiles import Tiles
from app.storage.autosave.lock import LOCK
from app.storage.autosave.log import replay
from app.storage.autosave.state import State, generations, log_file, mask_file, state_file
from app.storage.files.faults import reported

if TYPE_CHECKING:
    import os
    from collections.abc import Iterator
    from pathlib import Path

    from app.model.picture import Plane

DECLINED = "declined"


def read(folder: Path) -> tuple[State, Plane]:
    """The mask in a folder and what is known of it; `StorageError` when nothing there is whole."""
    for state in _states(folder):
        mask = _mask(folder, state)
        if mask is not None:
            return state, mask
    raise StorageError("damaged", folder)


def listed(folder: Path) -> Autosaved | None:
    """What a list says about a folder, without a look at the mask; None if it holds none."""
    state = next(_states(folder), None)
    if state is None:
        return None
    facts = _facts(folder)
    told = [file(folder, state.generation).name for file in (state_file, log_file)]
    if told[0] not in facts:
        raise StorageError("missing", folder)  # it was moved away just now
    changed = max(facts[name].st_mtime for name in told if name in facts)
    return Autosaved(
        folder=folder,
        source=state.source,
        size=state.size,
        changed=datetime.fromtimestamp(changed),
        nbytes=sum(each.st_size for each in facts.values()),
        is_declined=DECLINED in facts,
        was_cut_off=LOCK in facts,
    )


def _facts(folder: Path) -> dict[str, os.stat_result]:
    """What is in a folder; files come and go there, as when a thumbnail is being written."""
    facts = {}
    with reported(folder):
        for path in folder.iterdir():
            with suppress(FileNotFoundError):
                facts[path.name] = path.stat()
    return facts


def _states(folder: Path) -> Iterator[State]:
    """What the generations say, the newest first; those that say nothing are left out."""
    with reported(folder):
        numbers = generations(folder)
    for number in numbers:
        with suppress(OSError):
            state = State.from_json(state_file(folder, number).read_bytes())
            if state is not None and state.generation == number:
                yield state


def _mask(folder: Path, state: State) -> Plane | None:
    """The mask of a generation with what its log says; None when it is not as it was written."""
    try:
        data = mask_file(folder, state.generation).read_bytes()
    except OSError:
        return None
    if sha256(data).hexdigest() != state.digest:
        return None
    mask = np.array(PngImageFile(BytesIO(data)))
    if mask.shape != (state.size.height, state.size.width):
        return None
    for tiles in replay(_log(folder, state), state.generation, state.size):
        _put(mask, Tiles(state.size), tiles)
    return mask


def _log(folder: Path, state: State) -> bytes:
    try:
        return log_file(folder, state.generation).read_bytes()
    except OSError:
        return b""  # the mask itself is still worth having


def _put(mask: Plane, tiles: Tiles, change: dict[int, bytes]) -> None:
    for tile, data in change.items():
        place = tiles.rect(tile)
        values = np.frombuffer(unpacked(data, place.size.area), np.uint8)
        mask[place.slices] = values if len(values) == 1 else values.reshape(place.size[::-1])
