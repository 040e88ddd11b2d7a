"""A reader that foreign bytes have taken over can show wrong pixels, and do nothing else."""

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.model.draft import Draft
from app.model.errors import PictureError
from app.model.geometry import Size
from app.model.picture import Picture
from app.model.project import OpenedProject
from app.storage.pictures import drafts
from app.storage.pictures.canvas import BYTES
from app.storage.pictures.limits import MAX_FILE_BYTES
from app.storage.pictures.reader import ReaderDied
from app.storage.pictures.reading import Attention, Reading
from app.storage.pictures.room import MAX_PIXELS
from app.worker.frames import Frame

SIZE = Size(6, 4)
PATH = Path("/pictures/boat.ora")
QUESTION = Frame("open", parts=(b"/pictures/boat.ora",))

HEADER = Frame("header", {"width": 6, "height": 4, "needed": 1000, "pixels": 24, "file_bytes": 900})
PICTURE = Frame("picture", {"width": 6, "height": 4, "has_alpha": True, "notices": []})
MARK = {"facts": [1, 2, 3], "sha256": "ab" * 32}
PROJECT = Frame(
    "project",
    {**PICTURE.data, "name": "lake.png", "mark": MARK},
    (bytes(range(24)), b'{"prompt": "a red sail"}'),
)


class Liar:
    """Stands where a reader stands, and says whatever it was given to say."""

    def __init__(self, *says: Frame) -> None:
        self._says = iter(says)
        self.told: list[str] = []

    def tell(self, frame: Frame) -> None:
        self.told.append(frame.kind)

    def hear(self, timeout_s: float) -> Frame | None:
        frame = next(self._says, None)
        if frame is None:
            raise ReaderDied("it ended")
        return frame

    def give_room(self, size: int, *, is_seen: bool) -> bytearray:
        assert size <= BYTES * MAX_PIXELS
        return bytearray(size)


def content(*says: Frame, seen: list[Draft] | None = None) -> Picture | OpenedProject:
    attention = Attention(None if seen is None else seen.append)
    return Reading(Liar(*says), attention, 5.0).content(QUESTION, PATH)


def changed(frame: Frame, **data: Any) -> Frame:
    return Frame(frame.kind, {**frame.data, **data}, frame.parts)


def without(frame: Frame, name: str) -> Frame:
    return Frame(frame.kind, {k: v for k, v in frame.data.items() if k != name}, frame.parts)


def parted(*parts: bytes) -> Frame:
    return Frame(PROJECT.kind, PROJECT.data, parts)


def test_what_makes_sense_is_believed() -> None:
    found = content(HEADER, PROJECT)
    assert isinstance(found, OpenedProject)
    assert found.project.picture.size == SIZE
    assert found.project.picture.name == "lake.png"
    assert found.project.mask.tobytes() == bytes(range(24))
    assert found.project.parameters == {"prompt": "a red sail"}
    assert found.kept is not None
    assert (found.kept.path, found.kept.mark.facts) == (PATH, (1, 2, 3))


MASK = bytes(24)
DEEP = b'{"a":' * 40 + b"1" + b"}" * 40
NONSENSE = {
    "no frame of that kind": [Frame("hello")],
    "no size": [without(HEADER, "width")],
    "a size that is no number": [changed(HEADER, width="six")],
    "a size without end": [changed(HEADER, height=float("inf"))],
    "a size below nothing": [changed(HEADER, width=-6, height=-4)],
    "more pixels than anyone has": [changed(HEADER, pixels=1 << 40)],
    "more bytes than anyone has": [changed(HEADER, file_bytes=MAX_FILE_BYTES + 1)],
    "an end of its own": [HEADER, Frame("end")],
    "a picture of another size": [HEADER, changed(PICTURE, width=7)],
    "a picture that is larger": [HEADER, changed(PICTURE, width=600, height=400)],
    "a picture without pixels": [HEADER, changed(PICTURE, width=0)],
    "notices that are none": [HEADER, changed(PICTURE, notices=7)],
    "a project without its parts": [HEADER, parted()],
    "a project with more parts": [HEADER, parted(MASK, b"null", b"")],
    "a mask that is smaller": [HEADER, parted(MASK[1:], b"null")],
    "a mask that is larger": [HEADER, parted(MASK + MASK, b"null")],
    "parameters that are no record": [HEADER, parted(MASK, b"[]")],
    "parameters that are no text": [HEADER, parted(MASK, b"\xff\xfe{}")],
    "parameters nested deeply": [HEADER, parted(MASK, DEEP)],
    "parameters nested without end": [HEADER, parted(MASK, b"[" * 500_000)],
    "parameters without end": [HEADER, parted(MASK, b'{"a": "' + bytes(1 << 20) + b'"}')],
    "a number without end": [HEADER, parted(MASK, b'{"a": ' + b"9" * 5000 + b"}")],
    "a name that is no text": [HEADER, changed(PROJECT, name=["a"])],
    "no word on its mark": [HEADER, without(PROJECT, "mark")],
    "a mark that is no digest": [HEADER, changed(PROJECT, mark={**MARK, "sha256": "no"})],
    "a mark of few facts": [HEADER, changed(PROJECT, mark={**MARK, "facts": [1]})],
    "rows that lie nowhere": [HEADER, Frame("rows", {"orientation": [1], "is_ordered": True})],
    "a draft of another size": [HEADER, Frame("draft", {"width": 3, "height": 3}, (b"abc",))],
    "a draft without pixels": [HEADER, Frame("draft", {"width": 0, "height": 0}, (b"",))],
    "a draft without its part": [HEADER, Frame("draft", {"width": 3, "height": 3})],
    "the same again and again": [HEADER, Frame("decoded"), Frame("decoded"), PICTURE],
}


