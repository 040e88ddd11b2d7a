"""The body of a submit, streamed: base64 is made block by block, never as a whole."""

import asyncio
import json
from collections.abc import AsyncIterator, Callable, Iterator

import pybase64

from app.contract.parameters import Parameters
from app.contract.request import Body, Request, Settings
from app.model.job import Upload

BLOCK = 384 * 1024
"""Bytes of a file encoded at a time; a multiple of 3, so that base64 has no padding inside.

Encoding a block takes some 0.05 ms, the trip to a thread twice that: smaller blocks are all trip,
larger ones take memory. `dev.py bench body` shows what this costs.
"""

_EXTRA, _REQUEST = Body.model_fields
_IMAGE, _MASK = (name for name in Request.model_fields if name not in Settings.model_fields)


class RequestBody:
    """The JSON of one submit, as chunks of a length that is known beforehand.

    `sent` is told how many of how many bytes were handed over, always before they are: as long
    as the two numbers differ, what the service has is no whole request. `is_complete` says the
    same. That proof must not hang on what a connection reports after a write: the service may
    act on the last byte before the write returns.
    """

    def __init__(
        self, parameters: Parameters, upload: Upload, sent: Callable[[int, int], None]
    ) -> None:
        extra, request = parameters.wire()
        whole = json.dumps(
            {_EXTRA: extra, _REQUEST: {**request, _IMAGE: "", _MASK: ""}}, separators=(",", ":")
        )
        between, end = f'","{_MASK}":"', '"}}'
        self._head = whole.removesuffix(between + end).encode()
        self._between = between.encode()
        self._end = end.encode()
        self._upload = upload
        self._sent = sent
        files = (upload.image, upload.mask)
        self.length = len(whole) + sum(4 * -(-len(file) // 3) for file in files)
        self.is_complete = False

    async def __aiter__(self) -> AsyncIterator[bytes]:
        out = 0
        for piece, is_file in self._pieces():
            chunk = await asyncio.to_thread(pybase64.b64encode, piece) if is_file else bytes(piece)
            out += len(chunk)
            self.is_complete = out == self.length
            self._sent(out, self.length)
            yield chunk

    def _pieces(self) -> Iterator[tuple[memoryview, bool]]:
        """The body in order, and whether a piece is part of a file; the last is one byte."""
        yield memoryview(self._head), False
        yield from _blocks(self._upload.image)
        yield memoryview(self._between), False
        yield from _blocks(self._upload.mask)
        yield memoryview(self._end)[:-1], False
        yield memoryview(self._end)[-1:], False


def _blocks(file: bytes) -> Iterator[tuple[memoryview, bool]]:
    view = memoryview(file)
    for start in range(0, len(view), BLOCK):
        yield view[start : start + BLOCK], True
