"""The change that an operation's settings ask for."""

from dataclasses import dataclass

from app.model.change import Change, Report
from app.model.operations.mending import fill_holes, remove_specks
from app.model.operations.reaching import grow, shrink
from app.model.operations.settings import (
    Feather,
    FillHoles,
    FromAlpha,
    FromChange,
    FromLuminance,
    Grow,
    Levels,
    RemoveSpecks,
    Settings,
    Shrink,
    Smooth,
)
from app.model.operations.softening import feather, smooth
from app.model.operations.sources import from_alpha, from_change, from_luminance
from app.model.operations.toning import levels
from app.model.picture import Picture, Plane


@dataclass(frozen=True, slots=True, eq=False)
class Sight:
    """What operations may look at besides the mask; `result` is None where there is none."""

    picture: Picture
    result: Picture | None = None


def computed(base: Plane, settings: Settings, report: Report, sight: Sight) -> Change:
    """What the operation makes of a mask."""
    match settings:
        case Grow():
            return grow(base, settings, report)
        case Shrink():
            return shrink(base, settings, report)
        case Feather():
            return feather(base, settings, report)
        case Smooth():
            return smooth(base, settings, report)
        case Levels():
            return levels(base, settings, report)
        case RemoveSpecks():
            return remove_specks(base, settings, report)
        case FillHoles():
            return fill_holes(base, settings, report)
        case FromAlpha():
            return from_alpha(base, settings, report, sight.picture)
        case FromLuminance():
            return from_luminance(base, settings, report, sight.picture)
        case FromChange():
            if sight.result is None:
                raise ValueError("there is no result to compare with")
            return from_change(base, settings, report, sight.picture, sight.result)
