"""HTTP as bytes on a socket, for a server that must be able to get it wrong."""

import asyncio
import json
import socket
import struct
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from typing import Self
from urllib.parse import parse_qsl, urlsplit


@dataclass
class Request:
    """One request as it came: header names in lower case, `body` as far as it was read."""

    method: str
    path: str
    query: dict[str, str]
    headers: dict[str, str]
    connection: int
    place: str = ""
    body: bytearray = field(default_factory=bytearray)

    @property
    def length(self) -> int:
        return int(self.headers.get("content-length", 0))


class Call:
    """A request and the connection that waits for its answer."""

    def __init__(
        self, request: Request, reader: asyncio.StreamReader, writer: asyncio.StreamWriter
    ) -> None:
        self.request = request
        self.create: Callable[[bytes], str] = lambda body: ""
        self._reader = reader
        self._writer = writer

    @classmethod
    async def read(
        cls, reader: asyncio.StreamReader, writer: asyncio.StreamWriter, connection: int
    ) -> Self | None:
        """The next request of a connection, without its body; None when it has ended."""
        try:
            head = await reader.readuntil(b"\r\n\r\n")
        except (asyncio.IncompleteReadError, ConnectionError):
            return None
        first, *lines = head.decode("latin-1").split("\r\n")[:-2]
        method, target, _ = first.split(" ")
        parts = urlsplit(target)
        headers = {
            name.strip().lower(): value.strip()
            for name, _, value in (line.partition(":") for line in lines)
        }
        query = dict(parse_qsl(parts.query, keep_blank_values=True))
        return cls(Request(method, parts.path, query, headers, connection), reader, writer)

    async def body(self, most: int | None = None) -> bytes:
        """Read the body, or its first `most` bytes."""
        request = self.request
        wanted = request.length if most is None else min(most, request.length)
        while len(request.body) < wanted:
            block = await self._reader.read(min(65536, wanted - len(request.body)))
            if not block:
                raise asyncio.IncompleteReadError(bytes(request.body), wanted)
            request.body += block
        return bytes(request.body)

    async def answer(
        self, status: int, body: object = b"", headers: Mapping[str, str] | None = None
    ) -> None:
        """A whole and correct answer; what is not bytes goes out as JSON."""
        data = body if isinstance(body, bytes) else json.dumps(body).encode()
        await self.send(self.head(status, len(data), headers) + data)

    @staticmethod
    def head(
        status: int, length: int | None = None, headers: Mapping[str, str] | None = None
    ) -> bytes:
        """The beginning of an answer, up to where the body starts."""
        lines = [f"HTTP/1.1 {status} X"]
        if length is not None:
            lines.append(f"Content-Length: {length}")
        lines += [f"{name}: {value}" for name, value in (headers or {}).items()]
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
