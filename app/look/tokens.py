"""The table of colours: one name for each job a colour has, in a dark and a light set."""

from typing import NamedTuple


class Tokens(NamedTuple):
    """Colours as `#RRGGBB`, or `#AARRGGBB` for those that lie on the picture (`chip`, `mask`)."""

    canvas: str
    """Around the picture, and nothing else on it."""
    chrome: str
    """Menu, bars, panel, strip, status line."""
    raised: str
    """Plain buttons, tooltips, menus."""
    row: str
    """Entries of a list in a panel."""
    field: str
    """Editors."""
    well: str
    """Placeholders of pictures."""
    hover: str
    press: str
    line: str
    """Dividers."""
    edge: str
    """The frame of fields and buttons."""
    text: str
    sub: str
    """Labels, and icons at rest."""
    hint: str
    """Units, counters, captions; never on `raised`."""
    off: str
    """Disabled."""
    fill: str
    """The primary button, checked boxes, selections."""
    fill_hover: str
    fill_press: str
    on_fill: str
    """Text and icons on the three fills."""
    accent: str
    """Value bars, focus, links, the selected frame, dots."""
    check: str
    """The ground of a checked tool or segment."""
    track: str
    knob: str
    knob_edge: str
    """Equal to `knob` where the knob needs no frame."""
    warn: str
    warn_ground: str
    error: str
    error_ground: str
    ok: str
    chip: str
    """The ground of labels that lie on the picture; their text is white."""
    mask: str
    """The mask as it is shown; display only."""


DARK = Tokens(
    canvas="#1C1C1C",
    chrome="#2A2A2A",
    raised="#363636",
    row="#363636",
    field="#202020",
    well="#1C1C1C",
    hover="#3F3F3F",
    press="#242424",
    line="#3B3B3B",
    edge="#4D4D4D",
    text="#E6E6E6",
    sub="#B0B0B0",
    hint="#969696",
    off="#6E6E6E",
    fill="#2C6CAE",
    fill_hover="#3376BB",
    fill_press="#265E98",
    on_fill="#FFFFFF",
    accent="#74B3EF",
    check="#304358",
    track="#4A4A4A",
    knob="#D6D6D6",
    knob_edge="#D6D6D6",
    warn="#E6B450",
    warn_ground="#3A3222",
    error="#FF8A80",
    error_ground="#3D2826",
    ok="#6CC596",
    chip="#D2141414",
    mask="#80FF0000",
)

LIGHT = Tokens(
    canvas="#C4C4C4",
    chrome="#F3F3F3",
    raised="#FFFFFF",
    row="#E4E4E4",
    field="#FFFFFF",
    well="#E2E2E2",
    hover="#E4E4E4",
    press="#D6D6D6",
    line="#DCDCDC",
    edge="#BDBDBD",
    text="#1F1F1F",
    sub="#4D4D4D",
    hint="#646464",
    off="#9A9A9A",
    fill="#1F66B2",
    fill_hover="#1A5A9F",
    fill_press="#164D89",
    on_fill="#FFFFFF",
    accent="#1F66B2",
    check="#DBE8F6",
    track="#C6C6C6",
    knob="#FFFFFF",
    knob_edge="#767676",
    warn="#8A5A00",
    warn_ground="#FDF3D8",
    error="#B3261E",
    error_ground="#FBE6E4",
    ok="#1B7440",
    chip="#D2141414",
    mask="#80FF0000",
)
