"""A project comes back as it was saved, and other programs can open it."""

import json
import shutil
import subprocess
import zipfile
from dataclasses import replace
from io import BytesIO

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from app.model.project import Project
from app.storage.project.checking import check_project
from app.storage.project.writing import write_project
from tests.support.projects import FIXTURES, is_same, make_project, read, reopened, save_project


def written(project: Project) -> bytes:
    out = BytesIO()
    write_project(out, project, lambda _: None)
    return out.getvalue()


@pytest.mark.parametrize("size", [(24, 16), (1, 1), (700, 3), (2, 600)])
@pytest.mark.parametrize("has_alpha", [False, True])
def test_pixels_alpha_mask_and_parameters_come_back_exactly(tmp_path, size, has_alpha):
    project = make_project(*size, has_alpha=has_alpha)
    kept = save_project(tmp_path / "boat.ora", project, None)
    opened = reopened(tmp_path / "boat.ora")
    assert is_same(opened.project, project)
    assert (opened.kept, opened.notices) == (kept, ())
    assert opened.project.picture.path is None


values = st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text()


@given(
    parameters=st.fixed_dictionaries(
        {
            "prompt": st.text(max_size=200),
            "seed": st.integers(-1, 2**63),
            "strength": st.floats(0.01, 1),
            "sampler_name": st.sampled_from(["Euler a", "DPM++ 2M Karras"]),
            "loras": st.lists(st.dictionaries(st.text(), values, max_size=3), max_size=3),
        }
    ),
    name=st.text(st.characters(categories=("L", "N", "P", "Zs")), min_size=1, max_size=40),
)
def test_whatever_was_chosen_comes_back(parameters, name):
    name = name.replace("/", "").replace("\\", "")
    project = make_project(3, 2)
    given = Project(picture=project.picture, mask=project.mask, parameters=parameters)
    assert read(written(given), name).project.parameters == parameters


def test_the_same_project_gives_the_same_bytes():
    assert written(make_project()) == written(make_project())
    assert written(make_project()) != written(make_project(steps=13))


def test_the_file_tells_neither_folder_nor_key(tmp_path):
    project = make_project(name="/home/artist/secret client/harbour.jpg")
    save_project(tmp_path / "boat.ora", project, None)
    data = (tmp_path / "boat.ora").read_bytes()
    assert b"artist" not in data
    assert b"secret" not in data
    assert str(tmp_path).encode() not in data
    assert reopened(tmp_path / "boat.ora").project.picture.name == "harbour.jpg"


def test_other_programs_find_an_open_raster_file(tmp_path):
    project = make_project(300, 260, has_alpha=True)
    save_project(tmp_path / "boat.ora", project, None)
    with zipfile.ZipFile(tmp_path / "boat.ora") as archive:
        assert archive.testzip() is None
        first = archive.infolist()[0]
        assert (first.filename, first.compress_type) == ("mimetype", zipfile.ZIP_STORED)
        assert archive.read("mimetype") == b"image/openraster"
        stack = archive.read("stack.xml").decode()
        assert stack.index("data/mask.png") < stack.index("data/picture.png")
        with Image.open(archive.open("data/mask.png")) as layer:
            assert np.array_equal(np.asarray(layer)[:, :, 3], project.mask)
        with Image.open(archive.open("maskwright/mask.png")) as truth:
            assert truth.mode == "L"
            assert np.array_equal(np.asarray(truth), project.mask)
        with Image.open(archive.open("Thumbnails/thumbnail.png")) as small:
            assert small.mode == "RGBA"
            assert max(small.size) == 256
        record = json.loads(archive.read("maskwright/inpaint.json"))
        assert record["mask"] == "maskwright/mask.png"
        assert record["sha256"].keys() == set(archive.namelist()) - {"maskwright/inpaint.json"}


@pytest.mark.parametrize("has_alpha", [False, True])
def test_the_merged_picture_is_what_the_layers_look_like(tmp_path, has_alpha):
    project = make_project(40, 30, has_alpha=has_alpha)
    save_project(tmp_path / "boat.ora", project, None)
    with zipfile.ZipFile(tmp_path / "boat.ora") as archive:
        ground, layer, merged = (
            Image.open(archive.open(name)).convert("RGBA")
            for name in ("data/picture.png", "data/mask.png", "mergedimage.png")
        )
    layer.putalpha(layer.getchannel("A").point([round(value * 0.5) for value in range(256)]))
    expected = np.asarray(Image.alpha_composite(ground, layer)).astype(int)
    found = np.asarray(merged).astype(int)
    assert abs(expected - found)[..., 3].max() <= 1
    is_seen = expected[..., 3] > 60  # the colours of what is hardly there are coarse in both
    assert abs(expected - found)[is_seen].max() <= 3


@pytest.mark.skipif(shutil.which("unzip") is None, reason="there is no unzip here")
def test_unzip_finds_no_fault(tmp_path):
    save_project(tmp_path / "boat.ora", make_project(), None)
    done = subprocess.run(
        ["unzip", "-t", tmp_path / "boat.ora"], capture_output=True, text=True, check=False
    )
    assert (done.returncode, "No errors detected" in done.stdout) == (0, True)


def test_a_large_picture_is_reported_on_the_way_to_its_end(tmp_path):
    told: list[float] = []
    save_project(tmp_path / "boat.ora", make_project(8, 3000), None, told.append)
    assert told == sorted(told)
    assert len(set(told)) > 10
    assert told[-1] == 1.0


@pytest.mark.parametrize("path", sorted(FIXTURES.glob("*.ora")), ids=lambda path: path.stem)
def test_what_every_version_saved_is_still_opened(path, tmp_path):
    """Files of released formats are never made anew: that they open is what is tested."""
    opened = reopened(shutil.copy(path, tmp_path / path.name))
    expected = make_project(has_alpha=True, name="harbour at dusk.jpg")
    assert is_same(replace(opened.project, parameters=expected.parameters), expected)
    assert opened.notices == ()
    assert opened.kept is not None
    parameters = opened.project.parameters
    assert parameters is not None
    assert (parameters["prompt"], parameters["steps"]) == ("a red sail", 12)


def test_there_is_a_file_of_every_format():
    assert [path.name for path in sorted(FIXTURES.glob("*.ora"))] == ["format-1.ora"]
    with (FIXTURES / "format-1.ora").open("rb") as file:
        check_project(file)
