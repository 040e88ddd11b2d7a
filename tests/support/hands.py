"""What hands do, for tests that try many strokes."""

from collections.abc import Sequence

from hypothesis import strategies as st

from app.model.aids import Aids
from app.model.brush import Brush, Sample
from app.model.geometry import Size
from app.model.mask import Mask
from app.model.patch import Patch
from app.model.picture import Picture
from app.model.stroke import Stroke

SIZE = Size(150, 200)

brushes = st.builds(
    Brush,
    size=st.sampled_from([1.0, 2.0, 5.5, 20.0, 63.0, 130.0, 400.0]),
    hardness=st.sampled_from([0.0, 0.5, 0.8, 1.0]),
    opacity=st.sampled_from([0.3, 1.0]),
    size_pressure=st.booleans(),
    opacity_pressure=st.booleans(),
)
samples = st.builds(
    Sample,
    x=st.floats(-40, 240),
    y=st.floats(-40, 240),
    pressure=st.floats(0, 1) | st.just(1.0),
)
hands = st.lists(samples, min_size=1, max_size=5)


def painted(
    mask: Mask,
    brush: Brush,
    hand: Sequence[Sample],
    *,
    erase: bool = False,
    aids: Aids | None = None,
    picture: Picture | None = None,
) -> Patch:
    """The patch of a stroke that follows a hand."""
    stroke = Stroke(mask, brush, erase=erase, aids=aids or Aids(), picture=picture)
    for sample in hand:
        stroke.extend(sample)
    return stroke.finish()
