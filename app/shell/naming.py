"""What is known of how results are named, and where they go."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable


@dataclass(frozen=True, slots=True, kw_only=True)
class Naming:
    """What is known of names and folders. `example` raises `InvalidInput` for a bad template."""

    example: Callable[[str], str]
    default_template: str
    placeholders: tuple[str, ...]
    default_folder: str
