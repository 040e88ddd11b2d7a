"""The program's log: what happened, for whoever has to mend it, and nothing that is secret."""

import faulthandler
import logging
import os
import re
from contextlib import suppress
from pathlib import Path
from time import gmtime

from app import __version__
from app.model.errors import StorageError
from app.model.redaction import REDACTION, Redaction
from app.storage.files.writing import PRIVATE
from app.storage.log_file import LogFile

_LONGEST = 8_000
"""Characters of one entry: a traceback fits, a picture does not."""

_HIDDEN = r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069]"
"""What moves or hides text where it is shown."""

_CHATTY = ("httpx", "httpcore")
"""They tell whole addresses, with what signs them, to whoever listens."""


class Logs:
    """Sets up logging for this process, window or command, and takes it down again.

    Entries go to `folder/maskwright.log`. As long as the window is open `folder/crash.txt` says
    so, and a crash that Python cannot tell of any more leaves its traces there; a good end empties
    it. What the next start finds in it becomes `crash-last.txt`: so an end that was none is told of
    once, even where a kill or a power cut left no traces.
    """

    def __init__(self, folder: Path, redaction: Redaction = REDACTION) -> None:
        self._redaction = redaction
        self._folder = folder
        self.path = folder / "maskwright.log"
        self._file = LogFile(self.path)
        self._file.setFormatter(Lines(redaction))
        self._crashes: int | None = None
        self.has_found_crash = False

    def start(self) -> None:
        """Write entries from now on. Raises nothing: a log is no reason not to start."""
        logging.getLogger().addHandler(self._file)
        logging.getLogger("app").setLevel(logging.INFO)
        for name in _CHATTY:
            logging.getLogger(name).setLevel(logging.WARNING)

    def watch_for_crashes(self) -> None:
        """Let an end that is none leave its traces; `has_found_crash` if the last one did."""
        with suppress(OSError, StorageError):
            path = self._file.own_folder() / "crash.txt"
            if path.exists() and path.stat().st_size:
                path.replace(self._last_crash)
                self.has_found_crash = True
            flags = os.O_CREAT | os.O_TRUNC | os.O_APPEND | os.O_WRONLY
            self._crashes = os.open(path, flags, PRIVATE)
            os.write(self._crashes, f"Maskwright {__version__} was running.\n".encode("ascii"))
            faulthandler.enable(self._crashes)

    def expect_end(self) -> None:
        """All is in order, and the system may end the program any time now: that is no crash."""
        if self._crashes is not None:
            with suppress(OSError):
                os.ftruncate(self._crashes, 0)

    def tail(self, most: int = 200) -> str:
        """The last lines of the log."""
        return "\n".join(self._file.tail(most))

    def last_crash(self) -> str:
        """The last end that was none: when it was last written to, and its traces, if any.

        Empty when there was none.
        """
        from datetime import UTC, datetime  # which no start needs before the first paint

        try:
            when = datetime.fromtimestamp(self._last_crash.stat().st_mtime, UTC)
            traces = self._last_crash.read_text("utf-8", "replace")
        except OSError:
            return ""
        return self._redaction(f"{when:%Y-%m-%dT%H:%M:%SZ}\n{traces}")

    def close(self) -> None:
        """Write no more."""
        logging.getLogger().removeHandler(self._file)
        self._file.close()
        if self._crashes is not None:
            faulthandler.disable()
            os.close(self._crashes)
            self._crashes = None

    @property
    def _last_crash(self) -> Path:
        return self._folder / "crash-last.txt"


class Lines(logging.Formatter):
    """Time, level, logger and message; a traceback follows indented, without any values.

    The whole text goes through the redaction, as secrets come in messages of errors as well.
    """

    converter = staticmethod(gmtime)

    def __init__(self, redaction: Redaction) -> None:
        super().__init__("{asctime}Z {levelname} {name}: {message}", "%Y-%m-%dT%H:%M:%S", "{")
        self._redaction = redaction

    def format(self, record: logging.LogRecord) -> str:
        kept, record.exc_text = record.exc_text, None  # others' formatters leave theirs there
        text = super().format(record)
        record.exc_text = kept
        text = re.sub(_HIDDEN, "·", self._redaction(text))[:_LONGEST]
        return text.replace("\n", "\n    ")
