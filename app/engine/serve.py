"""The engine on a port: `maskwright serve`."""

import asyncio
import signal
import socket
import sys
from types import FrameType

import uvicorn

from app.engine.connections import Patience, connection_kind
from app.engine.guard import is_loopback
from app.engine.rates import Rates
from app.engine.service import create_app

CANNOT_LISTEN = 2

_GRACE_S = 3


def serve(*, host: str, port: int, api_key: str | None, patience: Patience | None = None) -> int:
    """Serve until told to stop; the exit code.

    The first line on stdout is the address, printed when it answers. Without an `api_key` every
    program of this machine is answered, and `host` must be an address that no other can reach.
    """
    if api_key is None and not is_loopback(host):
        raise ValueError("an engine that others can reach needs a key")
    try:
        listener = _listen(host, port)
    except OSError as error:
        print(f"cannot listen on {host} port {port}: {error}", file=sys.stderr)
        return CANNOT_LISTEN
    engine = create_app(api_key=api_key, local_only=is_loopback(host), rates=Rates())
    config = uvicorn.Config(
        engine.app,
        http=connection_kind(patience or Patience()),
        ws="none",
        loop="asyncio",
        lifespan="on",
        log_config=None,
        access_log=False,
        server_header=False,
        proxy_headers=False,
        timeout_graceful_shutdown=_GRACE_S,
    )
    server = _Server(config, _address(listener))
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, server.stop)
    with listener:
        asyncio.run(server.serve(sockets=[listener]))
    return 0


class _Server(uvicorn.Server):
    """A server that says where it listens, once it does."""

    def __init__(self, config: uvicorn.Config, address: str) -> None:
        super().__init__(config)
        self._address = address

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        print(self._address, flush=True)

    def stop(self, number: int, frame: FrameType | None) -> None:
        """Uvicorn repeats the signal that stopped it when it is done; nothing is left to do."""
        self.should_exit = True


def _listen(host: str, port: int) -> socket.socket:
    family, _, _, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
    return socket.create_server(address[:2], family=family)


def _address(listener: socket.socket) -> str:
    host, port = listener.getsockname()[:2]
    return f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"
