"""The strip as a frame: before its queue comes, folded, and its header's actions."""

from pathlib import Path

import pytest
from PySide6.QtCore import QSize, Qt

from app.panels.results.note import EmptyNote
from tests.panels.results.bench import Bench
from tests.support.jobs import asking, job

ACTIONS = {
    "result_save_as": "save_requested",
    "result_reveal": "reveal_requested",
    "result_copy": "copy_requested",
    "result_use": "use_requested",
}


def test_the_empty_strip_says_where_results_will_be(bare: Bench) -> None:
    bare.strip.set_folder(str(Path.home() / "Pictures" / "Maskwright"))
    note = bare.strip.findChild(EmptyNote)
    assert note is not None
    assert note.isVisible()
    assert note.lines == (
        "Results appear here, one thumbnail per image.",
        f"Each one is saved in {Path('Pictures/Maskwright')} before it is shown.",
    )
    assert bare.strip.height() == 184
    assert (bare.strip.count(), bare.strip.items()) == (0, ())


def test_a_folder_elsewhere_is_named_whole(bare: Bench) -> None:
    folder = str(Path("/mnt/pool/results"))
    bare.strip.set_folder(folder)
    note = bare.strip.findChild(EmptyNote)
    assert note is not None
    assert folder in note.lines[1]


def test_the_coming_of_the_queue_changes_nothing_that_is_seen(bare: Bench) -> None:
    before = bare.strip.grab().toImage()
    bare.attach()
    assert bare.strip.grab().toImage() == before


def test_jobs_that_were_there_before_are_shown(bare: Bench, tmp_path: Path) -> None:
    bare.queue.add_done(job(parameters=asking(2)), tmp_path)
    bare.attach()
    assert bare.kinds == ["picture", "picture"]


def test_folding_leaves_the_header(bench: Bench) -> None:
    told: list[bool] = []
    bench.strip.folded_changed.connect(told.append)
    bench.button("results_fold").click()
    assert (bench.strip.is_folded, bench.strip.height()) == (True, 40)
    bench.button("results_fold").click()
    bench.strip.set_folded(False)
    assert (bench.strip.is_folded, bench.strip.height()) == (False, 184)
    assert told == [True, False]


def test_actions_say_what_they_wait_for(bench: Bench) -> None:
    assert not any(bench.button(name).isVisible() for name in ACTIONS)
    bench.queue.add_done(job(parameters=asking(1)))
    for name in ACTIONS:
        assert bench.button(name).isVisible()
        assert not bench.button(name).isEnabled()
        assert bench.button(name).toolTip().endswith("select a result first")


@pytest.mark.parametrize(("name", "signal"), ACTIONS.items())
def test_actions_act_on_the_selected_result(bench: Bench, name: str, signal: str) -> None:
    results = bench.queue.add_done(job(parameters=asking(3)))
    told = bench.heard(signal)
    bench.click(1)
    bench.button(name).click()
    assert told == [results[1]]


def test_the_header_tells_of_the_selected_job(bench: Bench) -> None:
    bench.queue.add_done(job(parameters=asking(4, strength=0.8)))
    bench.queue.add_done(job(parameters=asking(1)))
    summary = bench.strip.findChild(object, "results_summary")
    bench.click(0)
    assert summary.text().endswith(" · 4 images · strength 0.80")
    bench.click(4)
    assert summary.text().endswith(" · 1 image")
    bench.queue.remove(bench.strip.items()[4].job_id)
    bench.viewing.select(None)
    assert summary.text() == ""


def test_the_strip_fits_the_narrowest_window(bench: Bench) -> None:
    bench.queue.add_done(job(parameters=asking(8, strength=0.8)))
    bench.click(0)
    assert bench.strip.minimumSizeHint().width() <= 1024 - 52 - 344


def test_thumbnails_are_narrower_in_a_narrow_window(bench: Bench) -> None:
    bench.queue.add_done(job(parameters=asking(1)))
    assert bench.strip.item_rect(0).size() == QSize(144, 96)
    bench.window.resize(1280, 260)
    assert bench.strip.item_rect(0).size() == QSize(124, 96)


@pytest.mark.parametrize("mode", ["dark", "light"])
def test_every_state_can_be_drawn(bench: Bench, mode: str) -> None:
    bench.theme.apply("light" if mode == "light" else "dark")
    bench.queue.add(job(parameters=asking(2)))
    bench.queue.add_done(job(parameters=asking(2)))
    bench.click(2)
    image = bench.strip.grab().toImage()
    frame = bench.strip.item_rect(2).topLeft() + bench.strip.viewport().mapTo(
        bench.strip, bench.strip.viewport().rect().topLeft()
    )
    accent = bench.theme.color("accent")
    assert image.pixelColor(frame.x() + 40, frame.y() - 3) == accent
    assert bench.strip.focusPolicy() is Qt.FocusPolicy.NoFocus
