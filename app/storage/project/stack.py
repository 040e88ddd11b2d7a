"""`stack.xml`, the list of layers: what we write, and what is understood of others'.

It is read by expat alone: whatever declares a document type, and with it entities, is refused.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING
from xml.parsers import expat

from app.model.geometry import Size
from app.storage.project.archive import Unsafe

if TYPE_CHECKING:
    from collections.abc import Mapping

MAX_LAYERS = 512
MAX_DEPTH = 64
MAX_SIDE = 1 << 20
NORMAL = "svg:src-over"

_TEXT = """\
<?xml version="1.0" encoding="UTF-8"?>
<image version="0.0.3" w="{width}" h="{height}" xres="72" yres="72">
 <stack>
  <layer name="Mask" src="{mask}" x="0" y="0" opacity="{opacity}" visibility="visible" \
composite-op="svg:src-over"/>
  <layer name="Picture" src="{picture}" x="0" y="0" opacity="1.0" visibility="visible" \
composite-op="svg:src-over"/>
 </stack>
</image>
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Layer:
    """A layer, or the group that it is in, as far as both can be told as one."""

    name: str = ""
    src: str = ""
    x: int = 0
    y: int = 0
    opacity: float = 1.0
    is_visible: bool = True
    blending: str = NORMAL

    @property
    def is_mask(self) -> bool:
        """Whether it bears the name that we, and other programs, give to masks."""
        return self.name.strip().casefold() == "mask"


@dataclass(frozen=True, slots=True)
class Stack:
    """The size of all, and the layers, the topmost first."""

    size: Size
    layers: tuple[Layer, ...]


def stack_of_two(size: Size, *, picture: str, mask: str, opacity: float) -> bytes:
    """The text for a mask over a picture, by the names of their members."""
    text = _TEXT.format(
        width=size.width,
        height=size.height,
        mask=mask,
        picture=picture,
        opacity=opacity,
    )
    return text.encode()


def read_stack(data: bytes) -> Stack:
    """What `data` says; `Unsafe` when it is no such list."""
    reader = _Reader()
    try:
        reader.parse(data)
    except (expat.ExpatError, ValueError, LookupError) as error:
        raise Unsafe(f"stack.xml: {error}") from error
    return Stack(reader.size, tuple(reader.layers))


class _Reader:
    """Takes in layers as they come; groups only pass on what they do to those inside."""

    def __init__(self) -> None:
        self.size = Size(0, 0)
        self.layers: list[Layer] = []
        self._groups = [Layer()]
        self._parser = expat.ParserCreate()
        self._parser.StartDoctypeDeclHandler = self._refuse
        self._parser.EntityDeclHandler = self._refuse
        self._parser.StartElementHandler = self._begin
        self._parser.EndElementHandler = self._end

    def parse(self, data: bytes) -> None:
        self._parser.Parse(data, True)
        if not self.size.area:
            raise Unsafe("stack.xml: no size")

    def _refuse(self, *_: object) -> None:
        raise Unsafe("stack.xml declares entities")

    def _begin(self, tag: str, given: Mapping[str, str]) -> None:
        if tag == "image":
            self.size = Size(_whole(given["w"], 1), _whole(given["h"], 1))
        elif tag == "stack":
            self._groups.append(_layer(given, self._groups[-1]))
        elif tag == "layer":
            self.layers.append(_layer(given, self._groups[-1]))
        if len(self._groups) > MAX_DEPTH or len(self.layers) > MAX_LAYERS:
            raise Unsafe("stack.xml: too many layers")

    def _end(self, tag: str) -> None:
        if tag == "stack":
            self._groups.pop()


def _layer(given: Mapping[str, str], group: Layer) -> Layer:
    opacity = float(given.get("opacity", 1.0))
    if not math.isfinite(opacity):
        raise ValueError("opacity")
    return Layer(
        name=given.get("name", ""),
        src=given.get("src", ""),
        x=group.x + _whole(given.get("x", "0")),
        y=group.y + _whole(given.get("y", "0")),
        opacity=group.opacity * min(max(opacity, 0.0), 1.0),
        is_visible=group.is_visible and given.get("visibility", "visible") == "visible",
        blending=given.get("composite-op", NORMAL),
    )


def _whole(text: str, least: int = -MAX_SIDE) -> int:
    number = int(text)
    if not least <= number <= MAX_SIDE:
        raise ValueError(text)
    return number
