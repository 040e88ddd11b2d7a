"""What is remembered: forgiving in reading, quick to announce, calm in writing."""

import json
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from app.model.errors import StorageError
from app.session.preferences import MAX_RECENT, Preferences, PreferencesRecord

FULL = PreferencesRecord(
    theme="light",
    service="novita",
    custom_url="https://example.org",
    images_per_minute=0,
    results_folder="/pictures",
    name_template="{date}",
    describes_results=False,
    kept_days=90,
    room_told="2026-03-14",
    recent_files=("/a.png", "/b.png"),
    geometry="AAAA",
    splitters={"canvas": (600, 184)},
    tools={"brush": {"size": 40}},
    parameters={"steps": 40},
    model_names={"novita": "dream.safetensors"},
    folded=("advanced",),
)


class Shelf:
    """Remembers what was saved; refuses while `full`."""

    def __init__(self) -> None:
        self.saved: list[dict[str, object]] = []
        self.full = False
        self.is_open = threading.Event()
        self.is_open.set()
        self.is_waiting = threading.Event()

    def save(self, values: dict[str, object]) -> None:
        self.is_waiting.set()
        self.is_open.wait()
        if self.full:
            raise StorageError("full", Path("/settings.json"))
        self.saved.append(values)


def test_a_record_survives_json():
    assert PreferencesRecord.from_json(json.loads(json.dumps(FULL.to_json()))) == FULL


@pytest.mark.parametrize("stored", [None, [], "x", 3, {}])
def test_nothing_useful_gives_the_defaults(stored):
    assert PreferencesRecord.from_json(stored) == PreferencesRecord()


def test_fields_of_a_wrong_shape_fall_back_one_by_one():
    stored = {
        "theme": "purple",
        "service": 3,
        "images_per_minute": -1,
        "recent_files": ["/a.png", 7],
        "splitters": {"canvas": [1, "2"], "panel": [3, 4]},
        "tools": [],
        "model_names": {"novita": None, "ppio": "x"},
        "folded": "advanced",
        "from_the_future": True,
    }

    record = PreferencesRecord.from_json(stored)

    assert record == PreferencesRecord(
        recent_files=("/a.png",), splitters={"panel": (3, 4)}, model_names={"ppio": "x"}
    )


def test_whatever_bit_is_flipped_at_most_one_field_is_another():
    whole = json.dumps(FULL.to_json()).encode()
    for place in range(len(whole) * 8):
        flipped = bytearray(whole)
        flipped[place // 8] ^= 1 << place % 8
        try:
            stored = json.loads(flipped)
        except ValueError:
            continue  # put aside by whoever reads the file
        record = PreferencesRecord.from_json(stored)
        others = [name for name, value in FULL._asdict().items() if getattr(record, name) != value]
        assert len(others) <= 1, bytes(flipped)


def test_a_recent_file_moves_to_the_front_and_the_list_stays_short():
    record = PreferencesRecord()
    for number in range(MAX_RECENT + 3):
        record = record.with_recent(f"/{number}.png")
    record = record.with_recent("/9.png")

    assert record.recent_files[0] == "/9.png"
    assert record.recent_files.count("/9.png") == 1
    assert len(record.recent_files) == MAX_RECENT


def test_edits_announce_once_and_are_saved_together(qtbot):
    shelf = Shelf()
    preferences = Preferences(PreferencesRecord(), shelf.save)
    announced: list[PreferencesRecord] = []
    preferences.changed.connect(announced.append)

    preferences.edit(theme="dark")
    preferences.edit(theme="dark")
    preferences.edit(service="novita")
    assert shelf.saved == []
    qtbot.waitUntil(lambda: bool(shelf.saved))

    assert [record.theme for record in announced] == ["dark", "dark"]
    assert [values["service"] for values in shelf.saved] == ["novita"]


def test_flush_saves_at_once_and_only_what_is_new(qtbot):
    shelf = Shelf()
    preferences = Preferences(PreferencesRecord(), shelf.save)

    preferences.flush()
    preferences.edit(theme="dark")
    preferences.flush()
    preferences.flush()

    assert len(shelf.saved) == 1


def test_a_failed_save_is_told_and_tried_again(qtbot):
    shelf = Shelf()
    shelf.full = True
    preferences = Preferences(PreferencesRecord(), shelf.save)
    preferences.edit(theme="dark")
    with qtbot.waitSignal(preferences.save_failed) as told:
        preferences.flush()
    assert told.args[0].kind == "full"

    shelf.full = False
    preferences.flush()
    assert shelf.saved[0]["theme"] == "dark"


def test_a_slow_disk_stops_nothing_and_the_last_record_is_written_last(qtbot):
    shelf = Shelf()
    shelf.is_open.clear()
    preferences = Preferences(PreferencesRecord(), shelf.save)
    preferences.edit(theme="dark")
    qtbot.waitUntil(shelf.is_waiting.is_set)
    assert shelf.saved == []

    preferences.edit(theme="light")
    shelf.is_open.set()
    preferences.flush()

    assert [values["theme"] for values in shelf.saved] == ["dark", "light"]


def test_a_disk_that_hangs_is_not_waited_for_without_end(qtbot):
    shelf = Shelf()
    shelf.is_open.clear()
    preferences = Preferences(PreferencesRecord(), shelf.save)
    preferences.edit(theme="dark")

    assert not preferences.flush(0.01)
    shelf.is_open.set()

    assert preferences.flush()
    assert [values["theme"] for values in shelf.saved] == ["dark"]


def test_a_save_that_fails_beside_the_window_is_told_in_it(qtbot):
    shelf = Shelf()
    shelf.full = True
    preferences = Preferences(PreferencesRecord(), shelf.save)
    told: list[threading.Thread] = []
    preferences.save_failed.connect(lambda _: told.append(threading.current_thread()))

    preferences.edit(theme="dark")
    qtbot.waitUntil(lambda: bool(told))
    shelf.full = False
    preferences.flush()

    assert told == [threading.main_thread()]
    assert shelf.saved[0]["theme"] == "dark"


def test_what_was_saved_beside_the_window_is_not_saved_again(qtbot):
    shelf = Shelf()
    preferences = Preferences(PreferencesRecord(), shelf.save)
    preferences.edit(theme="dark")
    qtbot.waitUntil(lambda: bool(shelf.saved))

    preferences.flush()

    assert len(shelf.saved) == 1


def test_reading_preferences_needs_none_of_the_heavy_libraries():
    code = (
        "import sys, app.session.preferences;"
        "print([n for n in ('numpy', 'pydantic', 'PIL', 'asyncio') if n in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
