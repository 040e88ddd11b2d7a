"""On screens of any scale a click hits the pixel that it is on."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

PROGRAM = """
from PySide6.QtCore import QPointF
from PySide6.QtWidgets import QApplication
application = QApplication([])
from app.model.geometry import Rect
from tests.support.easel import flat, noise, set_up
from tests.support.golden import dabbed

easel = set_up(401, 303)
easel.tools.edit(size=1, hardness=1)
ratio = easel.canvas.devicePixelRatioF()
print(ratio)
for zoom in (1, 2, 3.7, 16, 64):
    easel.open(flat(400, 300), zoom)
    for pixel in ((200, 150), (201, 149), (198, 151)):
        easel.drag([easel.on(*pixel)])
        box, plane = easel.document.mask_box(), easel.document.mask.plane
        column, row = pixel
        assert plane[row, column] == plane.max() >= 64, (zoom, pixel, box)
        if zoom == 1:
            assert box == (column, row, column + 1, row + 1), (zoom, pixel, box)
        easel.document.clear()

for angle, mirrored in ((0, True), (90, False), (180, True), (29, False), (222, True)):
    for zoom in (0.01, 0.3, 1, 2, 3.7, 16, 64):
        easel.open(flat(400, 300), zoom)
        if mirrored:
            easel.canvas.mirror()
        easel.canvas.turn_to(angle)
        x, y = easel.canvas._view.place(200.5, 150.5)
        easel.canvas.move_picture(200 - x, 150 - y)
        view = easel.canvas._view
        for column, row in ((200, 150), (201, 149), (198, 151)):
            place = easel.on(column, row)
            for size in (1, 30):
                easel.tools.edit(size=size, hardness=0.7)
                easel.drag([place])
                plane = easel.document.mask.plane
                at = round(place.x() * ratio), round(place.y() * ratio)
                golden = dabbed(easel.document.mask.size, easel.tools.brush, view, *at)
                assert (plane == golden).all(), (zoom, angle, mirrored, size)
                if size == 1 and (zoom >= 2 or (zoom == 1 and angle % 90 == 0)):
                    assert plane[row, column] == plane.max() >= 64, (zoom, angle, mirrored)
                easel.document.clear()
easel.tools.edit(size=1, hardness=1)

picture = noise(300, 200)
easel.open(picture, 1)
easel.leave()
shown = easel.shot()
view = easel.canvas._view
height, width = shown.shape[:2]
assert 0 <= view.window.width - width <= 1 and 0 <= view.window.height - height <= 1
area = view.frame.within(Rect(0, 0, width, height))
seen = view.seen(area)
assert (shown[area.slices][..., :3] == picture.pixels[seen.slices][..., :3]).all()

easel.open(flat(400, 300), 0.5)
easel.tools.edit(size=60)
easel.drag([easel.on(100, 100), easel.on(300, 200)])
easel.leave()
application.processEvents()
little = easel.shot().astype(int)
easel.canvas._scene.spoil()
assert abs(little - easel.shot()).max() <= 3
"""


@pytest.mark.parametrize("factor", ["1", "1.25", "1.5", "2"])
def test_a_click_hits_its_pixel(factor):
    answer = subprocess.run(
        [sys.executable, "-c", PROGRAM],
        cwd=Path(__file__).parents[2],
        env={**os.environ, "QT_SCALE_FACTOR": factor, "QT_QPA_PLATFORM": "offscreen"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert (answer.stderr, answer.returncode) == ("", 0)
    assert float(answer.stdout) == float(factor)
