"""A damaged project is an older one or a refusal, never half of one."""

import io
import json
import zipfile

import pytest

from app.model.errors import PictureError
from app.storage.project.archive import Unsafe
from app.storage.project.generations import previous_of
from app.storage.project.writing import write_project
from tests.support import tally
from tests.support.projects import is_same, make_project, read, reopened, save_project

RECORD = "maskwright/inpaint.json"


@pytest.fixture(scope="module")
def whole() -> bytes:
    out = io.BytesIO()
    write_project(out, make_project(), lambda _: None)
    return out.getvalue()


def rewritten(data: bytes, changes: dict[str, bytes | None]) -> bytes:
    """The file with other members: `None` leaves one out."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w") as new:
        for name in dict.fromkeys([*old.namelist(), *changes]):
            content = changes.get(name, old.read(name) if name in old.namelist() else None)
            if content is not None:
                new.writestr(name, content)
    return out.getvalue()


def outcome(data: bytes) -> object:
    tally.note("inputs tried")
    try:
        return read(data).project
    except Unsafe:
        return None


def test_cut_at_every_byte_it_is_refused(whole):
    assert len(whole) > 3000
    assert [end for end in range(len(whole)) if outcome(whole[:end]) is not None] == []


def test_with_any_bit_turned_over_it_is_the_same_or_refused(whole):
    project = make_project()
    refused = 0
    for at in range(len(whole)):
        turned = bytearray(whole)
        turned[at] ^= 1 << at % 8
        found = outcome(bytes(turned))
        refused += found is None
        assert found is None or is_same(found, project), at
    assert refused > len(whole) * 0.8  # the rest says when and by whom it was packed


def test_with_more_behind_its_end_it_is_refused(whole):
    assert outcome(whole + b"more") is None
    assert outcome(b"more" + whole) is None


@pytest.mark.parametrize("name", ["stack.xml", "data/mask.png", "maskwright/mask.png"])
def test_a_missing_member_is_refused(whole, name):
    assert outcome(rewritten(whole, {name: None})) is None


def test_a_member_that_was_exchanged_is_refused(whole):
    other = io.BytesIO()
    write_project(other, make_project(seed=9), lambda _: None)
    with zipfile.ZipFile(other) as archive:
        picture = archive.read("data/picture.png")
    assert outcome(rewritten(whole, {"data/picture.png": picture})) is None
    assert outcome(rewritten(whole, {"run.sh": b"rm -r ~"})) is None


def test_another_mimetype_is_refused(whole):
    assert outcome(rewritten(whole, {"mimetype": b"application/x-krita"})) is None
    assert outcome(rewritten(whole, {"mimetype": b"image/openrasteR"})) is None


@pytest.mark.parametrize(
    "spoiled",
    [
        b"",
        b"{",
        b"[]",
        b"null",
        b"[" * 100_000,
        b'{"format": ' + b"9" * 5000 + b"}",
        b'{"format": true, "name": "", "picture": "", "mask": "", "sha256": {}}',
        b'{"format": 1, "name": "", "picture": "", "mask": "", "sha256": []}',
        b'{"format": 1, "name": "", "picture": "", "mask": "", "sha256": {}, "parameters": 3}',
        b'\xff\xfe{"format": 1}',
    ],
)
def test_a_record_that_makes_no_sense_is_refused(whole, spoiled):
    assert outcome(rewritten(whole, {RECORD: spoiled})) is None


def test_parameters_of_any_kind_are_passed_on(whole):
    """What of them makes sense is decided where parameters are known."""
    with zipfile.ZipFile(io.BytesIO(whole)) as archive:
        record = json.loads(archive.read(RECORD))
    record["parameters"] = {"steps": "many", "run": "rm -r ~"}
    found = read(rewritten(whole, {RECORD: json.dumps(record).encode()}))
    assert found.project.parameters == record["parameters"]


def newer(whole: bytes) -> bytes:
    with zipfile.ZipFile(io.BytesIO(whole)) as archive:
        record = json.loads(archive.read(RECORD))
    record["format"], record["layers_of_tomorrow"] = 2, ["masks", "more masks"]
    return rewritten(whole, {RECORD: json.dumps(record).encode()})


def test_a_newer_version_is_opened_and_not_saved_over(whole, tmp_path):
    (tmp_path / "boat.ora").write_bytes(newer(whole))
    opened = reopened(tmp_path / "boat.ora")
    assert is_same(opened.project, make_project())
    assert (opened.notices, opened.kept) == (("newer",), None)


def test_the_last_good_generation_is_opened_instead(tmp_path):
    path, first, second = tmp_path / "boat.ora", make_project(), make_project(seed=9)
    save_project(path, first, None)
    save_project(path, second, None)
    data = path.read_bytes()
    assert is_same(reopened(path).project, second)
    for spoiled in (b"", data[:-1], data[: len(data) // 2], data[:40], b"\0" * len(data)):
        path.write_bytes(spoiled)
        opened = reopened(path)
        assert is_same(opened.project, first)
        assert (opened.path, opened.kept) == (previous_of(path), None)
        assert opened.notices == ("previous",)
        assert path.read_bytes() == spoiled


def test_without_a_good_generation_it_is_refused(tmp_path):
    path = tmp_path / "boat.ora"
    save_project(path, make_project(), None)
    path.write_bytes(path.read_bytes()[:-9])
    with pytest.raises(PictureError) as told:
        reopened(path)
    assert (told.value.kind, told.value.path) == ("project", path)
    previous_of(path).write_bytes(b"no project either")
    with pytest.raises(PictureError):
        reopened(path)


def test_what_is_no_project_is_refused_as_what_it_is(tmp_path):
    (tmp_path / "notes.txt").write_text("buy paint")
    save_project(tmp_path / "other.ora", make_project(), None)
    (tmp_path / "other.ora").rename(tmp_path / "notes.txt~")
    with pytest.raises(PictureError) as told:
        reopened(tmp_path / "notes.txt")
    assert told.value.kind == "not_a_picture"
    with pytest.raises(PictureError) as told:
        reopened(tmp_path / "missing.ora")
    assert told.value.kind == "missing"
