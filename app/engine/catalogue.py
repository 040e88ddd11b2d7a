"""The engine's model list: one checkpoint, and the filters and pages that the contract asks for."""

import base64
import binascii
import json
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from app.contract import calls
from app.contract.kinds import ModelType
from app.engine.abilities import DESCRIPTION
from app.engine.refusals import invalid
from app.model.services import BUILTIN_MODEL

Entry = Mapping[str, Any]
Query = Mapping[str, str]

ENTRIES: Sequence[Entry] = (
    {
        "id": 1,
        "name": "Fill from the surroundings (PatchMatch)",
        "model_name": BUILTIN_MODEL,
        "sd_name": BUILTIN_MODEL,
        "sd_name_in_api": BUILTIN_MODEL,
        "hash_sha256": "",
        "type": {"name": ModelType.CHECKPOINT.value, "display_name": "Checkpoint"},
        "categories": [],
        "status": 1,
        "download_url": "",
        "download_url_ttl": 0,
        "tags": ["offline", "no prompt"],
        "cover_url": "",
        "source": "builtin",
        "base_model": "",
        "base_model_type": "Inpainting",
        "is_sdxl": False,
        "visibility": "public",
        "description": DESCRIPTION,
    },
)

_OTHER_TYPES = {"controlnet", "upscaler"}
_TYPES = {kind.value for kind in ModelType} | _OTHER_TYPES
_VISIBILITIES = {"public", "private"}
_TRUTHS = {"1": True, "true": True, "0": False, "false": False}


def page(entries: Sequence[Entry], query: Query) -> dict[str, Any]:
    """The answer of `GET /v3/model`; raises a `Refusal` that names a parameter it cannot read."""
    fits = [*_filters(query)]
    found = [entry for entry in entries if all(fit(entry) for fit in fits)]
    start, limit = _start(query), _limit(query)
    end = start + limit
    cursor = _cursor(end) if end < len(found) else ""
    return {"models": found[start:end], "pagination": {"next_cursor": cursor}}


def _filters(query: Query) -> list[Callable[[Entry], bool]]:
    fits: list[Callable[[Entry], bool]] = []
    if types := _words(query, calls.FILTER_TYPES, _TYPES):
        fits.append(lambda entry: entry["type"]["name"] in types)
    if visibilities := _words(query, calls.FILTER_VISIBILITY, _VISIBILITIES):
        fits.append(lambda entry: entry["visibility"] in visibilities)
    inpainting = _truth(query, calls.FILTER_INPAINTING)
    if inpainting is not None:
        fits.append(lambda entry: (entry["base_model_type"] == "Inpainting") is inpainting)
    sdxl = _truth(query, calls.FILTER_SDXL)
    if sdxl is not None:
        fits.append(lambda entry: entry["is_sdxl"] is sdxl)
    if text := query.get(calls.FILTER_QUERY, "").casefold():
        fits.append(lambda entry: text in _searched(entry))
    return fits


def _searched(entry: Entry) -> str:
    return "\n".join([entry["name"], entry["model_name"], *entry["tags"]]).casefold()


def _words(query: Query, name: str, allowed: set[str]) -> set[str]:
    """The words of a comma-separated parameter; empty when it is not given."""
    words = set(filter(None, query.get(name, "").split(",")))
    if words - allowed:
        raise invalid(name, f"must be of {', '.join(sorted(allowed))}")
    return words


def _truth(query: Query, name: str) -> bool | None:
    text = query.get(name, "").lower()
    if text and text not in _TRUTHS:
        raise invalid(name, "must be true, false, 1 or 0")
    return _TRUTHS.get(text)


def _limit(query: Query) -> int:
    text = query.get(calls.PAGE_LIMIT, "") or str(calls.MAX_PAGE)
    if not (
        text.isascii() and text.isdigit() and len(text) < 4 and 1 <= int(text) <= calls.MAX_PAGE
    ):
        raise invalid(calls.PAGE_LIMIT, f"must be a number from 1 to {calls.MAX_PAGE}")
    return int(text)


def _cursor(offset: int) -> str:
    return "c_" + base64.urlsafe_b64encode(json.dumps([offset]).encode()).decode()


def _start(query: Query) -> int:
    """Where a cursor points; services take `c_` with a plain number as well."""
    text = query.get(calls.PAGE_CURSOR, "")
    if not text:
        return 0
    try:
        if not text.startswith("c_") or len(text) > 100:
            raise ValueError(text)
        inner = text.removeprefix("c_")
        plain = inner.isascii() and inner.isdigit()
        offset = int(inner) if plain else json.loads(base64.urlsafe_b64decode(inner))[0]
        if not isinstance(offset, int) or offset < 0:
            raise ValueError(text)
    except (ValueError, binascii.Error, LookupError, TypeError) as error:
        raise invalid(calls.PAGE_CURSOR, "is not a cursor of this list") from error
    return offset
