"""The body of a submit, streamed: its base64 never exists as a whole."""

import json
from collections.abc import AsyncIterator, Callable

from app.api.encoding import Encoder, blocks
from app.contract.parameters import Parameters
from app.contract.request import IMAGE, MASK, Body
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
        extra, request = parameters.wire()
        whole = json.dumps(
            {_EXTRA: extra, _REQUEST: {**request, IMAGE: "", MASK: ""}}, separators=(",", ":")
        )
        between, end = f'","{MASK}":"', '"}}'
        self._head = whole.removesuffix(between + end).encode()
        self._between = between.encode()
        self._end = end.encode()
        self._upload = upload
        self._sent = sent
        self._encoder: Encoder | None = None
        files = (upload.image, upload.mask)
        self.length = len(whole) + sum(4 * -(-len(file) // 3) for file in files)
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
