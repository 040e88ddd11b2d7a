"""What can go wrong with the list of models and with the account."""

import json
from collections.abc import Callable
from typing import Any

from tests.support.faults.registry import fault
from tests.support.wire import Call

Model = dict[str, Any]


def _model(model_name: str, **facts: Any) -> Model:
    return {"model_name": model_name, "name": model_name, "status": 1, **facts}


def _lists(name: str, answer: Callable[[str], Any]) -> None:
    """Enter `models.<name>`: an answer by the cursor that was asked for."""

    async def listed(call: Call) -> None:
        await call.correct()
        await call.answer(200, answer(call.request.query.get("pagination.cursor", "")))

    fault(f"models.{name}")(listed)


def _page(*models: Any, cursor: object = "") -> dict[str, Any]:
    return {"models": list(models), "pagination": {"next_cursor": cursor}}


def _endless(cursor: str) -> dict[str, Any]:
    number = int(cursor or 0)
    return _page(*(_model(f"m{number}-{n}") for n in range(100)), cursor=str(number + 1))


_lists("empty", lambda cursor: _page())
_lists("null", lambda cursor: {"models": None, "pagination": None})
_lists("unavailable", lambda cursor: _page(_model("a", status=0), _model("b", status="0")))
_lists("cursor_loop", lambda cursor: _page(_model("a"), cursor="again"))
_lists("endless", _endless)
_lists("endless_empty", lambda cursor: _page(cursor=str(int(cursor or 0) + 1)))
_lists("pagination_null", lambda cursor: {"models": [_model("a")], "pagination": None})
_lists("pagination_absent", lambda cursor: {"models": [_model("a")]})
_lists("cursor_null", lambda cursor: _page(_model("a"), cursor=None))
_lists("cursor_number", lambda cursor: _page(_model("a"), cursor=7))
_lists("missing_fields", lambda cursor: _page({}, {"name": "nameless"}, {"model_name": "a"}))
_lists(
    "wrong_types",
    lambda cursor: _page(
        None, 5, "x", [], _model("a", tags={}, type="lora", is_sdxl="yes", cover_url=9, status="1")
    ),
)
_lists(
    "html_names",
    lambda cursor: _page(_model("a<b>b</b><img src=x>"), _model("\u202eevil\x00", name=None)),
)
_lists("long_names", lambda cursor: _page(_model("n" * 300), _model("m" * 100_000)))
_lists("duplicates", lambda cursor: _page(_model("a"), _model("a"), _model("b")))


_BALANCES: dict[str, object] = {
    "zero": 0,
    "string": "123400",
    "words": "plenty",
    "null": None,
    "list": [1],
    "negative": -5,
    "huge": 1e300,
}


def _owns(name: str, balance: object) -> None:
    async def owned(call: Call) -> None:
        await call.correct()
        await call.answer(200, {"credit_balance": balance, "allow_features": None})

    fault(f"user.balance_{name}")(owned)


for _name, _balance in _BALANCES.items():
    _owns(_name, _balance)


@fault("user.balance_missing")
async def balance_missing(call: Call) -> None:
    """An account without a balance."""
    _, data = await call.correct()
    answer = json.loads(data)
    answer.pop("credit_balance", None)
    await call.answer(200, answer)
