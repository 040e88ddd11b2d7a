"""Memory that the program makes and hands over to a reader, so that both see it.

Its size is what the program has agreed to. On Linux the reader can neither shrink nor grow it: a
glance at memory that is gone would end the program.
"""

from __future__ import annotations

import mmap
import os
import secrets
import socket
import sys
from typing import TYPE_CHECKING, Any

if sys.platform == "linux":
    import fcntl

    _SEALS = fcntl.F_SEAL_SHRINK | fcntl.F_SEAL_GROW | fcntl.F_SEAL_SEAL

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence


class Giver:
    """The program's side, for one process, which is started with its `words` and `descriptors`."""

    def __init__(self) -> None:
        self.words: tuple[str, ...] = ()
        self.descriptors: tuple[int, ...] = ()
        if sys.platform != "win32":
            self._ours, self._theirs = socket.socketpair()
            self.descriptors = (self._theirs.fileno(),)
            self.words = (str(self._theirs.fileno()),)

    def started(self) -> None:
        """The process has its own hold on what it was started with."""
        if sys.platform != "win32":
            self._theirs.close()

    def give(self, size: int) -> tuple[mmap.mmap, dict[str, Any]]:
        """So many zeros, which cannot be written here, and what their taker is to be told."""
        if sys.platform == "win32":
            name = f"maskwright-{secrets.token_hex(16)}"
            return mmap.mmap(-1, size, tagname=name), {"name": name}
        descriptor = _memory_file(size)
        try:
            socket.send_fds(self._ours, [b"\0"], [descriptor])
            return mmap.mmap(descriptor, size, prot=mmap.PROT_READ), {}
        finally:
            os.close(descriptor)  # the mapping has one of its own

    def close(self) -> None:
        """Nothing more is given."""
        if sys.platform != "win32":
            self._theirs.close()
            self._ours.close()


class Taker:
    """The reader's side, made of the words that it was started with."""

    def __init__(self, words: Sequence[str]) -> None:
        self._door = socket.socket(fileno=int(words[0])) if words else None

    def take(self, told: Mapping[str, Any], size: int) -> mmap.mmap:
        """What was given last, to be written."""
        if sys.platform == "win32":
            return mmap.mmap(-1, size, tagname=told["name"])
        assert self._door
        _, (descriptor,), _, _ = socket.recv_fds(self._door, 1, 1)
        try:
            return mmap.mmap(descriptor, size)
        finally:
            os.close(descriptor)


def _memory_file(size: int) -> int:
    """The descriptor of so many zeros that lie in no folder."""
    if sys.platform != "linux":
        import tempfile

        with tempfile.TemporaryFile() as file:
            file.truncate(size)
            return os.dup(file.fileno())
    descriptor = os.memfd_create("picture", os.MFD_CLOEXEC | os.MFD_ALLOW_SEALING)
    os.ftruncate(descriptor, size)
    fcntl.fcntl(descriptor, fcntl.F_ADD_SEALS, _SEALS)
    return descriptor
