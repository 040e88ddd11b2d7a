"""The models of a kind that a service offers, and when it said so."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import datetime

    # For types alone: the answers' models are dear to make, and no answer is read at start-up.
    from app.contract.responses import Model


@dataclass(frozen=True, slots=True)
class ModelList:
    """`listed` is when the service listed these models, where that was on an earlier occasion."""

    models: tuple[Model, ...] = ()
    listed: datetime | None = None
