"""The menu of an item: everything that can be done with it."""

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QPoint, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QMenu

from app.model.job import Result
from app.panels.results.items import Item
from app.panels.results.recipe import recipe_text

if TYPE_CHECKING:
    from app.panels.results.shelf import Shelf

translate = QCoreApplication.translate


def item_menu(shelf: "Shelf", item: Item) -> QMenu:
    """What can be done with a picture, or with the place of one to come."""
    menu = QMenu(shelf)
    menu.setObjectName("result_menu")
    menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    if item.result is not None:
        _offer_picture(menu, shelf, item, item.result)
    elif item.kind == "waiting":
        menu.addAction(translate("Results", "Cancel"), partial(shelf.cancel, item.job_id))
    return menu


def open_menu(shelf: "Shelf", item: Item, at: QPoint) -> None:
    """Open the item's menu at a place on the screen. It never waits for the answer."""
    menu = item_menu(shelf, item)
    if not menu.isEmpty():
        menu.popup(at)


def _offer_picture(menu: QMenu, shelf: "Shelf", item: Item, result: Result) -> None:
    for text, asked in (
        (translate("Results", "Use as picture"), shelf.use_requested),
        (translate("Results", "Save as…"), shelf.save_requested),
        (translate("Results", "Show in folder"), shelf.reveal_requested),
        (translate("Results", "Copy picture"), shelf.copy_requested),
    ):
        menu.addAction(text, partial(asked.emit, result))
    menu.addSeparator()
    if result.seed is not None:
        menu.addAction(translate("Results", "Copy seed"), partial(_copy, str(result.seed)))
    if item.entry.job is not None:
        recipe = recipe_text(item.entry.job, result)
        menu.addAction(translate("Results", "Copy parameters"), partial(_copy, recipe))


def _copy(text: str) -> None:
    QGuiApplication.clipboard().setText(text)
