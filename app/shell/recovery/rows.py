"""Masks that were kept unasked as rows of a list."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.model.autosave import Autosaved
from app.shell.kept.rows import Rows
from app.shell.recovery.wording import facts_of, name_of

if TYPE_CHECKING:
    from app.shell.kept.rows import Row


class RecoveryRows(Rows[Autosaved]):
    """Each is known by the picture that it lies on."""

    def name_of(self, kept: Autosaved) -> str:
        return name_of(kept)

    def tip_of(self, kept: Autosaved) -> str:
        return str(kept.source.path or name_of(kept))

    def facts_of(self, row: Row[Autosaved]) -> str:
        return facts_of(row.kept)
