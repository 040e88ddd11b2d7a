"""Symmetry: which way dabs are repeated beyond the axes through a picture's middle."""

from app.model.aids import Symmetry

Mirror = tuple[bool, bool]
"""Whether left and right, and whether top and bottom are swapped."""

AS_IT_IS: Mirror = (False, False)

_MIRRORS: dict[Symmetry, tuple[Mirror, ...]] = {
    "off": (AS_IT_IS,),
    "vertical": (AS_IT_IS, (True, False)),
    "horizontal": (AS_IT_IS, (False, True)),
    "both": (AS_IT_IS, (True, False), (False, True), (True, True)),
}


def mirrors(symmetry: Symmetry) -> tuple[Mirror, ...]:
    """How each dab falls, the way it was painted first."""
    return _MIRRORS[symmetry]
