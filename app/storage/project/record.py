"""`maskwright/inpaint.json`: what OpenRaster has no place for."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from app import __version__
from app.storage.project.archive import Unsafe

if TYPE_CHECKING:
    from collections.abc import Mapping

FORMAT = 1
"""Raised when an older program would misread what a newer one writes."""

MAX_NAME = 255
MAX_PARAMETERS = 1 << 20
"""Letters of the parameters as JSON: a prompt may be a thousand times too long."""

_MAX_DEPTH = 16

_SEPARATORS = re.compile(r"[/\\]")
_UNSEEN = re.compile(r"[\x00-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """The name of the picture, the parameters, and the digest of every other member.

    `picture` and `mask` are the members that hold the truth: other programs see the mask as the
    alpha of a layer, and may have their own idea of that.
    """

    format: int = FORMAT
    name: str
    picture: str
    mask: str
    parameters: Mapping[str, Any] | None
    sha256: Mapping[str, str]

    @property
    def is_newer(self) -> bool:
        return self.format > FORMAT


def write_record(record: Record) -> bytes:
    """The record as text; the same one gives the same bytes."""
    values = {
        "format": record.format,
        "app": f"Maskwright {__version__}",
        "name": plain_name(record.name),
        "picture": record.picture,
        "mask": record.mask,
        "parameters": record.parameters,
        "sha256": dict(record.sha256),
    }
    return json.dumps(values, indent=1, sort_keys=True).encode()


def read_record(data: bytes) -> Record:
    """What `data` says; `Unsafe` when it is no such record."""
    try:
        values = json.loads(data)
        return _record(values)
    except (ValueError, RecursionError, TypeError, KeyError, AttributeError) as error:
        raise Unsafe(f"inpaint.json: {error}") from error


def plain_name(name: str) -> str:
    """A name without the folders before it and without signs that show nothing."""
    return _UNSEEN.sub("", _SEPARATORS.split(name)[-1])[:MAX_NAME]


def plain_parameters(values: object) -> Mapping[str, Any] | None:
    """Parameters as they came; `ValueError` when they are no record, or one beyond all measure."""
    if not isinstance(values, dict | None):
        raise ValueError("parameters that are no record")
    if not _is_shallow(values, _MAX_DEPTH) or len(json.dumps(values)) > MAX_PARAMETERS:
        raise ValueError("parameters without end")
    return values


def _is_shallow(value: object, depth: int) -> bool:
    if not isinstance(value, dict | list):
        return True
    inside = value.values() if isinstance(value, dict) else value
    return depth > 0 and all(_is_shallow(each, depth - 1) for each in inside)


def _record(values: Mapping[str, Any]) -> Record:
    number = values["format"]
    if type(number) is not int or number < 1:
        raise ValueError("format")
    return Record(
        format=number,
        name=plain_name(str(values["name"])),
        picture=str(values["picture"]),
        mask=str(values["mask"]),
        parameters=plain_parameters(values.get("parameters")),
        sha256={str(name): str(digest) for name, digest in values["sha256"].items()},
    )
