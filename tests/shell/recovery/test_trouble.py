"""What is said while the mask cannot be kept."""

from pathlib import Path

import pytest
from PySide6.QtCore import QObject, Signal

from app.model.errors import StorageError
from app.shell.messages import Message
from app.shell.recovery.trouble import Trouble


class Keeper(QObject):
    """As much of what keeps the mask as is listened to."""

    failed = Signal(object)
    mended = Signal()


@pytest.fixture
def keeper(qapp):
    return Keeper()


@pytest.fixture
def notice(shown, keeper):
    trouble = Trouble(keeper, shown.stage.notice, Path("/data/autosave"), shown)
    assert trouble.parent() is shown
    return shown.stage.notice


def test_a_full_disk_is_told_with_what_is_kept_and_what_to_do(keeper, notice):
    keeper.failed.emit(StorageError("full", Path("/data/autosave/one/strokes-1.log")))
    assert notice.isVisible()
    assert "/data/autosave" in notice.message.text
    assert "make room" in notice.message.text
    assert "painting goes on" in notice.message.text


def test_a_disk_that_does_not_answer_is_called_so(keeper, notice):
    keeper.failed.emit(StorageError("silent", Path("/data/autosave/one")))
    assert "does not answer" in notice.message.text
    assert "painting goes on" in notice.message.text


@pytest.mark.parametrize(
    "error", [StorageError("read_only", Path("/data/a")), ZeroDivisionError("a bug")]
)
def test_any_trouble_is_told_without_technical_words(keeper, notice, error):
    keeper.failed.emit(error)
    assert notice.isVisible()
    assert "Error" not in notice.message.text


def test_it_is_taken_back_when_the_mask_is_kept_again(keeper, notice):
    keeper.failed.emit(StorageError("full", Path("/data/a")))
    keeper.mended.emit()
    assert not notice.isVisible()


def test_a_message_that_came_meanwhile_stays(keeper, notice):
    keeper.failed.emit(StorageError("full", Path("/data/a")))
    notice.tell(Message("Something else", ""))
    keeper.mended.emit()
    assert notice.isVisible()
