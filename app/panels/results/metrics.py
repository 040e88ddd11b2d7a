"""Sizes of the strip, in pixels at 100 %."""

HEADER = 40
BODY = 144
MARGIN = 16
"""Before the first and after the last item, and at the header's ends."""

THUMBNAIL_WIDTH = 144
NARROW_THUMBNAIL_WIDTH = 124
NARROW_WINDOW = 1400
"""Windows narrower than this have the narrower thumbnails."""

THUMBNAIL_HEIGHT = 96
THUMBNAIL_TOP = 4
CAPTION_TOP = THUMBNAIL_TOP + THUMBNAIL_HEIGHT + 4
CAPTION_HEIGHT = 20
GAP = 12
RADIUS = 4

FRAME = 2
"""The width of the selected frame, and its distance from the thumbnail."""

CHIP = 24
CHIP_INSET = 6
CANCEL = 28
SMALL_ICON = 16

CARD_TOP = 2
CARD_HEIGHT = 128
CARD_WIDTH = 300
UNKNOWN_CARD_WIDTH = 384
CARD_RADIUS = 8
