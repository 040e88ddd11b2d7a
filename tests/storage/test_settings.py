"""Settings survive restarts, damage and newer versions."""

import json
import os
import stat
from collections.abc import Callable
from pathlib import Path
from random import Random
from typing import Any

import pytest

from app.model.errors import StorageError
from app.storage.settings import SettingsFile
from tests.support import tally
from tests.support.chance import new_seed


def test_nothing_stored_is_nothing_known(tmp_path: Path) -> None:
    settings = SettingsFile(tmp_path / "config")
    assert settings.load() == {}
    assert settings.damaged is None
    assert not (tmp_path / "config").exists()


def test_what_was_saved_is_loaded_again(tmp_path: Path) -> None:
    values = {"theme": "dark", "recent": ["/a/图.png", os.fsdecode(b"/b/\xff.png")], "n": 1.5}
    SettingsFile(tmp_path / "config").save(values)
    assert SettingsFile(tmp_path / "config").load() == values
    assert stat.S_IMODE((tmp_path / "config").stat().st_mode) == 0o700
    assert stat.S_IMODE((tmp_path / "config" / "settings.json").stat().st_mode) == 0o600


def test_keys_and_version_of_a_newer_program_are_kept(tmp_path: Path) -> None:
    path = tmp_path / "settings.json"
    path.write_text('{"version": 7, "theme": "dark", "hologram": {"on": true}}')
    settings = SettingsFile(tmp_path)
    settings.load()
    settings.save({"theme": "light"})
    stored = json.loads(path.read_text())
    assert stored == {"version": 7, "theme": "light", "hologram": {"on": True}}


@pytest.mark.parametrize(
    "content", [b"", b"[1]", b"\xff\xfe", b"null", b"[" * 100_000, b"{'a': 1}"]
)
def test_a_damaged_file_is_put_aside_and_said(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "settings.json").write_bytes(content)
    settings = SettingsFile(tmp_path)
    assert settings.load() == {}
    assert settings.damaged is not None
    assert settings.damaged.name.startswith("settings.damaged-")
    assert settings.damaged.read_bytes() == content
    settings.save({"theme": "dark"})
    assert SettingsFile(tmp_path).load() == {"theme": "dark"}


def test_a_file_cut_at_any_byte_is_whole_or_damaged(tmp_path: Path) -> None:
    path = tmp_path / "settings.json"
    SettingsFile(tmp_path).save({"theme": "dark", "sizes": [1, 2]})
    whole = path.read_bytes()
    tally.note("inputs tried", len(whole))
    for length in range(len(whole)):
        path.write_bytes(whole[:length])
        settings = SettingsFile(tmp_path)
        assert settings.load() == {}
        assert settings.damaged is not None
    assert not path.exists()


# ---- the settings before ----


def test_the_settings_before_take_the_place_of_damaged_ones(tmp_path: Path) -> None:
    settings = SettingsFile(tmp_path)
    for theme in ("dark", "light"):
        settings.save({"theme": theme})
    path = tmp_path / "settings.json"
    whole = path.read_bytes()
    for length in range(len(whole)):
        path.write_bytes(whole[:length])
        again = SettingsFile(tmp_path)
        assert again.load() == {"theme": "dark"}
        assert again.damaged is not None
        assert again.damaged.read_bytes() == whole[:length]
        assert SettingsFile(tmp_path).load() == {"theme": "dark"}  # in their place for good


def test_the_settings_before_are_as_private(tmp_path: Path) -> None:
    settings = SettingsFile(tmp_path)
    for theme in ("dark", "light"):
        settings.save({"theme": theme})
    assert {path.name for path in tmp_path.iterdir()} == {"settings.json", "settings.json.bak"}
    for path in tmp_path.iterdir():
        assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_settings_behind_a_link_are_kept_where_they_are(tmp_path: Path) -> None:
    real = tmp_path / "dotfiles" / "maskwright.json"
    real.parent.mkdir()
    real.write_text("{}")
    (tmp_path / "settings.json").symlink_to(real)
    settings = SettingsFile(tmp_path)
    settings.load()
    for theme in ("dark", "light"):
        settings.save({"theme": theme})
    real.write_bytes(b"broken")
    again = SettingsFile(tmp_path)
    assert again.load() == {"theme": "dark"}
    assert again.damaged is not None
    assert again.damaged.read_bytes() == b"broken"
    assert (tmp_path / "settings.json").is_symlink()
    assert json.loads(real.read_text())["theme"] == "dark"


def test_settings_that_were_removed_stay_away(tmp_path: Path) -> None:
    settings = SettingsFile(tmp_path)
    for theme in ("dark", "light"):
        settings.save({"theme": theme})
    (tmp_path / "settings.json").unlink()
    assert SettingsFile(tmp_path).load() == {}


@pytest.mark.parametrize("number", ["1e999", "NaN", "-Infinity"])
def test_a_number_without_end_never_keeps_settings_from_being_saved(
    tmp_path: Path, number: str
) -> None:
    (tmp_path / "settings.json").write_text(f'{{"theme": "dark", "unknown": {number}}}')
    settings = SettingsFile(tmp_path)
    settings.load()
    settings.save({"theme": "light"})
    assert SettingsFile(tmp_path).load() == {"theme": "light"}


def test_whatever_bit_is_flipped_settings_can_be_loaded_and_saved(tmp_path: Path) -> None:
    path = tmp_path / "settings.json"
    values = {"theme": "dark", "sizes": [1, 20, 1.5e8], "keys": {"a": True, "b": None}}
    SettingsFile(tmp_path).save(values)
    whole = path.read_bytes()
    seed = new_seed()
    chance = Random(seed)
    for place in (chance.randrange(len(whole) * 8) for _ in range(200)):
        flipped = bytearray(whole)
        flipped[place // 8] ^= 1 << place % 8
        path.write_bytes(flipped)
        settings = SettingsFile(tmp_path)
        settings.load()
        settings.save({"theme": "light"})
        loaded = SettingsFile(tmp_path).load()
        assert loaded["theme"] == "light", f"seed {seed}, bit {place}"


def test_a_folder_that_cannot_be_written_keeps_the_damaged_file(
    open_folder: Path, run_child: Callable[..., Any]
) -> None:
    (open_folder / "settings.json").write_bytes(b"broken")
    (open_folder / "settings.json").chmod(0o644)
    open_folder.chmod(0o755)
    done = run_child(
        "settings = SettingsFile(Path(sys.argv[1])); print(settings.load(), settings.damaged.name)",
        open_folder,
        imports="from pathlib import Path; from app.storage.settings import SettingsFile",
        as_nobody=True,
    )
    assert done.stdout == "{} settings.json\n", done.stderr


def test_a_failed_save_is_said_and_keeps_the_old(tmp_path: Path) -> None:
    SettingsFile(tmp_path / "config").save({"theme": "dark"})
    blocked = SettingsFile(tmp_path / "config" / "settings.json")
    with pytest.raises(StorageError):
        blocked.save({"theme": "light"})
    assert SettingsFile(tmp_path / "config").load() == {"theme": "dark"}
