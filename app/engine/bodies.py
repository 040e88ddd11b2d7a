"""Request bodies, chunk by chunk and never more than allowed."""

from starlette.requests import ClientDisconnect
from starlette.types import Receive

from app.contract.reasons import Reason
from app.engine.refusals import Refusal


async def read(receive: Receive, limit: int) -> tuple[bytes, ...]:
    """The chunks of a body; raises a `Refusal` when they are over `limit` bytes in all."""
    chunks: list[bytes] = []
    size = 0
    more = True
    while more:
        chunk, more = await _next(receive)
        size += len(chunk)
        if size > limit:
            chunks.clear()
            if more:
                await discard(receive, limit)
            raise too_large()
        chunks.append(chunk)
    return tuple(chunks)


def too_large() -> Refusal:
    """For a body over the limit, whoever finds that out."""
    return Refusal(
        Reason.IMAGE_FILE_EXCEEDS_MAX_SIZE, "the body is larger than two pictures may be"
    )


async def discard(receive: Receive, limit: int) -> None:
    """Let a body pass by, up to `limit` bytes of it."""
    size = 0
    more = True
    while more and size <= limit:
        chunk, more = await _next(receive)
        size += len(chunk)


async def _next(receive: Receive) -> tuple[bytes, bool]:
    message = await receive()
    if message["type"] == "http.disconnect":
        raise ClientDisconnect
    return message.get("body", b""), message.get("more_body", False)
