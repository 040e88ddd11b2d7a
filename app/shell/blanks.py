"""Empty masks for pictures that are on their way."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from app.model.geometry import Size
    from app.model.mask import Mask
    from app.session.tasks import Beside, Spawn


class Blanks:
    """Makes masks beside the window: room for that of a large picture takes too long in it."""

    def __init__(self, beside: Beside, spawn: Spawn) -> None:
        self._beside = beside
        self._spawn = spawn
        self._wanted: Size | None = None
        self._ready: Mask | None = None

    def prepare(self, size: Size) -> None:
        """A mask of this size will be taken soon."""
        if size != self._wanted:
            self._wanted, self._ready = size, None
            self._spawn(self._make(size))

    async def take(self, size: Size) -> Mask:
        """An empty mask; the one that was prepared if it fits."""
        ready = self._ready if self._wanted == size else None
        self._wanted = self._ready = None
        return ready or await self._new(size)

    async def _make(self, size: Size) -> None:
        mask = await self._new(size)
        if self._wanted == size:
            self._ready = mask

    async def _new(self, size: Size) -> Mask:
        from app.model.mask import Mask

        mask: Mask = await self._beside(Mask, size)
        return mask
