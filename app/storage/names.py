"""File names: safe on every system, and made from the artist's template."""

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from string import Formatter

from app.contract.text import UNSEEN
from app.model.errors import InvalidInput

DEFAULT_TEMPLATE = "{name}-{date}-{time}-{index}"

PLACEHOLDERS = ("name", "date", "time", "seed", "index", "prompt", "model", "job")
"""What a template may say in braces."""

MAX_STEM_BYTES = 100
"""Room for a number and a suffix stays below 120 bytes, which every file system takes."""

_VALUE_BYTES = {"name": 48, "prompt": 40, "model": 32}
_FORBIDDEN = re.compile(r'[<>:"/\\|?*]')
_DEVICE = re.compile(r"(CON|PRN|AUX|NUL|(COM|LPT)[0-9¹²³])(\..*)?", re.IGNORECASE | re.DOTALL)
_SUFFIX = re.compile(r"\.(png|jpe?g|webp|avif|tiff?|bmp|gif)$", re.IGNORECASE)
_EXAMPLE_SEED = 1234567890


@dataclass(frozen=True, slots=True, kw_only=True)
class Naming:
    """What the name of one result can tell. `index` counts from 0, names show it from 1."""

    name: str
    created: datetime
    seed: int | None
    index: int
    prompt: str
    model: str
    job: str


def safe_stem(text: str, limit: int = MAX_STEM_BYTES) -> str:
    """`text` as a file name without suffix that every system accepts; may be empty.

    Composed (NFC), one line, no characters that a system refuses or nobody sees, no dots or
    spaces at its ends, no device name, at most `limit` UTF-8 bytes.
    """
    line = re.sub(r"\s", " ", unicodedata.normalize("NFC", text))
    seen = "".join(c for c in line if unicodedata.category(c) not in UNSEEN)
    stem = _FORBIDDEN.sub("_", re.sub(" +", " ", unicodedata.normalize("NFC", seen)))
    if _DEVICE.fullmatch(stem.strip(" .")):
        stem = "_" + stem.strip(" .")
    return stem.strip(" .").encode()[:limit].decode(errors="ignore").rstrip(" .")


def check_template(template: str) -> None:
    """Raise `InvalidInput` for `name_template` unless results can be named by it.

    Kinds: `empty`, `folder` (it has a slash), `braces` (they do not pair, or hold a format),
    `unknown_placeholder` (`limit` is its name).
    """
    if not template.strip(" ."):
        raise InvalidInput("name_template", "empty")
    if "/" in template or "\\" in template:
        raise InvalidInput("name_template", "folder")
    try:
        parts = list(Formatter().parse(template))
    except ValueError as error:
        raise InvalidInput("name_template", "braces") from error
    for _, name, form, conversion in parts:
        if form or conversion:
            raise InvalidInput("name_template", "braces")
        if name is not None and name not in PLACEHOLDERS:
            raise InvalidInput("name_template", "unknown_placeholder", name)


def result_stem(template: str, naming: Naming) -> str:
    """The name, without suffix, of the result that `naming` tells about."""
    check_template(template)
    return safe_stem(template.format_map(_values(naming))) or "result"


def example(template: str) -> str:
    """What a name made by `template` looks like."""
    return result_stem(
        template,
        Naming(
            name="harbour.jpg",
            created=datetime(2026, 3, 14, 15, 9, 26),
            seed=_EXAMPLE_SEED,
            index=0,
            prompt="a red sail",
            model="inpainting-model.safetensors",
            job="5f3a9c" + 26 * "0",
        ),
    )


def _values(naming: Naming) -> Mapping[str, str]:
    local = naming.created.astimezone()
    values = {
        "name": _SUFFIX.sub("", naming.name),
        "date": local.strftime("%Y-%m-%d"),
        "time": local.strftime("%H%M%S"),
        "seed": "unknown" if naming.seed is None else str(naming.seed),
        "index": str(naming.index + 1),
        "prompt": naming.prompt,
        "model": naming.model.removesuffix(".safetensors").removesuffix(".ckpt"),
        "job": naming.job[:6],
    }
    return {key: _value(key, text) for key, text in values.items()}


def _value(key: str, text: str) -> str:
    return safe_stem(text, _VALUE_BYTES.get(key, MAX_STEM_BYTES)) or "untitled"
