"""The axes of symmetry over the picture."""

import pytest
from PySide6.QtWidgets import QApplication

from tests.support.easel import Easel, flat


def lines(easel: Easel) -> tuple[list[int], list[int]]:
    """The columns and the rows of device pixels that are no longer the picture's grey, all over."""
    easel.leave()
    QApplication.processEvents()
    drawn = (easel.shot()[..., :3] != 100).any(axis=2)
    return (
        [at for at in range(drawn.shape[1]) if drawn[:, at].all()],
        [at for at in range(drawn.shape[0]) if drawn[at].all()],
    )


@pytest.mark.parametrize(
    ("symmetry", "columns", "rows"),
    [("off", 0, 0), ("vertical", 1, 0), ("horizontal", 0, 1), ("both", 1, 1)],
)
def test_a_line_lies_on_each_axis(easel: Easel, symmetry, columns, rows):
    easel.open(flat(800, 600), 1)
    easel.tools.assist(symmetry=symmetry)
    across, down = lines(easel)
    assert (len(across), len(down)) == (columns, rows)
    middle = easel.at(400, 300)
    assert all(abs(at - middle.x()) <= 1 for at in across)
    assert all(abs(at - middle.y()) <= 1 for at in down)


def test_other_tools_show_none(easel: Easel):
    easel.open(flat(800, 600), 1)
    easel.tools.assist(symmetry="both")
    easel.tools.choose("lasso")
    assert lines(easel) == ([], [])
    easel.tools.choose("brush")
    assert [len(each) for each in lines(easel)] == [1, 1]
