"""From the bytes of an answer to the contract's records. All reading errors end here."""

import json
from typing import TypeVar

from app.api.errors import refusal
from app.api.exchange import Reply
from app.contract.responses import Answer, ErrorBody
from app.contract.text import clean
from app.model.errors import BadAnswer, WrongAddress

_EXCERPT = 300

Record = TypeVar("Record", bound=Answer)


def read(kind: type[Record], reply: Reply) -> Record:
    """The record that a reply holds; raises the typed error of a refusal.

    A 2xx that holds no such record is `WrongAddress` if it is a web page (a network's login page
    is one), else `BadAnswer`; both carry the beginning of what was said.
    """
    if not reply.is_success:
        raise refusal(reply, _error_body(reply))
    try:
        return kind.model_validate(_parse(reply.data))
    except ValueError as error:  # pydantic's is one, too
        failure = WrongAddress if _is_page(reply) else BadAnswer
        raise failure(excerpt(reply.data), status=reply.status) from error


def excerpt(data: bytes) -> str:
    """The beginning of an answer as text fit to be shown."""
    return clean(data[: 4 * _EXCERPT].decode("utf-8", "replace"))[:_EXCERPT]


def _error_body(reply: Reply) -> ErrorBody:
    """The envelope of a refusal; gateways send pages instead, whose text is of no use."""
    try:
        return ErrorBody.model_validate(_parse(reply.data))
    except ValueError:
        return ErrorBody(message="" if _is_page(reply) else excerpt(reply.data))


def _is_page(reply: Reply) -> bool:
    return reply.data.lstrip()[:1] == b"<"


def _parse(data: bytes) -> object:
    """JSON; `ValueError` for all that is none.

    The parser may also meet bytes that are no text, numbers of thousands of digits (both are
    `ValueError`s) and lists nested too deep.
    """
    try:
        return json.loads(data)
    except RecursionError as error:
        raise ValueError("nested too deep") from error
