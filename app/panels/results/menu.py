"""The menu of an item: everything that can be done with it."""

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QPoint, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QMenu

from app.model.job import Result
from app.panels.results.items import Item
from app.panels.results.recipe import recipe_text
from app.session.queue import Entry

if TYPE_CHECKING:
    from app.panels.results.shelf import Shelf

translate = QCoreApplication.translate


def has_choice(entry: Entry) -> bool:
    """Whether its cross asks what to do: simply to cancel helps too late, and with no wait."""
    return entry.can_be_set_aside and (entry.is_unwanted or entry.progress.is_long)


def item_menu(shelf: "Shelf", item: Item) -> QMenu:
    """What can be done with a picture, or with the place of one to come."""
    menu = QMenu(shelf)
    menu.setObjectName("result_menu")
    menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    if item.result is not None:
        _offer_picture(menu, shelf, item, item.result)
    elif item.kind == "waiting":
        _offer_end(menu, shelf, item.entry)
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


def _offer_end(menu: QMenu, shelf: "Shelf", entry: Entry) -> None:
    """Cancel what can be; what a service has can be left to it."""
    if not entry.is_unwanted:
        menu.addAction(translate("Results", "Cancel"), partial(shelf.cancel, entry.id))
    if entry.can_be_set_aside:
        words = translate("Results", "Stop watching")
        menu.addAction(words, partial(shelf.set_aside, entry.id))


def _copy(text: str) -> None:
    QGuiApplication.clipboard().setText(text)
