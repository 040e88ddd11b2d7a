"""File names and the template that makes them."""

import unicodedata
from datetime import datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.model.errors import InvalidInput
from app.storage.names import (
    DEFAULT_TEMPLATE,
    MAX_STEM_BYTES,
    PLACEHOLDERS,
    Naming,
    check_template,
    example,
    result_stem,
    safe_stem,
)

AWKWARD = st.one_of(
    st.text(),
    st.text(alphabet='./\\:*?"<>| \n\t\0\u202e\u0301=<AUXnul.'),
    st.sampled_from(["NUL", "con.txt", "lpt1 ", "COM¹", " . ", "..", "a" * 300, "é" * 200]),
)


def naming(**changes: object) -> Naming:
    facts = {
        "name": "harbour.jpg",
        "created": datetime(2026, 3, 14, 15, 9, 26),
        "seed": 7,
        "index": 0,
        "prompt": "a red sail",
        "model": "model.safetensors",
        "job": "abcdef0123456789",
    }
    return Naming(**{**facts, **changes})


@given(AWKWARD)
def test_any_text_becomes_a_name_that_every_system_takes(text: str) -> None:
    stem = safe_stem(text)
    assert len(stem.encode()) <= MAX_STEM_BYTES
    assert stem == stem.strip(" .")
    assert stem == unicodedata.normalize("NFC", stem)
    assert not set(stem) & set('<>:"/\\|?*')
    assert all(unicodedata.category(c)[0] != "C" for c in stem)
    assert stem.split(".")[0].rstrip().upper() not in {"NUL", "CON", "LPT1", "COM¹", "AUX"}


@given(AWKWARD)
def test_a_safe_name_stays_as_it_is(text: str) -> None:
    assert safe_stem(safe_stem(text)) == safe_stem(text)


@given(AWKWARD, AWKWARD)
def test_a_result_can_be_written_whatever_it_is_called(name: str, prompt: str) -> None:
    stem = result_stem("{name} {prompt}", naming(name=name, prompt=prompt))
    path = Path("/folder") / f"{stem}-99.png"
    assert path.parent == Path("/folder")
    assert 0 < len(path.name.encode()) <= 120


def test_the_default_template_tells_picture_time_and_number() -> None:
    assert example(DEFAULT_TEMPLATE) == "harbour-2026-03-14-150926-1"


def test_every_placeholder_has_a_value() -> None:
    template = " ".join(f"{{{name}}}" for name in PLACEHOLDERS)
    assert example(template) == (
        "harbour 2026-03-14 150926 1234567890 1 a red sail inpainting-model 5f3a9c"
    )


def test_a_long_picture_name_leaves_the_number_in_place() -> None:
    assert result_stem(DEFAULT_TEMPLATE, naming(name="x" * 300, index=7)).endswith("-8")


def test_a_result_without_seed_or_name_still_gets_one() -> None:
    assert result_stem("{name}-{seed}", naming(name="", seed=None)) == "untitled-unknown"


def test_only_the_suffixes_of_pictures_are_cut() -> None:
    assert result_stem("{name}", naming(name="v1.2")) == "v1.2"
    assert result_stem("{name}", naming(name="v1.2.JPEG")) == "v1.2"


@pytest.mark.parametrize(
    ("template", "kind", "limit"),
    [
        ("", "empty", None),
        (" . ", "empty", None),
        ("{date}/{name}", "folder", None),
        ("a\\b", "folder", None),
        ("{name", "braces", None),
        ("name}", "braces", None),
        ("{seed:>9}", "braces", None),
        ("{name!r}", "braces", None),
        ("{nam}", "unknown_placeholder", "nam"),
        ("{}", "unknown_placeholder", ""),
        ("{name.__class__}", "unknown_placeholder", "name.__class__"),
        ("{name[0]}", "unknown_placeholder", "name[0]"),
    ],
)
def test_a_template_that_cannot_name_is_refused(
    template: str, kind: str, limit: str | None
) -> None:
    with pytest.raises(InvalidInput) as caught:
        check_template(template)
    assert (caught.value.field, caught.value.kind) == ("name_template", kind)
    assert caught.value.limit == limit


@given(st.text(alphabet="{}ab/namedtc:!.[]"))
def test_a_template_is_refused_or_gives_a_name(template: str) -> None:
    try:
        check_template(template)
    except InvalidInput:
        return
    assert example(template)
