"""Model lists outlive a session, one for each service, kind and SDXL or not."""

import json
import os
from datetime import datetime
from pathlib import Path

import pytest

from app.contract.kinds import ModelType
from app.contract.responses import Model
from app.model.model_list import ModelList
from app.model.services import PRESETS, custom
from app.storage.catalogue_cache import CatalogueCache

SERVICE, OTHER = PRESETS[1], PRESETS[2]
MODELS = tuple(
    Model.model_validate(row)
    for row in (
        {"sd_name": "a-inpainting.safetensors", "base_model": "SDXL 1.0", "type": {"name": "lora"}},
        {"model_name": "模型", "status": 0, "tags": ["a"], "cover_url": "https://x/y.png"},
    )
)


def test_a_list_comes_back_as_it_was(tmp_path: Path) -> None:
    CatalogueCache(tmp_path).save(SERVICE, ModelType.LORA, MODELS, sdxl=True)
    (path,) = tmp_path.rglob("*.json")
    listed = datetime(2025, 11, 30, 14, 3).astimezone()
    os.utime(path, (listed.timestamp(), listed.timestamp()))
    kept = CatalogueCache(tmp_path).load(SERVICE, ModelType.LORA, sdxl=True)
    assert kept == ModelList(MODELS, listed)


def test_each_service_kind_and_address_has_a_list_of_its_own(tmp_path: Path) -> None:
    cache = CatalogueCache(tmp_path)
    cache.save(SERVICE, ModelType.LORA, MODELS)
    assert cache.load(SERVICE, ModelType.LORA, sdxl=True) is None
    assert cache.load(SERVICE, ModelType.VAE) is None
    assert cache.load(OTHER, ModelType.LORA) is None
    cache.save(custom("https://a.example"), ModelType.LORA, MODELS)
    assert cache.load(custom("https://b.example"), ModelType.LORA) is None
    assert cache.load(custom("https://a.example"), ModelType.LORA) is not None


@pytest.mark.parametrize(
    "content", [b"", b"[]", b"null", b"\xff", b'{"base_url": 1}', b"[" * 100_000]
)
def test_a_damaged_list_is_no_list(tmp_path: Path, content: bytes) -> None:
    cache = CatalogueCache(tmp_path)
    cache.save(SERVICE, ModelType.LORA, MODELS)
    (path,) = tmp_path.rglob("*.json")
    path.write_bytes(content)
    assert cache.load(SERVICE, ModelType.LORA) is None


def test_rows_that_make_no_sense_are_left_out(tmp_path: Path) -> None:
    cache = CatalogueCache(tmp_path)
    cache.save(SERVICE, ModelType.LORA, MODELS)
    (path,) = tmp_path.rglob("*.json")
    stored = json.loads(path.read_text())
    stored["models"] += [None, 7, {}, {"model_name": ""}, {"model_name": "b", "future": [1]}]
    path.write_text(json.dumps(stored))
    kept = cache.load(SERVICE, ModelType.LORA)
    assert kept is not None
    assert [model.model_name for model in kept.models] == [
        "a-inpainting.safetensors", "模型", "b",
    ]  # fmt: skip
