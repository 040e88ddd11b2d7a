"""What reading one file may take: bytes, and time by the program's clock and the processor's."""

MAX_FILE_BYTES = 2 * 1024**3

HEADER_S = 20.0
"""For the header alone: much, as a disk or a network may be slow."""

_PIXELS_A_SECOND = 2e6  # a tenth of what slow decoders do on slow machines
_BYTES_A_SECOND = 1e6  # a slow network's


def decoding_s(pixels: int) -> float:
    """The processor's time that decoding so many may take."""
    return HEADER_S + pixels / _PIXELS_A_SECOND


def patience_s(pixels: int, file_bytes: int) -> float:
    """How long it may take until they have come."""
    return decoding_s(pixels) + file_bytes / _BYTES_A_SECOND
