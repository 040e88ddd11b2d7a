"""The body of a submit, streamed: its base64 never exists as a whole."""

import hashlib
import json
from collections.abc import AsyncIterator, Callable

import pybase64

from app.api.encoding import Encoder, blocks
from app.contract.parameters import Parameters
from app.contract.request import IMAGE, MASK
from app.contract.wire import Body
from app.model.job import Upload

_EXTRA, _REQUEST = Body.model_fields


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
        self._head, self._between, self._end = _frame(parameters)
        self._upload = upload
        self._sent = sent
        self._encoder: Encoder | None = None
        files = (upload.image, upload.mask)
        frame = len(self._head) + len(self._between) + len(self._end)
        self.length = frame + sum(4 * -(-len(file) // 3) for file in files)
        self.is_complete = False

    async def __aiter__(self) -> AsyncIterator[bytes]:
        out = 0
        async for chunk in self._chunks():
            out += len(chunk)
            self.is_complete = out == self.length
            self._sent(out, self.length)
            yield chunk

    def close(self) -> None:
        """End what an unfinished iteration left running."""
        if self._encoder is not None:
            self._encoder.close()

    async def _chunks(self) -> AsyncIterator[bytes]:
        """The body in order; the last chunk is one byte."""
        image, mask = self._upload.image, self._upload.mask
        encoder = self._encoder = Encoder((image, mask))
        yield self._head
        for _ in blocks(image):
            yield await encoder.take()
        yield self._between
        for _ in blocks(mask):
            yield await encoder.take()
        yield self._end[:-1]
        yield self._end[-1:]


def digest(parameters: Parameters, upload: Upload) -> str:
    """The SHA-256 of such a body in hex, made before it is sent. Takes a while: run in a thread."""
    head, between, end = _frame(parameters)
    whole = hashlib.sha256(head)
    for file, after in ((upload.image, between), (upload.mask, end)):
        for block in blocks(file):
            whole.update(pybase64.b64encode(block))
        whole.update(after)
    return whole.hexdigest()


def _frame(parameters: Parameters) -> tuple[bytes, bytes, bytes]:
    """What stands before, between and behind the two files."""
    extra, request = parameters.wire()
    whole = json.dumps(
        {_EXTRA: extra, _REQUEST: {**request, IMAGE: "", MASK: ""}}, separators=(",", ":")
    )
    between, end = f'","{MASK}":"', '"}}'
    return whole.removesuffix(between + end).encode(), between.encode(), end.encode()
