"""What a service sent otherwise than asked for is told, and told once."""

from dataclasses import replace

import pytest

from app.model.geometry import Size
from app.model.job import Job
from app.shell.remarking import tell_remarks
from tests.support.jobs import HeldQueue, asking, job, result


@pytest.fixture
def queue(qapp, shown):
    queue = HeldQueue()
    tell_remarks(queue, shown.stage.notice)
    return queue


def deliver(queue: HeldQueue, of: Job, index: int, came_as: Size) -> None:
    queue.deliver(replace(result(of, index), notices=("other_size",), came_as=came_as))


def test_a_picture_of_another_size_is_told_with_what_is_kept(shown, queue):
    one = job()
    queue.add(one)
    deliver(queue, one, 0, Size(512, 512))
    message = shown.stage.notice.message
    assert message.title == "A picture came otherwise than asked for"
    told = message.text.replace("\u00a0", " ")
    assert told.startswith("The service sent 512 × 512 instead of 60 × 40; it was scaled to fit.")
    assert told.endswith("Its own file is kept as it came.")


def test_the_same_is_told_once_and_another_thing_is_told_too(qtbot, shown, queue):
    one, notice = job(parameters=asking(3)), shown.stage.notice
    queue.add(one)
    deliver(queue, one, 0, Size(512, 512))
    notice.withdraw(notice.message)
    deliver(queue, one, 1, Size(512, 512))
    assert not notice.isVisible()
    deliver(queue, one, 2, Size(256, 256))
    assert "256" in notice.message.text


def test_of_a_picture_as_it_was_asked_for_nothing_is_said(shown, queue):
    one = job()
    queue.add(one)
    queue.deliver(result(one, 0))
    assert not shown.stage.notice.isVisible()
