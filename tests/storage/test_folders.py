"""Where things are kept."""

import sys
from pathlib import Path

import pytest

from app.storage.folders import Folders


@pytest.mark.skipif(sys.platform != "linux", reason="XDG is for Linux")
def test_the_xdg_folders_are_honoured(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for variable in ("XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_CACHE_HOME", "XDG_PICTURES_DIR"):
        monkeypatch.setenv(variable, str(tmp_path / variable))
    folders = Folders.standard()
    assert folders.config == tmp_path / "XDG_CONFIG_HOME" / "maskwright"
    assert folders.data == tmp_path / "XDG_DATA_HOME" / "maskwright"
    assert folders.cache == tmp_path / "XDG_CACHE_HOME" / "maskwright"
    assert folders.results == tmp_path / "XDG_PICTURES_DIR" / "Maskwright"


@pytest.mark.skipif(sys.platform != "linux", reason="XDG is for Linux")
def test_the_users_own_pictures_folder_is_found(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("XDG_PICTURES_DIR", raising=False)
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path))
    (tmp_path / "user-dirs.dirs").write_text('XDG_PICTURES_DIR="$HOME/Bilder"\n')
    assert Folders.standard().results == tmp_path / "Bilder" / "Maskwright"


def test_one_root_holds_everything_and_nothing_is_made(tmp_path: Path) -> None:
    folders = Folders.under(tmp_path)
    for folder in (folders.config, folders.data, folders.cache, folders.results, folders.jobs):
        assert folder.is_relative_to(tmp_path)
    assert list(tmp_path.iterdir()) == []
