"""A journal of its own for each test."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from app.storage.jobs.journal import SqliteJournal
from tests.support.pictures import load_bytes


@pytest.fixture
def journal(tmp_path: Path) -> Iterator[SqliteJournal]:
    opened = SqliteJournal(tmp_path, load_bytes)
    yield opened
    opened.close()
