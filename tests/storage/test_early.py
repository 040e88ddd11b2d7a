"""A picture is read before it is asked for, and comes as if it had been read then."""

from pathlib import Path
from threading import Event

import numpy as np
import pytest
from PIL import Image

from app.model.draft import Draft, Watch
from app.model.errors import PictureError
from app.model.geometry import Size
from app.model.picture import Picture
from app.storage import decoding, drafts, pictures
from app.storage.early import EarlyReading
from app.storage.pictures import load


def file(folder: Path) -> Path:
    path = folder / "a.jpg"
    Image.effect_noise((1100, 900), 60).convert("RGB").save(path)
    return path


def test_it_is_the_picture_that_loading_gives(tmp_path: Path) -> None:
    path = file(tmp_path)
    early = EarlyReading(path).load()
    assert np.array_equal(early.pixels, load(path).pixels)
    assert (early.name, early.path) == ("a.jpg", path)


def test_what_was_to_be_seen_before_anybody_asked_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    told = Event()

    def slow(path: Path, watch: Watch, is_watched: Event) -> Picture:
        watch(Draft(size=Size(1100, 900)))
        told.set()
        assert is_watched.wait(10)
        return load(path)

    monkeypatch.setattr(pictures, "load", slow)
    reading = EarlyReading(file(tmp_path))
    assert told.wait(10)
    sizes: list[Size] = []
    reading.load(lambda draft: sizes.append(draft.size))
    assert sizes == [(1100, 900)]


def test_nothing_is_told_of_what_is_there_already(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(decoding, "LARGE", 1)
    reduced: list[object] = []
    monkeypatch.setattr(drafts, "_reduced", lambda *_: reduced.append(1))
    reading = EarlyReading(file(tmp_path))
    reading.load()
    reading.load(reduced.append)
    assert reduced == []


def test_what_fails_fails_where_it_is_waited_for(tmp_path: Path) -> None:
    reading = EarlyReading(tmp_path / "none.png")
    with pytest.raises(PictureError) as caught:
        reading.load()
    assert caught.value.kind == "missing"
