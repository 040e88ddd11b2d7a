"""Who may know whom. Each rule is a sentence, and imports for types alone count too."""

import ast
import subprocess
import sys
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
APP = ROOT / "app"

# Each room and the rooms that it may import from, besides itself.
ROOMS: dict[str, set[str]] = {
    "contract": set(),
    "model": {"contract"},
    "worker": set(),
    "jobs": {"model", "contract"},
    "api": {"model", "contract"},
    "engine": {"worker", "model", "contract"},
    "storage": {"worker", "model", "contract"},
    "session": {"jobs", "model", "contract"},
    "look": {"resources"},
    "canvas": {"session", "jobs", "model", "contract", "look", "resources"},
    "panels": {"session", "jobs", "model", "contract", "look", "resources"},
    "shell": {"panels", "canvas", "session", "jobs", "model", "contract", "look", "resources"},
    "resources": set(),
    "eventloop": set(),
    "garbage": set(),
    "leaving": set(),
}
# The outside of the house: what starts the program may know every room.
ENTRANCES = {
    *("__main__", "access", "accounts", "bootstrap", "cli", "equipment", "failures", "frame"),
    *("furnishing", "headless", "parts", "program", "report", "state", "warming"),
}
WINDOWED = {"look", "canvas", "panels", "shell"}

# Each library and the rooms that may import it; the entrances may only where they are named.
LIBRARIES: dict[str, set[str]] = {
    "PySide6": {
        "session",
        *WINDOWED,
        "eventloop",
        "garbage",
        "bootstrap",
        "frame",
        "program",
        "report",
    },
    "shiboken6": {"session", *WINDOWED},
    "PySide6.QtWidgets": {*WINDOWED, "bootstrap", "frame"},
    "qasync": {"eventloop"},
    "httpx": {"api"},
    "truststore": {"api"},
    "pybase64": {"api", "engine"},
    "starlette": {"engine"},
    "uvicorn": {"engine"},
    "patchmatch": {"engine"},
    "keyring": {"storage"},
    "platformdirs": {"storage"},
    "asyncio": {"jobs", "api", "engine", "storage", "session", "eventloop", *ENTRANCES},
}

# What the first paint needs. The frames inside the panels' own folders are named one by one,
# because what fills them comes later and may be heavy.
FIRST_PAINT_ROOMS = ("look", "shell")
FIRST_PAINT_FRAMES = (
    "app.frame",
    "app.panels.parameters.side_panel",
    "app.panels.results.strip",
)
HEAVY = ("numpy", "PIL", "pydantic", "asyncio", "httpx")

# What may name a decoder. It runs in worker processes, but for what reads the program's own masks.
DECODING = {
    *("app.engine.pictures", "app.model.encode", "app.storage.autosave.reading"),
    *(f"app.storage.pictures.{name}" for name in ("avif", "decoders", "decoding", "lending")),
    "app.storage.pictures.reduced",
    *(f"app.storage.project.{name}" for name in ("members", "stack")),
}
DECODERS = {"Image.open", "expat.ParserCreate", "QImageReader", "QMovie", "QPictureIO"}
QT_DECODES = {"fromData", "loadFromData"}


def modules(room: str) -> Iterator[tuple[str, Path]]:
    """Name and file of every module of a room, be it a folder or a single file."""
    folder = APP / room
    files = sorted(folder.rglob("*.py")) if folder.is_dir() else [APP / f"{room}.py"]
    for file in files:
        if file.exists():
            parts = file.relative_to(ROOT).with_suffix("").parts
            yield ".".join(parts[:-1] if parts[-1] == "__init__" else parts), file


