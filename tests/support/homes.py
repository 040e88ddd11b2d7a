"""Programs that have another home than the person who runs them."""

import os
from pathlib import Path

NAMES = ("HOME", "XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_CACHE_HOME", "XDG_STATE_HOME")


def at_home(folder: Path | str, **more: str) -> dict[str, str]:
    """The environment of a program that has its home in `folder`."""
    return {**os.environ, **dict.fromkeys(NAMES, str(folder)), **more}
