"""What is masked in texts for the log and for reports."""

import pytest

from app.model.redaction import Redaction

KEY = "sk-canary.0123456789"


@pytest.mark.parametrize(
    ("text", "masked"),
    [
        ("Authorization: Bearer sk-abc.def", "Authorization: Bearer ***"),
        ('{"authorization": "bearer   sk-abc"}', '{"authorization": "bearer ***"}'),
        ("Basic dXNlcjpwYXNz", "Basic ***"),
        ("X-Amz-Signature=0f1e&x=1", "X-Amz-Signature=***&x=1"),
        ("x-amz-credential=AKIA/2026", "x-amz-credential=***"),
        ("X-Amz-Security-Token=a%2Fb", "X-Amz-Security-Token=***"),
        ("GET https://host/a/b.png?sign=abc&ttl=3 200", "GET https://host/a/b.png?*** 200"),
        ("'https://host/a.png?sign=abc'", "'https://host/a.png?***'"),
        ("https://user:word@host/a", "https://***@host/a"),
        ("see https://host/a.", "see https://host/a."),
        ("a" * 200, "(200 characters)"),
        ("x " + "Ab+/" * 60 + "== y", "x (242 characters) y"),
        ("a" * 199, "a" * 199),
    ],
)
def test_what_looks_like_a_secret_is_masked(text: str, masked: str) -> None:
    assert Redaction()(text) == masked


def test_a_key_is_masked_wherever_it_stands_once_it_is_known() -> None:
    redaction = Redaction()
    text = f"a{KEY}b {KEY!r} /home/{KEY}/x"
    assert redaction(text) == text
    redaction.learn(KEY)
    assert redaction(text) == "a***b '***' /home/***/x"


def test_a_key_that_begins_like_another_leaves_no_rest() -> None:
    redaction = Redaction()
    for key in ("secret", "secret-and-more"):
        redaction.learn(key)
    assert redaction("secret-and-more secret") == "*** ***"


def test_what_is_too_short_for_a_key_masks_no_words() -> None:
    redaction = Redaction()
    redaction.learn("a")
    redaction.learn("")
    assert redaction("a banana") == "a banana"
    assert "canary" not in repr(redaction)