@pytest.mark.parametrize("lie", NONSENSE)
def test_nonsense_ends_the_conversation(lie: str) -> None:
    with pytest.raises(ReaderDied, match="nonsense"):
        content(*NONSENSE[lie], seen=[])


def test_more_pixels_than_are_opened_get_no_memory() -> None:
    liar = Liar(changed(HEADER, width=1 << 20, height=1 << 20))
    with pytest.raises(PictureError, match="too_large"):
        Reading(liar, Attention(), 5.0).content(QUESTION, PATH)
    assert liar.told[-1] == "enough"


def test_a_project_is_no_answer_to_who_asked_for_a_picture() -> None:
    with pytest.raises(ReaderDied, match="nonsense"):
        Reading(Liar(HEADER, PROJECT), Attention(), 5.0).picture(QUESTION, "boat", PATH)


def test_a_name_loses_what_would_lead_elsewhere_or_not_be_seen() -> None:
    found = content(HEADER, changed(PROJECT, name="/etc/\u202epass\x1b[2Jwd" + "x" * 500))
    assert isinstance(found, OpenedProject)
    assert found.project.picture.name == "pass[2Jwd" + "x" * 246


def test_a_refusal_is_plain_text() -> None:
    said = Frame("refused", {"kind": "unsupported\x1b[2J", "detail": "<b>\u202e" + "x" * 9000})
    with pytest.raises(PictureError) as told:
        content(said)
    assert (told.value.kind, told.value.detail[:4]) == ("unsupported[2J", "<b>x")
    assert len(told.value.detail) < 5000


def test_drafts_are_never_larger_than_what_came(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(drafts, "LARGE", 1)
    seen: list[Draft] = []
    draft = Frame("draft", {"width": 3, "height": 2}, (bytes(24),))
    content(HEADER, draft, PICTURE, seen=seen)
    assert [one.size for one in seen] == [SIZE, SIZE]
    assert seen[1].picture is not None
    assert seen[1].picture.size == Size(3, 2)


values = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.text(max_size=9)
    | st.sampled_from([6, 4, 24, 0, -1, "6", "picture", 1 << 70, 1e308]),
    lambda inside: st.lists(inside, max_size=3) | st.dictionaries(st.text(), inside, max_size=3),
    max_leaves=5,
)
names = ("width", "height", "needed", "pixels", "file_bytes", "has_alpha", "notices", "name")
said = st.builds(
    Frame,
    st.sampled_from(["header", "rows", "draft", "decoded", "picture", "project", "refused", ""]),
    st.dictionaries(st.sampled_from([*names, "mark", "kind", "detail", "orientation"]), values),
    st.lists(st.binary(max_size=30) | values.map(lambda one: json.dumps(one).encode()), max_size=3)
    .map(tuple),
)  # fmt: skip
bent = st.sampled_from([HEADER, PICTURE, PROJECT]).flatmap(
    lambda frame: st.builds(
        lambda name, value: changed(frame, **{name: value}), st.sampled_from(sorted(frame.data)),
        values,
    )
)  # fmt: skip


@settings(max_examples=400)
@given(st.lists(said | bent, max_size=4), st.booleans())
def test_whatever_it_says_is_a_picture_as_agreed_or_a_refusal(
    says: list[Frame], has_header: bool
) -> None:
    try:
        found = content(*([HEADER] if has_header else []), *says, seen=[])
    except (ReaderDied, PictureError):
        return
    picture = found.project.picture if isinstance(found, OpenedProject) else found
    assert 0 < picture.size.area <= MAX_PIXELS
    if isinstance(found, OpenedProject):
        assert found.project.mask.shape == picture.pixels.shape[:2]
        assert found.path == PATH