def imports(name: str, file: Path) -> Iterator[str]:
    """The absolute name of everything that a module imports, wherever in it that stands."""
    parts = name.split(".")
    package = parts if file.name == "__init__.py" else parts[:-1]
    for node in ast.walk(ast.parse(file.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            above = package[: len(package) + 1 - node.level] if node.level else []
            origin = ".".join([*above, *([node.module] if node.module else [])])
            yield from (f"{origin}.{alias.name}" for alias in node.names)


def is_in(name: str, package: str) -> bool:
    """Whether the imported `name` is `package` or lies in it."""
    return f"{name}.".startswith(f"{package}.")


def knows(room: str, package: str) -> list[str]:
    """The places in a room that import from `package`, in words."""
    return [
        f"{name} imports {target}"
        for name, file in modules(room)
        for target in imports(name, file)
        if is_in(target, package)
    ]


def sentence(room: str) -> str:
    allowed = ", ".join(sorted(ROOMS[room])) or "no other room"
    return f"{room} knows {allowed}"


@pytest.mark.parametrize("room", [pytest.param(room, id=sentence(room)) for room in ROOMS])
def test_a_room_knows_only_the_rooms_below(room: str) -> None:
    unknown = ROOMS.keys() | ENTRANCES
    unknown -= {room, *ROOMS[room]}
    assert [line for other in sorted(unknown) for line in knows(room, f"app.{other}")] == []


@pytest.mark.parametrize("library", LIBRARIES)
def test_a_library_stays_in_its_rooms(library: str) -> None:
    elsewhere = (ROOMS.keys() | ENTRANCES) - LIBRARIES[library]
    assert [line for room in sorted(elsewhere) for line in knows(room, library)] == []


def test_only_the_ways_in_know_the_bootstrap() -> None:
    inside = ROOMS.keys() | {"bootstrap"}
    others = [line for room in inside for line in knows(room, "app.bootstrap")]
    assert [line for line in others if not line.startswith("app.bootstrap")] == []


def decoders(name: str, file: Path) -> Iterator[str]:
    """What a module names that makes something of bytes, which might be anyone's."""
    yield from (target for target in imports(name, file) if "ImagePlugin" in target)
    for node in ast.walk(ast.parse(file.read_text("utf-8"))):
        if isinstance(node, ast.Name | ast.Attribute):
            named = ast.unparse(node)
            if named in DECODERS or named.rpartition(".")[2] in QT_DECODES:
                yield named
        elif isinstance(node, ast.Call) and ast.unparse(node.func) in {"QImage", "QPixmap"}:
            given = "".join(map(ast.unparse, node.args[:1]))
            if given.startswith(("str(", "'")) and "resources.path(" not in given:
                yield f"{ast.unparse(node.func)}({given})"


def test_bytes_are_decoded_in_worker_processes_alone() -> None:
    everything = [module for room in (*ROOMS, *ENTRANCES) for module in modules(room)]
    found = {name: set(decoders(name, file)) for name, file in everything}
    assert {name: named for name, named in found.items() if named and name not in DECODING} == {}
    assert {name for name in DECODING if not found[name]} == set()


def test_every_room_has_its_rule() -> None:
    found = {
        path.stem
        for path in APP.iterdir()
        if path.suffix == ".py" or (path.is_dir() and any(path.glob("*.py")))
    }
    assert found - {"__init__"} <= ROOMS.keys() | ENTRANCES


def test_imports_for_types_alone_count(tmp_path: Path) -> None:
    file = tmp_path / "brush.py"
    file.write_text(
        "from typing import TYPE_CHECKING\n"
        "if TYPE_CHECKING:\n    from app.shell import main_window\n"
        "def late():\n    import httpx\n    from ..look import theme\n    from . import ring\n"
    )
    assert [*imports("app.canvas.brush", file)] == [
        "typing.TYPE_CHECKING",
        "app.shell.main_window",
        "httpx",
        "app.look.theme",
        "app.canvas.ring",
    ]


def first_paint() -> list[str]:
    """The modules that are read before the artist sees anything."""
    rooms = [name for room in FIRST_PAINT_ROOMS for name, _ in modules(room)]
    panels = [name for name, file in modules("panels") if file.parent == APP / "panels"]
    return [*rooms, *panels, *(name for name in FIRST_PAINT_FRAMES if is_there(name))]


def is_there(module: str) -> bool:
    try:
        return find_spec(module) is not None
    except ModuleNotFoundError:
        return False


def test_nothing_heavy_is_read_before_the_first_paint() -> None:
    program = f"""
import importlib, sys
for name in {first_paint()!r}:
    before = set(sys.modules)
    importlib.import_module(name)
    for heavy in sorted({set(HEAVY)!r} & (sys.modules.keys() - before)):
        print(name, "reads", heavy)
"""
    answer = subprocess.run(
        [sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert (answer.stdout, answer.stderr, answer.returncode) == ("", "", 0)
