"""The engine on a port: `maskwright serve`."""

import asyncio
import secrets
import signal
import socket
import sys
from types import FrameType

import uvicorn

from app.engine.guard import is_loopback
from app.engine.service import create_app

_CANNOT_LISTEN = 2
_PATIENCE_S = 3
_MAX_CONNECTIONS = 64


def serve(*, host: str, port: int, api_key: str | None) -> int:
    """Serve until told to stop; the exit code.

    The first line on stdout is the address, printed when it answers. A key that was made up is
    shown on stderr.
    """
    try:
        listener = _listen(host, port)
    except OSError as error:
        print(f"cannot listen on {host} port {port}: {error}", file=sys.stderr)
        return _CANNOT_LISTEN
    key = api_key or secrets.token_urlsafe(32)
    if not api_key:
        print(f"API key: {key}", file=sys.stderr, flush=True)
    engine = create_app(api_key=key, local_only=is_loopback(host))
    config = uvicorn.Config(
        engine.app,
        http="h11",
        ws="none",
        loop="asyncio",
        lifespan="on",
        log_config=None,
        access_log=False,
        server_header=False,
        proxy_headers=False,
        limit_concurrency=_MAX_CONNECTIONS,
        timeout_graceful_shutdown=_PATIENCE_S,
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
