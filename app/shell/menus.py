"""The menus, made from the table of actions."""

from PySide6.QtCore import QCoreApplication, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QMenuBar, QWidget

from app.contract.text import one_line
from app.look.theme import Theme
from app.shell.actions import MENUS, TABLE, Actions
from app.shell.menu_bar import MenuBar

MASK_MENUS = ("mask", "grow", "change", "from")
"""Menus of what is done to the whole mask."""


def make_menu_bar(theme: Theme, actions: Actions, recent: "RecentMenu") -> MenuBar:
    """The menus of `MENUS`, with the actions in the order of the table."""
    bar = MenuBar(theme)
    menus = {
        name: _add_menu(bar, name, menu.text) for name, menu in MENUS.items() if not menu.within
    }
    for entry in TABLE:
        if entry.menu not in menus:
            menus[entry.menu] = _add_menu_within(menus[MENUS[entry.menu].within], entry.menu)
        menu = menus[entry.menu]
        if entry.new_group and not menu.isEmpty():
            menu.addSeparator()
        menu.addAction(actions[entry.id])
        if entry.id == "open":
            menu.addMenu(recent)
    return bar


def make_mask_menu(actions: Actions, parent: QWidget) -> QMenu:
    """All that can be done to the mask as a whole, for the button of that name.

    It is filled when it first opens, as the first paint need not wait for it.
    """
    menu = QMenu(parent)
    menu.aboutToShow.connect(lambda: _fill_mask_menu(menu, actions))
    return menu


class RecentMenu(QMenu):
    """The pictures opened last, newest first."""

    chosen = Signal(object)
    """A path, as a string that Qt does not touch."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("menu_recent")
        self.setTitle(self.tr("Open &Recent"))
        self.triggered.connect(self._tell)
        self._paths: tuple[str, ...] = ()
        self.show_files(())

    def show_files(self, paths: tuple[str, ...]) -> None:
        """List other files; two of one name are told apart by the tooltip."""
        self.clear()
        self.setToolTipsVisible(True)
        self.setEnabled(bool(paths))
        self._paths = paths
        for number, path in enumerate(paths):
            name = path.replace("\\", "/").rpartition("/")[2]
            action = self.addAction(one_line(name).replace("&", "&&"))
            action.setData(number)  # Qt would drop what is no Unicode of a path
            action.setToolTip(one_line(path))

    def _tell(self, action: QAction) -> None:
        self.chosen.emit(self._paths[action.data()])


def _fill_mask_menu(menu: QMenu, actions: Actions) -> None:
    if not menu.isEmpty():
        return
    inner = {"mask": menu}
    for entry in TABLE:
        if entry.menu not in MASK_MENUS:
            continue
        if entry.menu not in inner:
            inner[entry.menu] = menu.addMenu(_translated(MENUS[entry.menu].text))
        if entry.new_group and not inner[entry.menu].isEmpty():
            inner[entry.menu].addSeparator()
        inner[entry.menu].addAction(actions[entry.id])


def _add_menu(parent: QMenuBar | QMenu, name: str, text: str) -> QMenu:
    menu = parent.addMenu(_translated(text))
    menu.setObjectName(f"menu_{name}")
    return menu


def _add_menu_within(parent: QMenu, name: str) -> QMenu:
    if MENUS[name].new_group:
        parent.addSeparator()
    return _add_menu(parent, name, MENUS[name].text)


def _translated(text: str) -> str:
    return QCoreApplication.translate("Actions", text)
