"""Strokes that were recorded paint today what they painted then."""

import pytest

from tests.support.strokes import Recording, digest_of, recordings


@pytest.mark.parametrize("recorded", list(recordings()), ids=lambda each: each.name)
def test_a_recorded_stroke_paints_the_same_mask(recorded: Recording):
    assert digest_of(recorded.replay()) == recorded.digest


@pytest.mark.parametrize("recorded", list(recordings()), ids=lambda each: each.name)
def test_a_recorded_stroke_paints_something_and_is_undone_exactly(recorded: Recording):
    mask = recorded.blank()
    before = digest_of(mask)
    stroke = recorded.stroke(mask)
    for sample in recorded.samples:
        stroke.extend(sample)
    patch = stroke.finish()
    assert digest_of(mask) != before
    patch.undo_into(mask)
    assert digest_of(mask) == before


def test_both_devices_are_recorded():
    assert {each.device for each in recordings()} == {"mouse", "tablet"}
    assert any(len({sample.pressure for sample in each.samples}) > 50 for each in recordings())
