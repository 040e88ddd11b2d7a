"""The mask of a large picture is made while that is still being read."""

import pytest

from app.model.geometry import Size
from app.shell.blanks import Blanks

SIZE, OTHER = Size(30, 20), Size(8, 9)


class Beside:
    """Calls at once, and counts."""

    def __init__(self) -> None:
        self.calls = 0

    async def __call__(self, work, *arguments):
        self.calls += 1
        return work(*arguments)


@pytest.fixture
def counting():
    return Beside()


@pytest.fixture
def blanks(counting, tasks):
    return Blanks(counting, tasks.spawn)


def taken(blanks, tasks, size):
    masks = []

    async def take() -> None:
        masks.append(await blanks.take(size))

    tasks.spawn(take())
    tasks.run()
    return masks[0]


def test_a_prepared_mask_is_taken_and_made_once(blanks, counting, tasks):
    blanks.prepare(SIZE)
    blanks.prepare(SIZE)
    tasks.run()
    mask = taken(blanks, tasks, SIZE)
    assert (mask.size, mask.is_empty) == (SIZE, True)
    assert counting.calls == 1


def test_no_two_pictures_get_the_same_mask(blanks, tasks):
    blanks.prepare(SIZE)
    tasks.run()
    assert taken(blanks, tasks, SIZE) is not taken(blanks, tasks, SIZE)


def test_one_of_another_size_is_made_when_it_is_wanted(blanks, tasks):
    blanks.prepare(OTHER)
    tasks.run()
    assert taken(blanks, tasks, SIZE).size == SIZE
