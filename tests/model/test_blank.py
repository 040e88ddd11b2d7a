"""Planes with nothing on them."""

import pytest

from app.model import blank as module
from app.model.blank import blank
from app.model.geometry import Size


@pytest.mark.parametrize("size", [Size(3, 5), Size(2048, 2048), Size(3001, 2003)])
def test_it_is_empty_and_can_be_written(size):
    plane = blank(size)
    assert plane.shape == (size.height, size.width)
    assert plane.flags.c_contiguous
    assert not plane.any()
    plane[-1, -1] = 7
    assert plane.sum() == 7


def test_it_is_so_where_the_system_has_no_large_pages(monkeypatch):
    class Refusing(module.mmap.mmap):
        def madvise(self, *_):
            raise OSError

    monkeypatch.setattr(module.mmap, "mmap", Refusing)
    plane = blank(Size(2048, 2048))
    plane += 1
    assert plane.min() == 1
