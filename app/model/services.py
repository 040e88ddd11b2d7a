"""The services that a job can go to."""

from dataclasses import dataclass
from urllib.parse import urlsplit

CUSTOM_ID = "custom"
"""The id of a service at an address of the artist's own, whatever the address is."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Service:
    """Where jobs go. `id` is stable and stored; `title` is a proper name, never translated.

    The built-in engine needs no key, reads no prompt, paints with `BUILTIN_MODEL`, and can stop
    a task at once; a connected service can do none of that.
    """

    id: str
    title: str
    base_url: str
    is_builtin: bool = False
    currency: str = ""

    @property
    def account(self) -> str:
        """The name under which its key is kept: every address of the artist's own has its own."""
        return f"{self.id} {self.base_url}" if self.id == CUSTOM_ID else self.id

    @property
    def needs_key(self) -> bool:
        return not self.is_builtin

    @property
    def reads_prompts(self) -> bool:
        return not self.is_builtin


BUILTIN = Service(id="builtin", title="Built-in engine", base_url="http://engine", is_builtin=True)
BUILTIN_MODEL = "patchmatch-inpainting"
"""The name under which the engine offers its one checkpoint."""

BUILTIN_PROMPT = "fill from the surroundings"
"""Sent to the engine, which reads no prompt, where the contract wants one and none was typed."""

PRESETS = (
    BUILTIN,
    Service(id="ppinfra", title="PPInfra", base_url="https://api.ppinfra.com", currency="¥"),
    Service(id="ppio", title="PPIO", base_url="https://api.ppio.com", currency="¥"),
    Service(id="novita", title="Novita", base_url="https://api.novita.ai", currency="$"),
)


def recorded(service_id: str, base_url: str) -> Service:
    """The service that a job was made for, as the journal knows it."""
    for preset in PRESETS:
        if (preset.id, preset.base_url) == (service_id, base_url):
            return preset
    return Service(id=CUSTOM_ID, title=urlsplit(base_url).netloc, base_url=base_url)


def custom(base_url: str) -> Service:
    """A service at an address of the artist's own; raises `ValueError` when it is no http URL.

    Plain http is for this machine alone: a key must not travel in the open.
    """
    parts = urlsplit(base_url.strip().rstrip("/"))
    local = parts.hostname in {"localhost", "127.0.0.1", "::1"}
    if not parts.hostname or parts.scheme not in {"https", "http"}:
        raise ValueError("not_a_url")
    if parts.scheme == "http" and not local:
        raise ValueError("not_encrypted")
    if "@" in parts.netloc or parts.query or parts.fragment:
        raise ValueError("not_a_base_url")
    return Service(id=CUSTOM_ID, title=parts.netloc, base_url=parts.geturl())
