"""The bytecode of what is compiled while the program runs, kept as Python keeps its modules'."""

from __future__ import annotations

import builtins
import marshal
import os
import sys
from contextlib import contextmanager, suppress
from importlib.util import MAGIC_NUMBER, cache_from_source, source_hash
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator
    from types import CodeType

    Compiled = dict[tuple[str, bytes], CodeType]
    """By the name of a file, and what tells its source from any other."""


@contextmanager
def compiled_once(name: str) -> Iterator[None]:
    """Compile no module in this block that was compiled before in a block of that `name`.

    It is for libraries that carry modules as source within them. The bytecode lies in our
    `__pycache__`; where nothing can be kept there, nothing is lost but time.
    """
    path = Path(cache_from_source(str(Path(__file__).with_name(f"{name}.py")))).with_suffix(".code")
    known, used = _load(path), {}
    plain = builtins.compile

    def look_up(source: Any, file: Any, mode: str, *more: Any, **facts: Any) -> Any:
        if mode != "exec" or more or facts or not isinstance(source, bytes):
            return plain(source, file, mode, *more, **facts)
        key = file, source_hash(source)
        used[key] = known[key] if key in known else plain(source, file, mode)
        return used[key]

    builtins.compile = look_up  # type: ignore[assignment]  # of which `compile` has three kinds
    try:
        yield
    finally:
        builtins.compile = plain
    if not used.keys() <= known.keys() and not sys.dont_write_bytecode:
        _save(path, used)


def _load(path: Path) -> Compiled:
    """What is kept at `path`; nothing if that is of another Python, or damaged."""
    with suppress(OSError, EOFError, ValueError, TypeError):
        data = path.read_bytes()
        if data.startswith(MAGIC_NUMBER):
            kept: Compiled = marshal.loads(data[len(MAGIC_NUMBER) :])
            return kept
    return {}


def _save(path: Path, compiled: Compiled) -> None:
    """Another start at the same time sees what was there, or all of it."""
    beside = path.with_suffix(f".{os.getpid()}")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        beside.write_bytes(MAGIC_NUMBER + marshal.dumps(compiled))
        beside.replace(path)
    except OSError:
        with suppress(OSError):
            beside.unlink()
