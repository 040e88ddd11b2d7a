"""The window never stands still, whatever the artist, the service or the disk is at.

These catch freezes that anyone would feel; `bench trust` has the figures. The bound leaves out
how long no processor was free, so that a busy machine does not reach it.
"""

import asyncio
import time
from collections.abc import Awaitable, Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest
from PIL import Image
from PySide6.QtWidgets import QApplication

from app.contract.kinds import ModelType
from tests.bench._edits import sloping
from tests.support.apart import ServiceApart
from tests.support.canary import KEY
from tests.support.desk import Desk, many_models
from tests.support.pulse import Pulse
from tests.support.stuck import deaf, meet, meet_silence, slow_sync
from tests.support.studio import Studio, in_studio

BOUND_S = 1.5
LATE_S = 0.5

Watch = Callable[[Callable[[Desk], Awaitable[None]]], None]


@pytest.fixture
def service(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[ServiceApart]:
    with ServiceApart(tmp_path) as service:
        monkeypatch.setenv("MASKWRIGHT_BASE_URL", service.url)
        monkeypatch.setenv("MASKWRIGHT_API_KEY", KEY)
        yield service


@pytest.fixture
def watch(service: ServiceApart, tmp_path: Path, qapp: QApplication) -> Watch:
    """Live through a story with the program, its closing too, and see that nothing froze."""
    return lambda story: _watched(story, service, tmp_path, qapp)


def _watched(
    story: Callable[[Desk], Awaitable[None]],
    service: ServiceApart,
    folder: Path,
    application: QApplication,
) -> None:
    pulse = Pulse(LATE_S)
    desks, leaving = [], []

    async def live(studio: Studio) -> None:
        desk = Desk(studio, service, pulse, folder, folder)
        desks.append(desk)
        await desk.ready()
        await story(desk)
        leaving.append(asyncio.create_task(desk.leave()))

    with closing(pulse):
        in_studio(live, folder, application)
    for name, gaps in desks[0].figures.items():
        _, own_s, _ = gaps.figures
        assert own_s < BOUND_S, f"{name} froze the window for {own_s:.1f} s over\n{pulse.told}"


def picture(folder: Path, side: int = 2048) -> None:
    """A picture like a photo, as `photo.jpg`."""
    Image.fromarray(sloping(side).rgb).save(folder / "photo.jpg", quality=90)


def test_a_freeze_is_caught_and_its_cause_is_told(watch: Watch) -> None:
    async def story(desk: Desk) -> None:
        with desk.watched("a nap"):
            time.sleep(2)  # noqa: ASYNC251 - just that is to be caught

    with pytest.raises(AssertionError, match="a nap froze the window") as caught:
        watch(story)
    assert "test_freezes.py" in str(caught.value)


def test_opening_painting_sending_and_receiving(watch: Watch, tmp_path: Path) -> None:
    picture(tmp_path)

    async def story(desk: Desk) -> None:
        with desk.watched("opening"):
            await desk.open("photo.jpg")
        with desk.watched("painting"):
            await desk.paint()
        with desk.watched("results"):
            await desk.generate(3)
            await desk.arrived()
            await desk.studio.until(lambda: desk.studio.pictures() == 3)
        with desk.watched("looking at a result, saving it"):
            desk.studio.click_item(0)
            await desk.save_as("save_result", "save_dialog", "copy.webp")
        with desk.watched("exporting the mask"):
            await desk.save_as("export_mask", "export_dialog", "mask.png")

    watch(story)


def test_a_service_that_hangs_or_never_ends(watch: Watch, tmp_path: Path) -> None:
    picture(tmp_path, 512)

    async def story(desk: Desk) -> None:
        await desk.open("photo.jpg")
        await desk.paint()
        for fault in (
            "submit.silent",
            "submit.stalled_upload",
            "poll.silent",
            "poll.drip",
            "poll.gzip_bomb",
            "image.silent",
            "image.endless_body",
        ):
            with desk.watched(fault):
                await meet(desk, fault, 0.3)

    watch(story)


def test_a_machine_that_does_not_answer(
    watch: Watch, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    picture(tmp_path, 512)

    async def story(desk: Desk) -> None:
        await desk.open("photo.jpg")
        await desk.paint()
        with desk.watched("silence at connect"):
            await meet_silence(desk, 1)

    with deaf() as url:
        monkeypatch.setenv("MASKWRIGHT_BASE_URL", url)
        watch(story)


def test_a_disk_that_is_slow(watch: Watch, tmp_path: Path) -> None:
    picture(tmp_path, 512)

    async def story(desk: Desk) -> None:
        await desk.open("photo.jpg")
        with slow_sync(), desk.watched("a slow disk"):
            await desk.paint()
            await desk.generate()
            desk.parameters.edit(steps=31)
            await desk.arrived()

    watch(story)


def test_thousands_of_models(watch: Watch, service: ServiceApart) -> None:
    service.set(models=many_models(5000))

    async def story(desk: Desk) -> None:
        catalogue, kind = desk.catalogue, ModelType.CHECKPOINT

        def is_fresh() -> bool:
            catalogue.refresh(kind)  # and again, as the key that is found makes all begin anew
            return catalogue.is_fresh(kind)

        with desk.watched("asked for"):
            await desk.studio.until(is_fresh)
        with desk.watched("as last seen"):
            catalogue.forget()
            await desk.studio.until(lambda: len(catalogue.models(kind)) == 5000)

    watch(story)
