"""From the bytes of an answer to the contract's records. All reading errors end here."""

import json
import re
from typing import TypeVar

from app.api.errors import refusal
from app.api.exchange import Reply
from app.contract.responses import Answer, ErrorBody
from app.contract.text import TASK_ID, clean
from app.model.errors import BadAnswer, WrongAddress

_EXCERPT = 300

_ID = re.compile(rb'"task_id"\s*:\s*"(' + TASK_ID.encode() + rb')"')
"""An id in an answer that is no JSON: whole only with its closing quote."""

Record = TypeVar("Record", bound=Answer)


def read(kind: type[Record], reply: Reply) -> Record:
    """The record that a reply holds; raises the typed error of a refusal.

    A 2xx that holds no such record is `WrongAddress` if it is a web page (a network's login page
    is one), else `BadAnswer` with the beginning of what was said.
    """
    if not reply.is_success:
        raise refusal(reply, _error_body(reply))
    try:
        return kind.model_validate(_parse(reply.data))
    except ValueError as error:  # pydantic's is one, too
        failure = WrongAddress if reply.is_page else BadAnswer
        raise failure(_excerpt(reply), status=reply.status) from error


def salvaged_id(data: bytes) -> str:
    """The one id of a task that a broken answer still tells; empty where there is none or more."""
    found = {match.decode() for match in _ID.findall(data)}
    return found.pop() if len(found) == 1 else ""


def _excerpt(reply: Reply) -> str:
    """The beginning of an answer as text fit to be shown; a page's is of no use to anybody."""
    if reply.is_page:
        return ""
    return clean(reply.data[: 4 * _EXCERPT].decode("utf-8", "replace"))[:_EXCERPT]


def _error_body(reply: Reply) -> ErrorBody:
    """The envelope of a refusal; gateways send other things instead."""
    try:
        return ErrorBody.model_validate(_parse(reply.data))
    except ValueError:
        return ErrorBody(message=_excerpt(reply))


def _parse(data: bytes) -> object:
    """JSON; `ValueError` for all that is none.

    The parser may also meet bytes that are no text, numbers of thousands of digits (both are
    `ValueError`s) and lists nested too deep.
    """
    try:
        return json.loads(data)
    except RecursionError as error:
        raise ValueError("nested too deep") from error
