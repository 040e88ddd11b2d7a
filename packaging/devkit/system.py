"""What Qt needs of the system, found by asking the loader, and put there with apt."""

import ctypes
import os
import shutil
import sys
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

from devkit.failure import SetupFailed
from devkit.progress import say, watched

DPKG = Path("/var/lib/dpkg/info")


@dataclass(frozen=True, slots=True)
class Need:
    """A Debian package, and the library in it that must load; without one, dpkg is asked."""

    package: str
    library: str = ""

    @property
    def is_met(self) -> bool:
        if self.library:
            return loads(self.library)
        return any(DPKG.glob(f"{self.package}.list")) or any(DPKG.glob(f"{self.package}:*.list"))


QT = (
    Need("libglib2.0-0", "libgthread-2.0.so.0"),
    Need("libgl1", "libGL.so.1"),
    Need("libegl1", "libEGL.so.1"),
    Need("libxkbcommon0", "libxkbcommon.so.0"),
    Need("libfontconfig1", "libfontconfig.so.1"),
    Need("libfreetype6", "libfreetype.so.6"),
    Need("libdbus-1-3", "libdbus-1.so.3"),
)
X11 = (
    Need("libx11-xcb1", "libX11-xcb.so.1"),
    Need("libxcb-cursor0", "libxcb-cursor.so.0"),
    Need("libxcb-icccm4", "libxcb-icccm.so.4"),
    Need("libxcb-image0", "libxcb-image.so.0"),
    Need("libxcb-keysyms1", "libxcb-keysyms.so.1"),
    Need("libxcb-randr0", "libxcb-randr.so.0"),
    Need("libxcb-render-util0", "libxcb-render-util.so.0"),
    Need("libxcb-render0", "libxcb-render.so.0"),
    Need("libxcb-shape0", "libxcb-shape.so.0"),
    Need("libxcb-shm0", "libxcb-shm.so.0"),
    Need("libxcb-sync1", "libxcb-sync.so.1"),
    Need("libxcb-util1", "libxcb-util.so.1"),
    Need("libxcb-xfixes0", "libxcb-xfixes.so.0"),
    Need("libxcb-xkb1", "libxcb-xkb.so.1"),
    Need("libxkbcommon-x11-0", "libxkbcommon-x11.so.0"),
)
REQUIRED = QT + X11
# The program runs without these, less well: on Wayland, and with the letters it was drawn with.
WELCOME = (
    Need("libwayland-cursor0", "libwayland-cursor.so.0"),
    Need("fonts-inter"),
    Need("fonts-dejavu-core"),
)
SCREENLESS_X = "xvfb"


def loads(library: str) -> bool:
    """Whether the system's loader finds `library`: what will happen when Qt starts."""
    try:
        ctypes.CDLL(library)
    except OSError:
        return False
    return True


def venv_package() -> str | None:
    """The package that lets this Python make a venv, if it cannot: Debian splits it off."""
    if find_spec("ensurepip") and find_spec("venv"):
        return None
    return f"python{sys.version_info.major}.{sys.version_info.minor}-venv"


def provide() -> None:
    """See to it that a venv can be made and that Qt will start; raises SetupFailed."""
    if not sys.platform.startswith("linux"):
        return
    missing = [need.package for need in REQUIRED if not need.is_met]
    if venv := venv_package():
        missing.insert(0, venv)
    if not shutil.which("apt-get"):
        if missing:
            raise SetupFailed(_in_words(missing))
        return
    welcome = [need.package for need in WELCOME if not need.is_met]
    if _is_root():
        install([*missing, *welcome])
    elif missing:
        raise SetupFailed(
            "These system packages are missing. Please type this, then start again:\n"
            f"    {apt_line([*missing, *welcome])}"
        )
    elif welcome:
        say(f"It looks better with a few packages more:\n    {apt_line(welcome)}")


def provide_screenless_x() -> bool:
    """Whether Xvfb is here, after installing it where that can be done."""
    if shutil.which("Xvfb"):
        return True
    if not (sys.platform.startswith("linux") and shutil.which("apt-get") and _is_root()):
        return False
    install([SCREENLESS_X])
    return True


def apt_line(packages: list[str]) -> str:
    """What a person types to get `packages`."""
    names = " ".join(packages)
    return f"sudo apt-get update && sudo apt-get install -y --no-install-recommends {names}"


def install(packages: list[str]) -> None:
    """Install with apt, as root; nothing happens for an empty list."""
    if not packages:
        return
    say(f"Installing system packages: {' '.join(packages)}")
    quiet = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    watched(["apt-get", "update"], lambda line: None, quiet)
    watched(["apt-get", "install", "-y", "--no-install-recommends", *packages], _apt_news, quiet)


def _apt_news(line: str) -> str | None:
    if line.startswith(("Need to get ", "Fetched ")):
        return line
    return None


def _is_root() -> bool:
    return hasattr(os, "geteuid") and os.geteuid() == 0


def _in_words(missing: list[str]) -> str:
    return (
        "Qt needs libraries that are not here. Please install what your distribution calls "
        f"these Debian packages, then start again:\n    {' '.join(missing)}"
    )
