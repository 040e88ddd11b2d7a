"""A command with its log: what nobody foresaw ends in there, not on the terminal."""

import logging
from collections.abc import Callable

from app.headless.telling import STOPPED, say
from app.model.errors import StorageError
from app.storage.folders import Folders
from app.storage.logs import Logs

BROKEN = 70
"""The exit code for an error inside the program."""

log = logging.getLogger(__name__)


def logged(command: Callable[[], int]) -> int:
    """Run `command`; its exit code, `STOPPED` after Ctrl+C, or `BROKEN`.

    A traceback on the terminal would tell nobody what to do, and might tell a key.
    """
    try:
        logs = Logs(Folders.standard().log)
    except StorageError:
        return command()  # which says so if it needs a folder at all
    logs.start()
    try:
        return command()
    except KeyboardInterrupt:
        return STOPPED
    except Exception:
        log.exception("unexpected")
        say("maskwright: something went wrong inside the program; results on disk are kept")
        say(f"maskwright: {logs.path} tells more; please report it")
        return BROKEN
    finally:
        logs.close()
