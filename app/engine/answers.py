"""Refusals as answers over HTTP."""

from starlette.responses import JSONResponse

from app.engine.refusals import Refusal


def answer_of(refusal: Refusal) -> JSONResponse:
    """The contract's error body, with the status and the wait that go with it."""
    wait = refusal.retry_after_s
    headers = {} if wait is None else {"Retry-After": str(wait)}
    return JSONResponse(refusal.body, refusal.status, headers)
