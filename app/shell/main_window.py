"""The window: it arranges the parts and passes on what concerns all of them."""

from collections.abc import Mapping

from PySide6.QtCore import QByteArray, QEvent, QSize, Qt, Signal
from PySide6.QtGui import QCloseEvent, QGuiApplication, QKeyEvent
from PySide6.QtWidgets import QMainWindow, QSizePolicy, QWidget

from app.contract.text import one_line
from app.look.lines import column_in, row_in
from app.look.theme import Theme
from app.panels.options_bar import OptionsBar
from app.panels.parameters.side_panel import SidePanel
from app.panels.results.strip import ResultsStrip
from app.panels.status_line import StatusLine
from app.panels.tool_rail import ToolRail
from app.shell.actions import Actions, Fact
from app.shell.clearing import Clearing
from app.shell.keys.writing import Writing
from app.shell.linking import link_by_name
from app.shell.menu_row import MenuRow
from app.shell.menus import RecentMenu, make_mask_menu, make_menu_bar
from app.shell.splitter import LineSplitter
from app.shell.stage import Stage

FIRST_SIZE = QSize(1440, 900)
MINIMUM_SIZE = QSize(1024, 680)
FRAME = QSize(16, 40)
"""About what the desktop adds around a window; no more is known of it before that is shown."""


class MainWindow(QMainWindow):
    """The complete frame from the first paint on; `strip` and `panel` fill themselves later.

    Closing asks first: `quit_requested` is emitted and the window stays until `close_now`.
    """

    quit_requested = Signal()
    key_released = Signal(int, float)
    """A key is up again, whoever had its press; and when, in ms of the events' own clock."""
    left = Signal()
    """Another window has the keys now."""

    def __init__(self, theme: Theme, strip: ResultsStrip, panel: SidePanel) -> None:
        super().__init__()
        self.setObjectName("main_window")
        self.setWindowTitle("Maskwright")
        # Meant for docks, of which there are none: each move of a hand would be told here as well.
        self.setAttribute(Qt.WidgetAttribute.WA_Hover, False)
        self._may_close = False
        self.actions_table = Actions(self)
        self.recent = RecentMenu(self)
        self.menu_row = MenuRow(theme, make_menu_bar(theme, self.actions_table, self.recent))
        self.rail = ToolRail(theme)
        self.options = OptionsBar(theme)
        self.stage = Stage(theme)
        self.status = StatusLine(theme)
        self.strip = strip
        self.panel = panel
        self.beside = QWidget()
        self._columns = LineSplitter(theme, Qt.Orientation.Horizontal, "columns")
        self._clearing = Clearing(self)
        self._arrange()
        self._link()
        self.setMinimumSize(MINIMUM_SIZE)
        # Without this the first button would open the session wearing a focus ring.
        self.stage.setFocus()
        self.resize(first_size(QGuiApplication.primaryScreen().availableSize()))

    def set_canvas(self, canvas: QWidget) -> None:
        """Take in the canvas; it is seen once a picture is open."""
        self.stage.set_canvas(canvas)

    def add_column(self, column: QWidget) -> None:
        """Take in what can be shown between the canvas and the side panel."""
        layout = self.beside.layout()
        assert layout is not None
        layout.addWidget(column)

    def set_open(self, is_open: bool) -> None:
        """Turn from the empty state to the canvas, or back."""
        self.actions_table.state(Fact.PICTURE, is_open)
        if not is_open:
            self._clearing.end()
        for part in (self.rail, self.options, self.stage):
            part.set_open(is_open)

    def set_name(self, name: str, *, is_unsaved: bool = False) -> None:
        """Say in the title what is open, and whether it needs to be saved."""
        told = one_line(name).replace("[*]", "[*][*]")  # which Qt takes for the sign itself
        title = self.tr("{name}[*] – Maskwright").format(name=told) if name else "Maskwright"
        if title != self.windowTitle():
            # A title without a place for the marker must not have one.
            self.setWindowModified(False)
            self.setWindowTitle(title)
        self.setWindowModified(is_unsaved and bool(name))

    def layout_state(self) -> dict[str, object]:
        """What to remember of the window, by the names of `PreferencesRecord`."""
        return {
            "geometry": self.saveGeometry().toBase64().toStdString(),
            "splitters": {self._columns.objectName(): tuple(self._columns.sizes())},
        }

    def restore_layout(self, geometry: str, splitters: Mapping[str, tuple[int, ...]]) -> None:
        """Take a remembered layout as far as it fits; anything else leaves the first one."""
        if geometry:
            self.restoreGeometry(QByteArray.fromBase64(geometry.encode()))
        sizes = splitters.get(self._columns.objectName(), ())
        if len(sizes) == self._columns.count() and all(sizes):
            self._columns.setSizes(list(sizes))

    def close_now(self) -> None:
        """Close for good."""
        self._may_close = True
        self.close()

    def closeEvent(self, event: QCloseEvent) -> None:
        if self._may_close:
            event.accept()
        else:
            event.ignore()
            self.quit_requested.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Alt:
            self.menu_row.menus.hold_alt(True)
        elif event.key() == Qt.Key.Key_Escape and not self._clearing.step_back():
            self.stage.take_keys()  # nobody inside had a use for it: whoever was typing is done
        super().keyPressEvent(event)

    def keyReleaseEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Alt:
            self.menu_row.menus.hold_alt(False)
        if not event.isAutoRepeat():
            self.key_released.emit(event.key(), event.timestamp())
        super().keyReleaseEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() is QEvent.Type.ActivationChange and not self.isActiveWindow():
            self.menu_row.menus.hold_alt(False)
            self.left.emit()

    def _arrange(self) -> None:
        # From the outside in: what changes its parent is styled anew with all that is in it.
        body, left, work, middle = (QWidget() for _ in range(4))
        self.setMenuWidget(self.menu_row)
        self.setCentralWidget(body)
        # Here their keys work while the menus are put away, and what happens to an action does not
        # come by those who watch the window.
        body.addActions(list(self.actions_table))
        column_in(body, self._columns, self.status)
        self._columns.addWidget(left)
        self._columns.addWidget(self.panel)
        self._columns.setStretchFactor(0, 1)
        column_in(left, self.options, work)
        row_in(work, self.rail, middle, self.beside)
        row_in(self.beside)
        self.beside.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Preferred)
        column_in(middle, self.stage, self.strip)
        panel = self.panel.sizeHint().width()
        self._columns.setSizes([FIRST_SIZE.width() - panel, panel])

    def _link(self) -> None:
        actions = self.actions_table
        Writing(self)
        for name, button in self.options.buttons.items():
            link_by_name(button, actions, name)
        link_by_name(self.menu_row.settings, actions, "preferences")
        self.options.more.setMenu(make_mask_menu(actions, self))
        actions.keys.changed.connect(self._show_keys)
        self._show_keys()
        self.status.fit_wanted.connect(actions["fit"].trigger)
        self.status.actual_size_wanted.connect(actions["actual_size"].trigger)
        self.stage.empty.open_wanted.connect(actions["open"].trigger)
        actions.on("quit", self.close)
        self.panel.dock.set_reason(self.tr("Open a picture to begin."))

    def _show_keys(self) -> None:
        for part in (self.rail, self.status, self.panel.dock):
            part.show_keys(self.actions_table.keys.shown)


def first_size(available: QSize) -> QSize:
    """How large the window is at first where so much of the screen is free: none of it is cut."""
    return FIRST_SIZE.boundedTo(available - FRAME)
