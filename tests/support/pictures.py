"""Pictures in, for tests: read by the program's own worker process, one for all tests of a run."""

import atexit
from functools import partial
from pathlib import Path

from app.model.draft import Watch
from app.model.picture import Picture
from app.storage.pictures.loading import Pictures
from app.storage.pictures.originals import original_bytes
from app.storage.pictures.reading import Attention

pictures = Pictures()
atexit.register(pictures.close)

load_bytes = pictures.load_bytes
original = partial(original_bytes, decode=load_bytes, is_plain=pictures.is_plain)


def load(source: Path | bytes, watch: Watch | None = None) -> Picture:
    """The picture in a file or in its bytes."""
    if isinstance(source, bytes):
        return load_bytes(source)
    return pictures.load(source, Attention(watch))
