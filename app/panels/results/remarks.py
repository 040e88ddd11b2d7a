"""What is remarkable about a picture that a service sent: where it is not as it was asked for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from app.contract.hints import QT_TRANSLATE_NOOP

if TYPE_CHECKING:
    from app.model.geometry import Size
    from app.model.job import Job, Result

_OTHER_SIZE = QT_TRANSLATE_NOOP(
    "Results", "The service sent {came} instead of {asked}; it was scaled to fit."
)
_TEXTS = {
    "first_frame": QT_TRANSLATE_NOOP(
        "Results", "The service sent an animation; its first frame was taken."
    ),
    "converted_cmyk": QT_TRANSLATE_NOOP("Results", "It came in CMYK colours and was converted."),
    "reduced_depth": QT_TRANSLATE_NOOP(
        "Results", "It came with 16 bits a channel and is saved with 8."
    ),
    "ignored_profile": QT_TRANSLATE_NOOP(
        "Results", "Its colour profile is damaged or of another kind, and was not used."
    ),
}


def remarks(job: Job, result: Result) -> list[str]:
    """A sentence for each; the file that the service sent is kept as it came all the same."""
    told = [_tr(_TEXTS[name]) for name in result.notices if name in _TEXTS]
    if "other_size" in result.notices and result.came_as is not None:
        sizes = {"came": _worded(result.came_as), "asked": _worded(job.region.sent)}
        told.insert(0, _tr(_OTHER_SIZE).format(**sizes))
    return told


def _worded(size: Size) -> str:
    """A size that no line ends within."""
    return f"{size.width}\u00a0×\u00a0{size.height}"


def _tr(text: str) -> str:
    return QCoreApplication.translate("Results", text)
