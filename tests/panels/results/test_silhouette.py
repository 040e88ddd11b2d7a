"""The shape of what a job redraws."""

import numpy as np
from PySide6.QtCore import QSize
from PySide6.QtGui import QColor

from app.panels.results.silhouette import silhouette
from tests.support.jobs import asking, job, picture_of


def test_the_silhouette_shows_what_is_redrawn() -> None:
    mask = np.zeros((400, 600), np.uint8)
    mask[100:200, 100:300] = 255
    asked = job(picture=picture_of(600, 400), mask=mask)
    image = silhouette(asked, QSize(80, 60), QColor("#FF0000"))
    assert image.size() == QSize(80, 40)
    assert image.pixelColor(40, 20) == QColor("#FF0000")


def test_the_silhouette_of_an_inverted_mask_has_a_hole() -> None:
    mask = np.zeros((400, 600), np.uint8)
    mask[150:250, 250:350] = 255
    asked = job(
        picture=picture_of(600, 400),
        mask=mask,
        parameters=asking(1, inpainting_mask_invert=1),
    )
    image = silhouette(asked, QSize(60, 40), QColor("#FF0000"))
    assert image.pixelColor(30, 20).alpha() == 0
    assert image.pixelColor(5, 5).alpha() == 255


def test_a_job_that_redraws_nothing_has_no_silhouette() -> None:
    mask = np.zeros((40, 60), np.uint8)
    assert silhouette(job(mask=mask), QSize(60, 40), QColor("#FF0000")).isNull()
