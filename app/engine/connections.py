"""Connections to a served engine: each may hold its place only while something moves.

uvicorn waits without end for the rest of a request, so that a few dozen idle sockets could keep
everybody else out. Here the head of a request, its body and the taking of its answer have to
make progress, and there is room for so many connections and no more.
"""

import asyncio
from dataclasses import dataclass
from functools import partial
from typing import Any

import h11
from starlette.types import Receive, Scope, Send
from uvicorn.protocols.http.h11_impl import H11Protocol

from app.contract.reasons import Reason
from app.engine.answers import answer_of
from app.engine.refusals import Refusal


@dataclass(frozen=True, slots=True, kw_only=True)
class Patience:
    """What a connection is given: seconds for a head, and for a body besides what comes of it.

    A body has to keep up `slowest` bytes a second after its first `body_s` seconds. An answer
    that is not taken for `body_s` seconds is given up. `connections` are answered at a time; as
    many again are told that there are too many, and the rest is not let in.
    """

    head_s: float = 5
    body_s: float = 20
    slowest: int = 20_000
    connections: int = 64


class Connection(H11Protocol):
    """uvicorn's connection, watched a few times a second."""

    def __init__(self, *arguments: Any, patience: Patience, **settings: Any) -> None:
        super().__init__(*arguments, **settings)
        self._patience = patience
        self._every_s = patience.head_s / 8
        self._awaited: tuple[object, ...] = ()
        self._since = 0.0
        self._received = 0
        self._watch: asyncio.TimerHandle | None = None

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        super().connection_made(transport)
        most = self._patience.connections
        if len(self.connections) > 2 * most:
            transport.abort()
            return
        if len(self.connections) > most:
            self.app = _answer_full
        self._look()

    def connection_lost(self, exc: Exception | None) -> None:
        if self._watch is not None:
            self._watch.cancel()
        super().connection_lost(exc)

    def data_received(self, data: bytes) -> None:
        self._received += len(data)
        super().data_received(data)

    def _look(self) -> None:
        """End the connection if what it owes us has been owed for too long."""
        now = self.loop.time()
        awaited = self._owed()
        if awaited != self._awaited:
            self._awaited, self._since, self._received = awaited, now, 0
        if awaited and now - self._since > self._allowed_s(str(awaited[0])):
            self.transport.abort()
            return
        self._watch = self.loop.call_later(self._every_s, self._look)

    def _owed(self) -> tuple[object, ...]:
        """What the other side has to do next, told apart by request; nothing while it is us."""
        if unsent := self.transport.get_write_buffer_size():
            return "taking", unsent
        if self.conn.their_state is h11.IDLE:
            return "head", self.cycle
        if self.conn.their_state is not h11.SEND_BODY or self.flow.read_paused:
            return ()
        is_answered = self.conn.our_state is h11.DONE
        return "rest" if is_answered else "body", self.cycle

    def _allowed_s(self, awaited: str) -> float:
        patience = self._patience
        if awaited in {"head", "rest"}:
            return patience.head_s
        pace_s = self._received / patience.slowest if awaited == "body" else 0
        return patience.body_s + pace_s


def connection_kind(patience: Patience) -> Any:
    """What uvicorn is to make of each connection."""
    return partial(Connection, patience=patience)


async def _answer_full(scope: Scope, receive: Receive, send: Send) -> None:
    """Tell that there are too many connections, in the contract's words."""
    full = Refusal(Reason.SERVICE_NOT_AVAILABLE, "too many connections", retry_after_s=5)
    response = answer_of(full)
    response.headers["Connection"] = "close"
    await response(scope, receive, send)
