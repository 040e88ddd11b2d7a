"""What the lists of kept masks say of each."""

from datetime import datetime
from pathlib import Path

from app.model.autosave import Autosaved, Source
from app.model.geometry import Size
from app.shell.recovery.wording import facts_of


def test_room_is_told_as_in_the_preferences(qapp):
    when = datetime(2026, 3, 14).astimezone()
    kept = Autosaved(Path("/autosave/lake"), Source("lake"), Size(60, 40), when, nbytes=2_600_000)
    assert facts_of(kept).endswith("· 2.6 MB")
