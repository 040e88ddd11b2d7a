"""What a report says, and what it never does."""

import asyncio
import logging
import re
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication

from app.report import report
from app.session.preferences import PreferencesRecord
from app.storage.logs import Logs
from app.storage.secrets import Key

KEY = "sk-canary-of-reports-17"


@pytest.fixture
def logs(tmp_path: Path) -> Iterator[Logs]:
    logs = Logs(tmp_path / "log")
    logs.start()
    yield logs
    logs.close()


def text(logs: Logs, **settings: object) -> str:
    return asyncio.run(report(PreferencesRecord(**settings), logs))


def test_it_tells_versions_screens_settings_and_the_end_of_the_log(
    qapp: QApplication, logs: Logs
) -> None:
    logging.getLogger("app.test").warning("a strange thing")
    told = text(logs, theme="dark")
    for words in ("Maskwright 0.", "Python 3.", "Qt 6.", "offscreen", "Screen ", "numpy "):
        assert words in told
    assert 'theme: "dark"' in told
    assert told.endswith("WARNING app.test: a strange thing")


def test_it_has_no_key_no_prompt_no_address_and_no_name_of_a_file(
    qapp: QApplication, logs: Logs
) -> None:
    logging.getLogger("app.test").warning("with %s", Key(KEY).reveal())
    told = text(
        logs,
        service="custom",
        custom_url="https://studio.example",
        results_folder="/media/private",
        name_template="client-{seed}",
        recent_files=("/home/me/secret-client.png",),
        parameters={"prompt": "a hidden wish"},
        model_names={"custom": "in-house"},
    )
    for secret in (KEY, "studio.example", "private", "client", "hidden wish", "in-house"):
        assert secret not in told
    assert "with ***" in told


def test_paths_below_the_home_folder_do_not_name_its_owner(
    qapp: QApplication, logs: Logs, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HOME", "/home/mona")
    logging.getLogger("app.test").warning("no access to /home/mona/Pictures/x.png")
    assert "mona" not in text(logs)
    assert "no access to ~/Pictures/x.png" in text(logs)


@pytest.mark.skipif(sys.platform == "win32", reason="there everybody has one")
def test_a_user_without_a_home_can_report_too(
    qapp: QApplication, logs: Logs, monkeypatch: pytest.MonkeyPatch
) -> None:
    def nobody(number: int) -> None:
        raise KeyError(number)

    monkeypatch.delenv("HOME")
    monkeypatch.setattr("pwd.getpwuid", nobody)
    logging.getLogger("app.test").warning("no access to /srv/x.png")
    assert "no access to /srv/x.png" in text(logs)


def test_the_last_crash_is_told(qapp: QApplication, logs: Logs, tmp_path: Path) -> None:
    assert "Last crash" not in text(logs)
    (tmp_path / "log").mkdir(exist_ok=True)
    (tmp_path / "log" / "crash-last.txt").write_text("Fatal Python error: Segmentation fault")
    assert re.search(r"Last crash\n20\d\d-\S+Z\nFatal Python error: Segmentation fault", text(logs))
