"""Paintings by other programs: what they look like, and their mask."""

import numpy as np
import pytest
from PIL import Image

from tests.support.projects import png, read, reopened, stack, zipped

SIZE = (24, 16)
rng = np.random.default_rng(3)
GROUND = rng.integers(0, 256, (16, 24, 3), np.uint8)
ABOVE = rng.integers(0, 256, (6, 8, 4), np.uint8)
MASK = np.arange(80, dtype=np.uint8).reshape(8, 10) * 3
RED = np.dstack([np.full((8, 10), value, np.uint8) for value in (255, 40, 40)])
MERGED = rng.integers(0, 256, (16, 24, 3), np.uint8)


def layer(name: str, src: str, **facts: object) -> str:
    given = "".join(f' {key.replace("_", "-")}="{value}"' for key, value in facts.items())
    return f'<layer name="{name}" src="data/{src}.png"{given}/>'


def members(*layers: str, **pictures: np.ndarray) -> dict[str, bytes]:
    found = {f"data/{name}.png": png(pixels) for name, pixels in pictures.items()}
    return {"stack.xml": stack(*layers), **found}


def test_a_painting_without_a_mask_is_what_its_program_saw():
    given = members(layer("sky", "a"), layer("sea", "b"), a=GROUND, b=GROUND)
    found = read(zipped({**given, "mergedimage.png": png(MERGED)}))
    assert np.array_equal(found.project.picture.rgb, MERGED)
    assert not found.project.mask.any()
    assert found.project.parameters is None
    assert (found.kept, found.notices) == (None, ("flattened", "no_mask"))


@pytest.mark.parametrize("name", ["Mask", "mask", " MASK "])
def test_a_layer_called_mask_is_the_mask_and_no_part_of_the_picture(name):
    cut = np.dstack((RED, MASK))
    given = members(layer(name, "m", x=5, y=4), layer("sea", "a"), a=GROUND, m=cut)
    found = read(zipped({**given, "mergedimage.png": png(MERGED)}))
    assert np.array_equal(found.project.picture.rgb, GROUND)
    expected = np.zeros((16, 24), np.uint8)
    expected[4:12, 5:15] = MASK
    assert np.array_equal(found.project.mask, expected)
    assert found.notices == ("mask_layer",)


def test_a_hidden_mask_reaching_over_the_edge_is_cut_there():
    cut = np.dstack((RED, np.full((8, 10), 255, np.uint8)))
    given = members(
        layer("Mask", "m", x=-4, y=12, visibility="hidden", opacity=0.3),
        layer("sea", "a"),
        a=GROUND,
        m=cut,
    )
    expected = np.zeros((16, 24), np.uint8)
    expected[12:, :6] = 255
    assert np.array_equal(read(zipped(given)).project.mask, expected)


def test_an_opaque_mask_is_read_by_its_brightness():
    grey = rng.integers(0, 256, (16, 24), np.uint8)
    opaque = np.dstack([grey] * 3 + [np.full_like(grey, 255)])
    for pixels in (grey, opaque):
        given = members(layer("Mask", "m"), layer("sea", "a"), a=GROUND, m=pixels)
        assert np.array_equal(read(zipped(given)).project.mask, grey)


def test_layers_are_laid_over_one_another_in_order():
    given = members(
        layer("boat", "b", x=10, y=-2, opacity=0.6),
        layer("ghost", "b", visibility="hidden"),
        layer("sea", "a"),
        a=GROUND,
        b=ABOVE,
    )
    above = Image.fromarray(ABOVE)
    above.putalpha(above.getchannel("A").point([round(value * 0.6) for value in range(256)]))
    expected = Image.fromarray(GROUND).convert("RGBA")
    expected.alpha_composite(above.crop((0, 2, 8, 6)), (10, 0))
    found = read(zipped(given))
    difference = found.project.picture.rgb.astype(int) - np.asarray(expected)[:, :, :3]
    assert abs(difference).max() <= 1
    assert found.project.picture.alpha is None
    assert found.notices == ("flattened", "no_mask")


def test_groups_hand_on_their_place_and_opacity():
    inside = f'<stack x="3" y="2" opacity="0.5">{layer("boat", "b", x=1)}</stack>'
    hidden = f'<stack visibility="hidden">{layer("ghost", "a")}</stack>'
    found = read(zipped(members(inside, hidden, b=np.full((6, 8, 4), 255, np.uint8), a=GROUND)))
    alpha = found.project.picture.alpha
    assert alpha is not None
    assert np.unique(alpha[2:8, 4:12]).tolist() == [128]
    assert not alpha[:2].any()


def test_blending_that_is_not_understood_is_told():
    given = members(
        layer("Mask", "m"),
        layer("glow", "a", composite_op="svg:screen"),
        m=np.dstack((RED, MASK)),
        a=GROUND,
    )
    assert read(zipped(given)).notices == ("blended", "mask_layer")


def test_saving_never_goes_back_to_the_file_of_another_program(tmp_path):
    given = members(layer("sea", "a"), a=GROUND)
    (tmp_path / "boat.ora").write_bytes(zipped({**given, "mergedimage.png": png(GROUND)}))
    opened = reopened(tmp_path / "boat.ora")
    assert (opened.kept, opened.path) == (None, tmp_path / "boat.ora")
