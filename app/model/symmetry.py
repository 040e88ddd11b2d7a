"""Symmetry: where dabs are repeated beyond the axes through a picture's middle."""

from app.model.aids import Symmetry

Mirror = tuple[bool, bool]
"""Whether left and right, and whether top and bottom are swapped."""

PLAIN: Mirror = (False, False)

_MIRRORS: dict[Symmetry, tuple[Mirror, ...]] = {
    "off": (),
    "vertical": ((True, False),),
    "horizontal": ((False, True),),
    "both": ((True, False), (False, True), (True, True)),
}


def mirrors(symmetry: Symmetry) -> tuple[Mirror, ...]:
    """How each dab falls besides the way it was painted."""
    return _MIRRORS[symmetry]
