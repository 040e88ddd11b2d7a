"""Answers that are well as HTTP and wrong as JSON, or odd; a submit's task was made."""

import json
from collections.abc import Callable

from tests.support.faults.registry import fault
from tests.support.wire import Call


def _answers(name: str, change: Callable[[bytes], bytes]) -> None:
    """Enter `json_<name>`: the correct answer, changed as bytes."""

    async def changed(call: Call) -> None:
        status, data = await call.correct()
        await call.answer(status, change(data), {"Content-Type": "application/json"})

    fault(f"json_{name}")(changed)


def _member(text: bytes) -> Callable[[bytes], bytes]:
    """One more member at the beginning of the answer."""
    return lambda data: b"{" + text + b", " + data[1:]


def _wrong_types(data: bytes) -> bytes:
    return json.dumps({name: [1, {"a": None}] for name in json.loads(data)}).encode()


# What cannot be read.
_answers("cut", lambda data: data[: len(data) // 2])
_answers("text", lambda data: b"OK, thank you")
_answers("trailing", lambda data: data + b"}")
_answers("nul", lambda data: data.replace(b'"', b"\x00"))
_answers("not_utf8", _member(b'"x": "\xff\xfe"'))
_answers("deep", lambda data: b"[" * 100_000)
_answers("deep_member", _member(b'"x": ' + b"[" * 100_000 + b"]" * 100_000))
_answers("long_number", _member(b'"x": ' + b"9" * 5000))
_answers("padded", lambda data: data + b" " * 3 * 1024**2)

# What can be read and is something else.
_answers("null", lambda data: b"null")
_answers("number", lambda data: b"42")
_answers("string", lambda data: b'"task-1"')
_answers("list", lambda data: b"[" + data + b"]")
_answers("empty", lambda data: b"{}")
_answers("wrong_types", _wrong_types)

# What is odd and says what it must.
_answers("surrogate", _member(b'"x": "\\ud800"'))
_answers("duplicate_keys", lambda data: _member(b'"task": {}, "task_id": "", "images": []')(data))
_answers("bom", lambda data: b"\xef\xbb\xbf" + data)
_answers("utf16", lambda data: data.decode().encode("utf-16"))
_answers("unknown_members", _member(b'"videos": null, "\xe2\x80\xae": {"a": [1e400, -0]}'))
