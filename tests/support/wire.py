"""HTTP as bytes on a socket, for a server that must be able to get it wrong."""

import asyncio
import json
import socket
import struct
from collections.abc import Awaitable, Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Self
from urllib.parse import parse_qsl, urlsplit

if TYPE_CHECKING:
    from tests.support.unbroken import Unbroken

_TLS_HELLO = b"\x16"


@dataclass
class Request:
    """One request as it came: header names in lower case, `body` as far as it was read."""

    method: str
    target: str
    headers: dict[str, str]
    connection: int
    place: str = ""
    at: float = 0.0
    body: bytearray = field(default_factory=bytearray)

    @property
    def path(self) -> str:
        return urlsplit(self.target).path

    @property
    def query(self) -> dict[str, str]:
        return dict(parse_qsl(urlsplit(self.target).query, keep_blank_values=True))

    @property
    def length(self) -> int:
        return int(self.headers.get("content-length", 0))


class Call:
    """A request and the connection that waits for its answer; `service` is who is asked."""

    service: "Unbroken"

    def __init__(
        self, request: Request, reader: asyncio.StreamReader, writer: asyncio.StreamWriter
    ) -> None:
        self.request = request
        self._reader = reader
        self._writer = writer

    @classmethod
    async def read(
        cls, reader: asyncio.StreamReader, writer: asyncio.StreamWriter, connection: int
    ) -> Self | None:
        """The next request of a connection, without its body; None when it has ended.

        It also ends where a client says hello to TLS.
        """
        try:
            first_byte = await reader.readexactly(1)
            if first_byte == _TLS_HELLO:
                return None
            head = first_byte + await reader.readuntil(b"\r\n\r\n")
        except (asyncio.IncompleteReadError, ConnectionError):
            return None
        first, *lines = head.decode("latin-1").split("\r\n")[:-2]
        method, target, _ = first.split(" ")
        headers = {
            name.strip().lower(): value.strip()
            for name, _, value in (line.partition(":") for line in lines)
        }
        return cls(Request(method, target, headers, connection), reader, writer)

    async def body(self, most: int | None = None, *, pace: float | None = None) -> bytes:
        """Read the body, or its first `most` bytes, at up to `pace` bytes a second."""
        request = self.request
        wanted = request.length if most is None else min(most, request.length)
        while len(request.body) < wanted:
            block = await self._reader.read(min(65536, wanted - len(request.body)))
            if not block:
                raise asyncio.IncompleteReadError(bytes(request.body), wanted)
            request.body += block
            if pace:
                await asyncio.sleep(len(block) / pace)
        return bytes(request.body)

    def create(self, body: bytes) -> str:
        """Do what a submit asks for; the id of the new task."""
        return self.service.create(body)

    async def correct(self) -> tuple[int, bytes]:
        """Do what is asked, and say what an unbroken service would answer."""
        return self.service.answer_to(self.request, await self.body())

    async def answer(
        self, status: int, body: object = b"", headers: Mapping[str, str] | None = None
    ) -> None:
        """A whole and correct answer; what is not bytes goes out as JSON."""
        data = body if isinstance(body, bytes) else json.dumps(body).encode()
        await self.send(self.head(status, len(data), headers) + data)

    @staticmethod
    def head(
        status: int,
        length: int | None = None,
        headers: Mapping[str, str] | Iterable[tuple[str, str]] | None = None,
    ) -> bytes:
        """The beginning of an answer, up to where the body starts."""
        lines = [f"HTTP/1.1 {status} X"]
        if length is not None:
            lines.append(f"Content-Length: {length}")
        pairs = headers.items() if isinstance(headers, Mapping) else headers or ()
        lines += [f"{name}: {value}" for name, value in pairs]
        return "\r\n".join([*lines, "", ""]).encode("latin-1")

    async def send(self, data: bytes) -> None:
        self._writer.write(data)
        await self._writer.drain()

    def close(self) -> None:
        """End the connection in good order."""
        self._writer.close()

    def reset(self) -> None:
        """End the connection as a crash does."""
        linger = struct.pack("ii", 1, 0)
        self._writer.get_extra_info("socket").setsockopt(
            socket.SOL_SOCKET, socket.SO_LINGER, linger
        )
        self._writer.transport.abort()

    async def silence(self) -> None:
        """Say nothing until the client goes."""
        while await self._reader.read(65536):
            pass


Fault = Callable[[Call], Awaitable[None]]
