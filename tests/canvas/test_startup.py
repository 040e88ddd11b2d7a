import subprocess
import sys
from pathlib import Path

PROGRAM = """
import sys
from PySide6.QtWidgets import QApplication
from app.canvas.canvas import Canvas
from app.look.theme import Theme
from app.session.document import Document
from app.session.tools import Tools
application = QApplication([])
canvas = Canvas(Document(), Tools(), Theme())
canvas.show()
application.processEvents()
print(sorted({"numpy", "PIL", "pydantic"} & sys.modules.keys()))
"""


def test_an_empty_canvas_does_without_what_is_slow_to_read():
    answer = subprocess.run(
        [sys.executable, "-c", PROGRAM],
        cwd=Path(__file__).parents[2],
        capture_output=True,
        text=True,
        check=False,
    )
    assert (answer.stdout, answer.stderr) == ("[]\n", "")
