"""What a command does with the parts: they are made for it, and closed whatever comes of it."""

from collections.abc import Awaitable, Callable

from app.headless.telling import told
from app.model.errors import AppError
from app.parts import Parts


async def with_parts(make: Callable[[], Parts], work: Callable[[Parts], Awaitable[int]]) -> int:
    """The exit code that `work` comes to, or that of a foreseen failure, which is told."""
    try:
        parts = make()
    except AppError as error:
        return told(error)
    try:
        return await work(parts)
    except AppError as error:
        return told(error)
    finally:
        await parts.aclose()
