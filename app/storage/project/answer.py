"""A project on its way out of a reader: what that says of it, and what the program believes.

The picture lies on the canvas, the mask and the parameters travel with the frame. Nothing is
believed but that they are of the size that was agreed to, and plain values.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import numpy as np

from app.model.project import FileMark, Kept, OpenedProject, Project
from app.storage.project.record import MAX_PARAMETERS, plain_name, plain_parameters
from app.worker.frames import Frame

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from app.model.geometry import Size
    from app.model.picture import Picture, Plane

_SHA256 = re.compile("[0-9a-f]{64}")
_FACTS = 3


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class Content:
    """What was in a file, beside the picture of `size` that is on a canvas now.

    `name` is None where the picture has none of its own. `is_ours` says that nothing in the file
    was left behind.
    """

    size: Size
    has_alpha: bool
    mask: Plane
    name: str | None = None
    parameters: Mapping[str, Any] | None = None
    is_ours: bool = False
    notices: tuple[str, ...] = ()


def answer(content: Content, mark: FileMark | None) -> Frame:
    """What a reader says; `mark` is that of a file that may be saved over."""
    told = {
        "width": content.size.width,
        "height": content.size.height,
        "has_alpha": content.has_alpha,
        "name": content.name,
        "notices": content.notices,
        "mark": mark and {"facts": mark.facts, "sha256": mark.sha256},
    }
    parameters = json.dumps(content.parameters).encode()
    return Frame("project", told, (content.mask.tobytes(), parameters))


def believed(said: Frame, picture: Picture, path: Path) -> OpenedProject:
    """The project in the file at `path`, around its picture; nonsense raises what it may."""
    size, (mask, parameters) = picture.size, said.parts
    if len(parameters) > MAX_PARAMETERS:
        raise ValueError("parameters")
    name, mark = said.data["name"], said.data["mark"]
    project = Project(
        picture=replace(
            picture, name=path.name if name is None else plain_name(name), path=None, notices=()
        ),
        mask=np.frombuffer(mask, np.uint8).reshape(size.height, size.width),
        parameters=plain_parameters(json.loads(parameters)),
    )
    kept = None if mark is None else Kept(path, _mark(mark))
    return OpenedProject(project=project, path=path, kept=kept, notices=picture.notices)


def _mark(said: Mapping[str, Any]) -> FileMark:
    facts, sha256 = tuple(map(int, said["facts"])), said["sha256"]
    if len(facts) != _FACTS or not _SHA256.fullmatch(sha256):
        raise ValueError("mark")
    return FileMark(facts, sha256)
