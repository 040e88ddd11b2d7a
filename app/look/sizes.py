"""Room on the disk in the artist's own words."""

from PySide6.QtCore import QLocale


def room(nbytes: int) -> str:
    """How much room that is, as file managers count it."""
    return QLocale().formattedDataSize(nbytes, 1, QLocale.DataSizeFormat.DataSizeSIFormat)
