"""An artist's day in scenes: all that might keep the window waiting while the service is well."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from PIL import Image
from PySide6.QtTest import QTest

from app.contract.kinds import ModelType
from app.look.search import SearchCombo
from app.model.png import encode_plane
from tests.support.desk import many_models
from tests.support.stuck import SYNC_S, meet, meet_silence, slow_sync

if TYPE_CHECKING:
    from tests.support.desk import Desk

ARRIVING = "eight results of 2048² arrive"
IN_LOOP = "… as many, decoded in the loop"

RESULTS = 8
MODELS = 5000
MASKS = 40
FAULTS = (
    "submit.silent",
    "submit.stalled_upload",
    "submit.slow_read",
    "submit.drip",
    "submit.endless_body",
    "poll.silent",
    "poll.drip",
    "poll.stalled_body",
    "poll.endless_body",
    "poll.gzip_bomb",
    "poll.huge_header",
    "poll.many_headers",
    "poll.json_deep",
    "poll.failed_huge",
    "poll.url_huge",
    "image.silent",
    "image.drip",
    "image.stalled_body",
    "image.endless_body",
    "image.bomb",
    "image.text_bomb",
)
WHILE_S = 1.0
"""How long the artist paints on while something is stuck."""


async def begin(desk: Desk) -> None:
    with desk.watched("warming up after the start"):
        await asyncio.sleep(3)


async def open_pictures(desk: Desk) -> None:
    for name in ("8192.png", "8192.jpg", "2048.png", "2048.jpg", "2048-alpha.png"):
        with desk.watched(f"opening {name}"):
            await desk.open(name)


async def paint(desk: Desk) -> None:
    await desk.open("2048.png")
    with desk.watched("painting"):
        await desk.paint(2)


async def send(desk: Desk) -> None:
    """With alpha, a file is not sent as it is: it is encoded."""
    desk.service.set(pace={"queued": 1000})
    for side in (2048, 8192):
        await desk.open(f"{side}-alpha.png" if side == 2048 else f"{side}.jpg")
        await desk.paint()
        with desk.watched(f"Generate of {side}²: encoding, sending"):
            await desk.generate()
            await desk.submitted()
    with desk.watched("painting while jobs are queued"):
        await desk.paint(3)
    await desk.give_up()
    desk.service.set(pace={"queued": 0})


async def receive(desk: Desk) -> None:
    await desk.open("2048.png")
    await desk.paint()
    await desk.generate(RESULTS)
    await desk.submitted()
    with desk.watched(ARRIVING):
        await desk.arrived()
        await asyncio.sleep(0.3)
    with desk.watched(IN_LOOP):
        for path in sorted(desk.studio.folders.jobs.glob("*/raw-*"))[-RESULTS:]:
            with Image.open(path) as image:
                image.convert("RGBA").load()
            await asyncio.sleep(0)


async def use_results(desk: Desk) -> None:
    with desk.watched("looking through results"):
        for row in range(4):
            desk.studio.click_item(row)
            await asyncio.sleep(0.4)
    for suffix in ("png", "webp"):
        with desk.watched(f"saving a copy as {suffix}"):
            await desk.save_as("save_result", "save_dialog", f"copy.{suffix}")
    with desk.watched("a result becomes the picture"):
        desk.act("use_result")
        await asyncio.sleep(0.5)


async def keep_masks(desk: Desk) -> None:
    await desk.open("8192.jpg")
    desk.act("invert")
    with desk.watched("exporting a mask of 8192²"):
        await desk.save_as("export_mask", "export_dialog", "mask.png")
    await desk.open("2048.png")
    await desk.paint()
    mask, folder = (
        encode_plane(desk.studio.document.mask_snapshot().plane()),
        desk.studio.folders.masks,
    )
    folder.mkdir(parents=True)
    for number in range(MASKS):
        (folder / f"mask {number}.png").write_bytes(mask)
    with desk.watched(f"the library with {MASKS} masks of 2048²"):
        desk.act("mask_library")
        await asyncio.sleep(2)


async def choose_models(desk: Desk) -> None:
    await asyncio.to_thread(desk.service.set, models=many_models(MODELS))
    catalogue, checkpoint = desk.catalogue, ModelType.CHECKPOINT
    with desk.watched(f"{MODELS} models, asked for"):
        catalogue.refresh(checkpoint)
        await desk.studio.until(lambda: catalogue.is_fresh(checkpoint))
        await asyncio.sleep(0.3)
    with desk.watched(f"{MODELS} models, as last seen"):
        catalogue.forget()
        await desk.studio.until(lambda: len(catalogue.models(checkpoint)) == MODELS)
        await asyncio.sleep(0.3)
    picker = desk.studio.find("model_name", SearchCombo)
    with desk.watched(f"{MODELS} models, looked through"):
        picker.showPopup()
        await asyncio.sleep(0.3)
        for letter in "model_49":
            QTest.keyClicks(picker.line, letter)
            await asyncio.sleep(0.05)
        picker.line.clearFocus()
    desk.parameters.edit(model_name="m")


async def write_slowly(desk: Desk) -> None:
    await desk.open("2048.png")
    await desk.paint()
    with slow_sync(), desk.watched(f"a disk that takes {1000 * SYNC_S:.0f} ms to sync"):
        await desk.generate(2)
        desk.parameters.edit(steps=31)
        await desk.arrived()
        await desk.paint(1)


async def meet_faults(desk: Desk) -> None:
    await desk.open("2048.png")
    await desk.paint()
    for fault in FAULTS:
        with desk.watched(fault):
            await meet(desk, fault, WHILE_S)


async def connect(desk: Desk) -> None:
    """With a service where connecting never ends."""
    await desk.open("2048.png")
    await desk.paint()
    with desk.watched("silence at connect"):
        await meet_silence(desk, WHILE_S)


SCENES = (
    begin,
    open_pictures,
    paint,
    send,
    receive,
    use_results,
    keep_masks,
    choose_models,
    write_slowly,
    meet_faults,
    connect,
)
DAY = {scene.__name__ for scene in SCENES} - {connect.__name__}
"""The scenes that one service can be had for."""
