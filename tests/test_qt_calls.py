"""The PySide6 that was installed survives a day's painting on this Python.

PySide6 6.12 on Python 3.11 loses a reference of None in every call that answers nothing; the
process dies after some 5,000 of them, which no short test notices.
"""

import subprocess
import sys

PROGRAM = """
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage, QPainter
from PySide6.QtWidgets import QApplication, QWidget

application = QApplication([])
widget = QWidget()
image = QImage(8, 8, QImage.Format.Format_RGB32)
painter = QPainter(image)
for n in range(20_000):
    widget.update()
    painter.setPen(Qt.GlobalColor.black)
    painter.fillRect(0, 0, 4, 4, Qt.GlobalColor.white)
    painter.hasClipping()
painter.end()
for n in range(20_000):
    image.fill(n)
print("alive")
"""


def test_many_calls_that_answer_nothing_do_no_harm() -> None:
    answer = subprocess.run(
        [sys.executable, "-c", PROGRAM], capture_output=True, text=True, check=False
    )
    assert (answer.stdout, answer.stderr, answer.returncode) == ("alive\n", "", 0)
