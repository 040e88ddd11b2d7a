"""The application that hands paint in; each in a process of its own, as there can be one only."""

import subprocess
import sys

PROGRAM = """
from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtGui import QTabletEvent
from app.look.theme import FUSION
from app.session.pen import Pen
from app.shell.application import Application, follow_pen
from PySide6.QtCore import QPointF
from PySide6.QtWidgets import QWidget
from tests.support.devices import LEFT, NONE, PLAIN, Stylus

application = Application(["maskwright", *FUSION])
for joined in ("AA_CompressHighFrequencyEvents", "AA_CompressTabletEvents"):
    assert not QCoreApplication.testAttribute(getattr(Qt.ApplicationAttribute, joined)), joined

pen, left = Pen(), []
pen.left.connect(lambda: left.append(True))
follow_pen(pen)
device = Stylus(QWidget())._device
for kind in (QEvent.Type.TabletEnterProximity, QEvent.Type.TabletLeaveProximity):
    at = QPointF()
    event = QTabletEvent(kind, device, at, at, 0, 0, 0, 0, 0, 0, PLAIN, NONE, NONE)
    application.sendEvent(application, event)
    print(pen.was_seen, left)
"""


def test_it_joins_no_moves_and_tells_of_pens() -> None:
    answer = subprocess.run(
        [sys.executable, "-c", PROGRAM], capture_output=True, text=True, check=False
    )
    assert answer.stderr == ""
    assert answer.stdout.split("\n") == ["True []", "True [True]", ""]
