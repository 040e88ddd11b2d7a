"""What the first stroke and the first job would else wait for, made ready in quiet moments."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from app.model.services import Service
    from app.parts import Parts

_IDLE_S = 0.05


async def import_equipment() -> None:
    """Import what the first picture needs, a little at a time: the window is there by now."""
    await asyncio.sleep(0)
    import app.canvas.canvas

    await asyncio.sleep(0)
    import app.session.operations

    await asyncio.sleep(0)
    import app.equipment  # noqa: F401 - to be there when a picture comes


async def make_ready(parts: Parts, service: Service) -> None:
    """Make ready what opening, painting and sending need; may raise an `AppError`."""
    await asyncio.sleep(_IDLE_S)  # until all that is there is painted
    await asyncio.to_thread(lambda: parts.pictures.warm())  # what brings them takes long too
    await asyncio.to_thread(_import_for_work)
    await asyncio.to_thread(lambda: parts.client(service).warm())
    await asyncio.to_thread(lambda: parts.journal)


async def import_seldom_seen() -> None:
    """Import what is seldom opened, so that it opens at once; a little at a time."""
    import app.panels.options.aids
    import app.panels.options.opacity
    import app.panels.options.selecting

    await asyncio.sleep(_IDLE_S)
    import app.panels.results.shelf

    await asyncio.sleep(_IDLE_S)
    import app.panels.history_panel
    import app.panels.operations.bar

    await asyncio.sleep(_IDLE_S)
    import app.shell.library.dialog
    import app.shell.masks.bar

    await asyncio.sleep(_IDLE_S)
    import app.shell.keys.list
    import app.shell.keys.sheet

    await asyncio.sleep(_IDLE_S)
    import app.shell.preferences.dialog  # noqa: F401 - to be there when it is opened


def _import_for_work() -> None:
    import numpy.ma  # noqa: F401 - which the first `numpy.unique` of a stroke would bring

    import app.canvas.scene
    import app.jobs.runner
    import app.model.bucket
    import app.model.change
    import app.model.edits
    import app.model.operations.computing
    import app.model.outline.snap
    import app.model.selection.area
    import app.model.selection.shapes
    import app.model.stroke
    import app.model.wand
    import app.storage.project.keeping  # noqa: F401 - to be there when a file is saved
    from app.contract.parameters import Parameters

    Parameters().problems()  # whose first answer waits for pydantic and its models
