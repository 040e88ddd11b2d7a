"""`maskwright serve`: the built-in engine for other programs, and the key that they need."""

import argparse
import os
import secrets
import sys
from collections.abc import Mapping
from pathlib import Path

from app.engine.guard import is_loopback
from app.engine.serve import serve
from app.headless.telling import INVALID, say
from app.model.errors import InvalidInput
from app.model.redaction import REDACTION
from app.storage.secrets import cleaned

SERVE_KEY = "MASKWRIGHT_SERVE_KEY"
"""The variable that may hold the key of a served engine."""

_NOT_A_KEY = {
    "empty": "the key is empty",
    "spaces": "a key has no spaces inside",
    "not_plain": "a key is made of letters, digits and signs without quotes",
    "too_long": "that is too long for a key",
}


class _Unusable(Exception):
    """No server comes of these options; the text says why."""


def main(arguments: list[str], environ: Mapping[str, str] = os.environ) -> int:
    """Run the command; the exit code."""
    options = _parser().parse_args(arguments)
    try:
        key = _key(options, environ)
    except _Unusable as error:
        say(f"maskwright: {error}")
        return INVALID
    if key is not None:
        REDACTION.learn(key)
    return serve(host=options.host, port=options.port, api_key=key)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="maskwright serve",
        description="Serve the built-in engine under the inpainting API. The first line on "
        "standard output is its address; every call needs the key as a Bearer token. The key is "
        f"that of --key-file or {SERVE_KEY}; on this machine's own address one is made up and "
        "shown if there is none.",
    )
    parser.add_argument("--host", default="127.0.0.1", help="address to listen on (%(default)s)")
    parser.add_argument("--port", type=_port, default=0, help="port; 0 takes a free one")
    keys = parser.add_mutually_exclusive_group()
    keys.add_argument(
        "--key-file", type=Path, metavar="FILE", help="a file with the key; - is standard input"
    )
    keys.add_argument(
        "--api-key", metavar="KEY", help="the key itself, which others can see in a list of tasks"
    )
    keys.add_argument(
        "--no-key",
        action="store_true",
        help="answer every program of this machine, whoever runs it; not for other hosts",
    )
    return parser


def _key(options: argparse.Namespace, environ: Mapping[str, str]) -> str | None:
    """The key that callers need, or None when they need none."""
    is_here = is_loopback(options.host)
    if options.no_key:
        if not is_here:
            raise _Unusable(f"others can reach {options.host}: --no-key is for this machine alone")
        return None
    given = _given_key(options, environ)
    if given is not None:
        return _checked(given)
    if not is_here:
        raise _Unusable(f"others can reach {options.host}: choose a key with --key-file")
    made_up = secrets.token_urlsafe(32)
    say(f"API key: {made_up}")
    return made_up


def _given_key(options: argparse.Namespace, environ: Mapping[str, str]) -> str | None:
    if options.key_file is not None:
        return _read(options.key_file)
    if options.api_key is not None:
        say("maskwright: any user of this machine can see --api-key; --key-file hides it")
        return str(options.api_key)
    return environ.get(SERVE_KEY)


def _read(file: Path) -> str:
    try:
        return sys.stdin.readline() if str(file) == "-" else file.read_text("utf-8")
    except (OSError, ValueError) as error:
        raise _Unusable(f"no key could be read from {file}") from error


def _checked(typed: str) -> str:
    try:
        return cleaned(typed)
    except InvalidInput as error:
        raise _Unusable(_NOT_A_KEY[error.kind]) from error


def _port(text: str) -> int:
    port = int(text)
    if not 0 <= port <= 65535:
        raise ValueError(text)
    return port
