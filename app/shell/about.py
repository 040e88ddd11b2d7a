"""What this program is and what it stands on."""

from importlib.metadata import PackageNotFoundError, version

from PySide6.QtCore import Qt, qVersion
from PySide6.QtWidgets import QDialog, QVBoxLayout, QWidget

from app import __version__
from app.look.text import Label
from app.look.theme import Theme

LIBRARIES = {
    "PySide6-Essentials": "LGPL-3.0",
    "numpy": "BSD-3-Clause",
    "pillow": "MIT-CMU",
    "pydantic": "MIT",
    "httpx": "BSD-3-Clause",
    "starlette": "BSD-3-Clause",
    "PyPatchMatch": "MIT",
    "qasync": "BSD-2-Clause",
    "keyring": "MIT",
}
"""The libraries to name, with their licences."""


class AboutDialog(QDialog):
    """Show it with `open()`."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("about")
        self.setWindowTitle(self.tr("About Maskwright"))
        column = QVBoxLayout(self)
        column.setContentsMargins(32, 24, 32, 24)
        column.setSpacing(8)
        title = self.tr("Maskwright {version}").format(version=__version__)
        licence = self.tr(
            "Free software under the MIT licence. Qt {version} is used under the LGPL."
        )
        column.addWidget(Label(theme, title, "text", 22, 600))
        column.addWidget(
            Label(theme, self.tr("Paint masks by hand, send them off, keep every result."), "sub")
        )
        column.addSpacing(8)
        column.addWidget(Label(theme, licence.format(version=qVersion()), "sub"))
        column.addWidget(self._libraries(theme))

    def _libraries(self, theme: Theme) -> Label:
        lines = [f"{name} {_version(name)} · {licence}" for name, licence in LIBRARIES.items()]
        label = Label(theme, "\n".join(lines), "hint", 12)
        # Several lines: wrapping is what lets a painted label have them.
        label.setWordWrap(True)
        label.setAlignment(Qt.AlignmentFlag.AlignTop)
        label.setMinimumHeight(label.fontMetrics().lineSpacing() * len(lines))
        return label


def _version(name: str) -> str:
    try:
        return version(name)
    except PackageNotFoundError:
        return ""
