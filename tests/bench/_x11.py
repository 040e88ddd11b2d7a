"""An X server asked and told directly: pointer and keys by XTEST, pixels as they are on screen."""

from __future__ import annotations

import ctypes
from ctypes import POINTER, byref, c_char_p, c_int, c_uint, c_ulong, c_void_p
from ctypes.util import find_library

import numpy as np
from numpy.typing import NDArray

Pixels = NDArray[np.uint32]

ALL_PLANES = c_ulong(0xFFFFFFFF)
ZPIXMAP = 2
REVERT_TO_PARENT = 2


class _Image(ctypes.Structure):
    """The beginning of XImage."""

    _fields_ = (
        ("width", c_int),
        ("height", c_int),
        ("xoffset", c_int),
        ("format", c_int),
        ("data", c_void_p),
        ("byte_order", c_int),
        ("bitmap_unit", c_int),
        ("bitmap_bit_order", c_int),
        ("bitmap_pad", c_int),
        ("depth", c_int),
        ("bytes_per_line", c_int),
    )


class Screen:
    """The screen of an X display, of 24 bits a pixel."""

    def __init__(self, display: str) -> None:
        self._x, self._test = _library("X11", "libx11-6"), _library("Xtst", "libxtst6")
        self._x.XOpenDisplay.restype = c_void_p
        self._x.XDefaultRootWindow.restype = c_ulong
        self._x.XStringToKeysym.restype = c_ulong
        self._x.XGetImage.restype = POINTER(_Image)
        self._display = c_void_p(self._x.XOpenDisplay(c_char_p(display.encode())))
        if not self._display:
            raise SystemExit(f"The display {display} cannot be opened.")
        self._root = c_ulong(self._x.XDefaultRootWindow(self._display))
        self.width = int(self._x.XDisplayWidth(self._display, 0))
        self.height = int(self._x.XDisplayHeight(self._display, 0))

    def move(self, x: float, y: float) -> None:
        self._test.XTestFakeMotionEvent(self._display, 0, int(x), int(y), c_ulong(0))
        self._x.XFlush(self._display)

    def press(self, button: int = 1) -> None:
        self._button(button, 1)

    def release(self, button: int = 1) -> None:
        self._button(button, 0)

    def type(self, *names: str) -> None:
        """Press keys together, the last one last, and let go of them."""
        codes = [self._code(name) for name in names]
        for is_down, keys in ((1, codes), (0, codes[::-1])):
            for code in keys:
                self._test.XTestFakeKeyEvent(self._display, code, is_down, c_ulong(0))
        self._x.XFlush(self._display)

    def pixels(self, x: int, y: int, width: int = 1, height: int = 1) -> Pixels:
        """What is on the screen there, as 0xRRGGBB."""
        place = (c_int(x), c_int(y), c_uint(width), c_uint(height))
        image = self._x.XGetImage(self._display, self._root, *place, ALL_PLANES, c_int(ZPIXMAP))
        inside = image.contents
        data = ctypes.string_at(inside.data, inside.bytes_per_line * height)
        self._x.XDestroyImage(image)
        rows = np.frombuffer(data, np.uint32).reshape(height, inside.bytes_per_line // 4)
        return rows[:, :width] & 0xFFFFFF

    def focus(self) -> None:
        """Have the topmost window get the keys, as a window manager would."""
        root, parent, count = c_ulong(), c_ulong(), c_uint()
        windows = POINTER(c_ulong)()
        found = byref(root), byref(parent), byref(windows), byref(count)
        self._x.XQueryTree(self._display, self._root, *found)
        if count.value:
            window = c_ulong(windows[self._largest(windows, count.value)])
            self._x.XSetInputFocus(self._display, window, REVERT_TO_PARENT, c_ulong(0))
            self._x.XFree(windows)
        self._x.XSync(self._display, 0)

    def close(self) -> None:
        self._x.XCloseDisplay(self._display)

    def _largest(self, windows: ctypes._Pointer[c_ulong], count: int) -> int:
        areas = []
        for window in windows[:count]:
            root, x, y, border, depth = c_ulong(), c_int(), c_int(), c_uint(), c_uint()
            width, height = c_uint(), c_uint()
            told = (byref(each) for each in (root, x, y, width, height, border, depth))
            self._x.XGetGeometry(self._display, c_ulong(window), *told)
            areas.append(width.value * height.value)
        return areas.index(max(areas))

    def _button(self, button: int, is_down: int) -> None:
        self._test.XTestFakeButtonEvent(self._display, button, is_down, c_ulong(0))
        self._x.XFlush(self._display)

    def _code(self, name: str) -> int:
        keysym = c_ulong(self._x.XStringToKeysym(c_char_p(name.encode())))
        return int(self._x.XKeysymToKeycode(self._display, keysym))


def _library(name: str, package: str) -> ctypes.CDLL:
    path = find_library(name)
    if path is None:
        raise SystemExit(f"lib{name} is missing; on Debian: sudo apt-get install {package}")
    return ctypes.CDLL(path)
