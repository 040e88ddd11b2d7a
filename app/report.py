"""What a report of a problem says: the program, the machine, its settings, the end of the log."""

from __future__ import annotations

import asyncio
import json
import os
import platform
from importlib.metadata import PackageNotFoundError, version
from typing import TYPE_CHECKING

from PySide6.QtCore import qVersion
from PySide6.QtGui import QGuiApplication

from app import __version__
from app.model.redaction import REDACTION

if TYPE_CHECKING:
    from collections.abc import Iterator

    from app.session.preferences import PreferencesRecord
    from app.storage.logs import Logs

LIBRARIES = ("PySide6-Essentials", "qasync", "httpx", "numpy", "pillow", "pydantic", "keyring")

SETTINGS = (
    "theme",
    "service",
    "key_set",
    "wheel",
    "folded",
    "tools",
    "display",
    "pen",
    "keys",
    "operations",
)
"""The settings that a report tells: none that names a file, a folder, an address or a prompt."""


async def report(record: PreferencesRecord, logs: Logs) -> str:
    """The whole text, with secrets masked and the home folder as `~`; for people to read first."""
    sections = [*_program(), *_settings(record)]
    sections += await asyncio.to_thread(_past, logs)
    return _without_home(REDACTION("\n".join(sections)))


def _program() -> Iterator[str]:
    """Only the window's own thread may ask for its screens."""
    yield f"Maskwright {__version__}"
    yield f"Python {platform.python_version()}, Qt {qVersion()} ({QGuiApplication.platformName()})"
    yield platform.platform()
    for screen in QGuiApplication.screens():
        size = screen.size()
        yield f"Screen {size.width()} × {size.height()} at {screen.devicePixelRatio():g}"


def _settings(record: PreferencesRecord) -> Iterator[str]:
    yield "\nSettings"
    values = record.to_json()
    for name in SETTINGS:
        yield f"{name}: {json.dumps(values[name], ensure_ascii=False)}"


def _past(logs: Logs) -> list[str]:
    """What has to be read from disk."""
    past = ["\nLibraries", *(f"{name} {_version(name)}" for name in LIBRARIES)]
    if crash := logs.last_crash():
        past += ["\nLast crash", crash]
    return [*past, "\nLog", logs.tail()]


def _version(name: str) -> str:
    try:
        return version(name)
    except PackageNotFoundError:
        return "not installed"


def _without_home(text: str) -> str:
    """Paths below the home folder name who it belongs to."""
    home = os.path.expanduser("~")
    if len(home) < 2:  # the root of all, or none
        return text
    return text.replace(home, "~").replace(json.dumps(home)[1:-1], "~")
