"""What a generation of a kept mask says about itself, beside the mask.

A generation is three files of one number: the mask whole, the log of what changed since, and this,
which is written last. Whoever finds it whole finds the others whole as well.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from app.model.autosave import Source
from app.model.geometry import Size

if TYPE_CHECKING:
    from collections.abc import Mapping

VERSION = 1

_FILE = re.compile(r"(?:state|mask|strokes)-(\d+)\.(?:json|png|log)")


@dataclass(frozen=True, slots=True, kw_only=True)
class State:
    """`digest` is the SHA-256 of the file with the mask, `picture` the number of what is kept of
    the picture (see `picture`).
    """

    generation: int
    size: Size
    digest: str
    picture: int
    source: Source
    parameters: Mapping[str, Any]

    def to_json(self) -> bytes:
        source = self.source
        path = None if source.path is None else str(source.path)
        facts = {
            "version": VERSION,
            "generation": self.generation,
            "size": self.size,
            "mask": self.digest,
            "picture": {
                "number": self.picture,
                "name": source.name,
                "path": path,
                "bytes": source.nbytes,
                "modified_ns": source.modified_ns,
            },
            "parameters": self.parameters,
        }
        # Escapes keep file names that are no valid Unicode.
        return json.dumps(facts, allow_nan=False).encode("ascii")

    @classmethod
    def from_json(cls, data: bytes) -> State | None:
        """None for what is damaged, or a newer program's."""
        try:
            facts = json.loads(data)
            if facts["version"] != VERSION:
                return None
            picture = facts["picture"]
            path = picture["path"]
            return cls(
                generation=int(facts["generation"]),
                size=Size(*map(int, facts["size"])),
                digest=str(facts["mask"]),
                picture=int(picture["number"]),
                source=Source(
                    name=str(picture["name"]),
                    path=None if path is None else Path(path),
                    nbytes=int(picture["bytes"]),
                    modified_ns=int(picture["modified_ns"]),
                ),
                parameters=dict(facts["parameters"]),
            )
        except (ValueError, KeyError, TypeError, RecursionError):
            return None


def state_file(folder: Path, generation: int) -> Path:
    return folder / f"state-{generation}.json"


def mask_file(folder: Path, generation: int) -> Path:
    return folder / f"mask-{generation}.png"


def log_file(folder: Path, generation: int) -> Path:
    return folder / f"strokes-{generation}.log"


def generations(folder: Path) -> list[int]:
    """The numbers of those that were begun, the newest first."""
    found = (_FILE.fullmatch(path.name) for path in folder.iterdir())
    return sorted({int(match[1]) for match in found if match}, reverse=True)
