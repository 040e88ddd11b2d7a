"""Frames survive the way, and nonsense is noticed."""

import io
import struct

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.worker import frames
from app.worker.frames import BrokenFrame, Frame

FRAMES = st.builds(
    Frame,
    st.text(max_size=8),
    st.dictionaries(st.text(max_size=4), st.none() | st.integers() | st.text(), max_size=3),
    st.lists(st.binary(max_size=50), max_size=3).map(tuple),
)


@given(st.lists(FRAMES, max_size=3))
def test_what_is_written_is_read(sent: list[Frame]) -> None:
    stream = io.BytesIO()
    for frame in sent:
        frames.write(stream, frame)
    stream.seek(0)
    assert [frames.read(stream) for _ in sent] == sent
    with pytest.raises(EOFError):
        frames.read(stream)


def headed(head: bytes) -> bytes:
    return struct.pack("!I", len(head)) + head


@pytest.mark.parametrize(
    "data",
    [
        b"\xff\xff\xff\xff",
        headed(b"nonsense"),
        headed(b"{}"),
        headed(b"[]"),
        headed(b'{"kind": "x", "data": {}, "sizes": [99999999999]}'),
        headed(b'{"kind": "x", "data": {}, "sizes": [-1]}'),
        headed(b'{"kind": "x", "data": {}, "sizes": [1.5]}'),
        headed(b'{"kind": "x", "data": {}, "sizes": [true]}'),
        headed(b'{"kind": "x", "data": {}, "sizes": [null]}'),
        headed(b'{"kind": "x", "data": {}, "sizes": "12"}'),
        headed(b'{"kind": "x", "data": [], "sizes": []}'),
        headed(b'{"kind": [], "data": {}, "sizes": []}'),
        headed(b"[" * 100_000),
    ],
)
def test_nonsense_is_no_frame(data: bytes) -> None:
    with pytest.raises(BrokenFrame):
        frames.read(io.BytesIO(data))


def test_an_end_within_a_frame_is_an_error() -> None:
    with pytest.raises(EOFError):
        frames.read(io.BytesIO(headed(b'{"kind": "x", "data": {}, "sizes": [9]}') + b"abc"))
