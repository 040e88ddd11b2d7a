"""One process beside the program: started by name, talked to in frames, ended for certain."""

import os
import subprocess
import sys
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

import app
from app.worker import frames
from app.worker.frames import MAX_PARTS, Frame

_KEPT = frozenset({
    "PATH", "HOME", "LANG", "LC_ALL", "LC_CTYPE", "TMPDIR", "TEMP", "TMP",
    "SYSTEMROOT", "WINDIR", "LD_LIBRARY_PATH", "DYLD_LIBRARY_PATH", "OMP_NUM_THREADS",
    "PYTHONHOME", "PYTHONPATH", "PYTHONDONTWRITEBYTECODE", "PYTHONPYCACHEPREFIX",
    "MASKWRIGHT_PURE",
})  # fmt: skip
"""What a system, a language and an interpreter need, and nothing that could be a secret."""


def command(module: str, *arguments: str) -> Sequence[str]:
    """Run `module` with this interpreter; `-P` keeps the current folder out of it."""
    return (sys.executable, "-P", "-m", module, *arguments)


class Process:
    """A running process. It is started anew, not forked: nothing open or known comes along.

    No key reaches it: of the environment it gets only what is named here. It ends when its stdin
    does, and so with the program, however that ends.
    """

    def __init__(
        self, words: Sequence[str], *, windows_flags: int = 0, pass_fds: Sequence[int] = ()
    ) -> None:
        flags = windows_flags
        if sys.platform == "win32":
            flags |= subprocess.CREATE_NO_WINDOW
        self._popen = subprocess.Popen(
            words,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            # A program that no terminal started may have none to share.
            stderr=None if sys.stderr else subprocess.DEVNULL,
            env=_environment(),
            creationflags=flags,
            pass_fds=pass_fds,
        )

    @property
    def pid(self) -> int:
        return self._popen.pid

    @property
    def is_alive(self) -> bool:
        return self._popen.poll() is None

    def write(self, frame: Frame) -> None:
        """Send a frame; raises `OSError` when the process is gone."""
        assert self._popen.stdin
        frames.write(self._popen.stdin, frame)

    def read(self, most: int = MAX_PARTS) -> Frame:
        """The next frame that it sends, of parts of `most` bytes in all.

        Raises `EOFError`, `OSError` or `BrokenFrame`.
        """
        assert self._popen.stdout
        return frames.read(self._popen.stdout, most)

    def kill(self) -> None:
        """Make it end at once; whoever reads from it finds the end of its stream."""
        self._popen.kill()

    def end(self) -> None:
        """Kill it, wait until it is gone and leave nothing open."""
        self.kill()
        assert self._popen.stdin
        assert self._popen.stdout
        with suppress(OSError):  # what it did not read can no longer be flushed
            self._popen.stdin.close()
        self._popen.stdout.close()
        self._popen.wait()


def _environment() -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if name.upper() in _KEPT}
    roots = [str(Path(app.__file__).parent.parent), kept.get("PYTHONPATH", "")]
    path = os.pathsep.join(filter(None, roots))
    # One thread each for numpy: no linear algebra is done, and threads cost memory.
    return {**kept, "PYTHONPATH": path, "OPENBLAS_NUM_THREADS": "1", "PYTHONUTF8": "1"}
