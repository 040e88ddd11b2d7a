"""Masks made from a result, or from a picture's own transparency."""

from dataclasses import replace

import numpy as np
import pytest
from PySide6.QtWidgets import QLabel

from app.model.job import JobState
from app.session.viewing import Viewing
from tests.shell.conftest import make_picture
from tests.shell.operating.hands import settled, trigger
from tests.support.jobs import HeldQueue, asking, job, result


def reddened(path):
    """A result's picture: a spot of it was redrawn, in each result another one."""
    picture = make_picture(path.name, 300, 200)
    pixels = picture.pixels.copy()
    pixels[spot_of(path)] = 200
    return type(picture)(pixels=pixels)


@pytest.fixture
def queue():
    return HeldQueue()


@pytest.fixture
def viewing(operating, document, queue, tasks):
    async def load(path):
        return reddened(path)

    viewing = Viewing(document, load, tasks.spawn)
    operating.offer_results(queue, viewing, tasks.spawn)
    return viewing


def spot_of(path):
    start = 50 + 20 * int(path.stem[-1])
    return slice(start, start + 10), slice(50, 60), slice(3)


def deliver(queue, pictures):
    """A job's pictures arrive."""
    of = job(parameters=asking(pictures))
    queue.add(of)
    results = [result(of, index) for index in range(pictures)]
    for one in results:
        queue.deliver(one)
    return results


def change_of(one):
    plane = np.zeros((200, 300), np.uint8)
    plane[spot_of(one.path)[:2]] = 255
    return plane


def test_the_change_of_the_shown_result_becomes_the_mask(
    shown, operations, document, queue, viewing, work, tasks, qtbot
):
    first, _ = deliver(queue, 2)
    viewing.toggle(first)
    tasks.run()
    assert viewing.shown is not None
    trigger(shown, "from_change")
    tasks.run()
    settled(qtbot, work)
    assert operations.current == "from_change"
    assert viewing.shown is None  # else nothing of the trial would be seen
    assert np.array_equal(document.mask.plane, change_of(first))


def test_with_no_result_selected_the_change_is_that_of_the_newest(
    shown, document, queue, viewing, work, tasks, qtbot
):
    assert not shown.actions_table["from_change"].isEnabled()
    deliver(queue, 1)
    _, newest = deliver(queue, 2)
    queue.add(job())  # of which there is nothing yet
    trigger(shown, "from_change")
    tasks.run()
    settled(qtbot, work)
    assert np.array_equal(document.mask.plane, change_of(newest))


def test_only_what_has_transparent_places_makes_a_mask_of_them(shown, operating, document):
    action = shown.actions_table["from_alpha"]
    assert not action.isEnabled()
    alpha = np.full((200, 300), 255, np.uint8)
    alpha[:50] = 0
    document.open(replace(make_picture("cut-out.png", 300, 200), alpha=alpha))
    assert action.isEnabled()
    document.close()
    assert not action.isEnabled()


def test_without_results_there_is_no_change_to_take(shown, queue, viewing):
    (only,) = deliver(queue, 1)
    assert shown.actions_table["from_change"].isEnabled()
    queue.finish(queue.entry(only.job_id).job, JobState.DONE)
    queue.remove(only.job_id)
    assert not shown.actions_table["from_change"].isEnabled()


def test_a_result_of_another_size_is_refused_in_words(
    shown, operations, document, queue, viewing, tasks
):
    deliver(queue, 1)
    document.open(make_picture("small.png", 30, 20))
    trigger(shown, "from_change")
    tasks.run()
    assert operations.current == ""
    assert "another size" in shown.findChild(QLabel, "notice_title").text()
