"""A picture is read before it is asked for, and comes as if it had been read then."""

from pathlib import Path
from threading import Event

import numpy as np
import pytest
from PIL import Image

from app.model.draft import Draft
from app.model.errors import PictureError
from app.model.geometry import Size
from app.storage.pictures import drafts
from app.storage.pictures.early import EarlyReading
from tests.support.pictures import load, pictures


def file(folder: Path) -> Path:
    path = folder / "a.jpg"
    Image.effect_noise((1100, 900), 60).convert("RGB").save(path)
    return path


def test_it_is_the_picture_that_loading_gives(tmp_path: Path) -> None:
    path = file(tmp_path)
    early = EarlyReading(pictures, path).open()
    assert np.array_equal(early.pixels, load(path).pixels)
    assert (early.name, early.path) == ("a.jpg", path)


def test_what_was_to_be_seen_before_anybody_asked_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(drafts, "LARGE", 1)
    told, go_on = Event(), Event()

    class Slow(EarlyReading):
        def _tell(self, draft: Draft) -> None:
            super()._tell(draft)
            told.set()
            assert go_on.wait(10)

    reading = Slow(pictures, file(tmp_path))
    assert told.wait(10)
    seen: list[Draft] = []

    def watch(draft: Draft) -> None:
        seen.append(draft)
        go_on.set()

    picture = reading.open(watch)
    assert seen[0].size == picture.size == Size(1100, 900)


def test_nothing_is_told_of_what_is_there_already(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(drafts, "LARGE", 1)
    reading = EarlyReading(pictures, file(tmp_path))
    reading.open()
    seen: list[Draft] = []
    reading.open(seen.append)
    assert seen == []


def test_what_takes_time_of_its_own_is_not_begun_before_somebody_watches(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(drafts, "LARGE", 1)
    seen: list[Draft] = []

    class Noting(EarlyReading):
        def _tell(self, draft: Draft) -> None:
            seen.append(draft)

    Noting(pictures, file(tmp_path)).open()
    assert [draft.picture for draft in seen] == [None]


def test_what_fails_fails_where_it_is_waited_for(tmp_path: Path) -> None:
    reading = EarlyReading(pictures, tmp_path / "none.png")
    with pytest.raises(PictureError) as caught:
        reading.open()
    assert caught.value.kind == "missing"
