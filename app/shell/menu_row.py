"""The top row of the window: menus at the left, the service and the settings at the right."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from app.look.buttons import IconButton
from app.look.theme import Theme
from app.panels.bar import Bar
from app.shell.menu_bar import MenuBar
from app.shell.service_chooser import ServiceChooser

HEIGHT = 36


class MenuRow(Bar):
    """On macOS the menus live at the top of the screen, and the row holds the rest."""

    def __init__(self, theme: Theme, menus: MenuBar, parent: QWidget | None = None) -> None:
        super().__init__(theme, "bottom", parent)
        self.setFixedHeight(HEIGHT)
        self.menus = menus
        self.service = ServiceChooser(theme)
        self.settings = IconButton(theme, "settings", self.tr("Preferences"))
        self.settings.setObjectName("settings")
        menus.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Preferred)
        row = QHBoxLayout(self)
        row.setContentsMargins(2, 0, 12, 1)
        row.setSpacing(8)
        row.addWidget(menus, 0, Qt.AlignmentFlag.AlignVCenter)
        row.addStretch()
        row.addWidget(self.service)
        row.addWidget(self.settings)
