"""A bug in a slot, a task and a thread of the whole program: it lives on, tells and reports."""

import asyncio
from pathlib import Path

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QPlainTextEdit

from tests.support.studio import Studio, in_studio


def test_a_bug_in_a_slot_is_told_logged_and_can_be_reported(
    tmp_path: Path, qapp: QApplication, caplog
) -> None:
    async def story(studio: Studio) -> None:
        QTimer.singleShot(0, studio.window, lambda: 1 / 0)
        notice = studio.window.stage.notice
        await studio.until(notice.isVisible)
        assert notice.message.title == "Something went wrong inside the program"
        studio.click("notice_action")
        await studio.until(lambda: studio.window.findChild(QPlainTextEdit, "report_text"))
        report = studio.find("report_text", QPlainTextEdit).toPlainText()
        assert str(Path.home()) not in report

    in_studio(story, tmp_path, qapp)
    assert "ZeroDivisionError" in caplog.text


def test_a_flood_of_bugs_is_told_once_as_such(tmp_path: Path, qapp: QApplication, caplog) -> None:
    async def story(studio: Studio) -> None:
        for _ in range(50):
            asyncio.get_running_loop().call_soon(lambda: 1 / 0)
        notice = studio.window.stage.notice
        often = "Something keeps going wrong inside the program"
        await studio.until(lambda: notice.message is not None and notice.message.title == often)
        assert len(caplog.records) < 10

    in_studio(story, tmp_path, qapp)
