"""The model lists as they were last seen, so that pickers are never empty for want of a network."""

import json
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from app.contract.kinds import ModelType
from app.contract.responses import Model
from app.model.model_list import ModelList
from app.model.services import Service
from app.storage.files.writing import private_folder, write_replace
from app.storage.names import safe_stem


class CatalogueCache:
    """One JSON file for each service, kind of model and SDXL or not; it is as old as its list."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder / "models"

    def load(self, service: Service, kind: ModelType, *, sdxl: bool = False) -> ModelList | None:
        """The list kept for `service` at its present address; None when none can be read."""
        path = self._path(service, kind, sdxl)
        try:
            listed = datetime.fromtimestamp(path.stat().st_mtime).astimezone()
            stored = json.loads(path.read_bytes())
            if stored["base_url"] != service.base_url:
                return None
            return ModelList(_models(stored["models"]), listed)
        except (OSError, ValueError, KeyError, TypeError, RecursionError):
            return None

    def save(
        self, service: Service, kind: ModelType, models: Sequence[Model], *, sdxl: bool = False
    ) -> None:
        """Keep `models` as the newest list."""
        content = {
            "base_url": service.base_url,
            "models": [model.model_dump(mode="json") for model in models],
        }
        path = self._path(service, kind, sdxl)
        private_folder(path.parent)
        write_replace(path, json.dumps(content).encode("ascii"))

    def _path(self, service: Service, kind: ModelType, sdxl: bool) -> Path:
        name = f"{service.id}-{kind.value}{'-sdxl' if sdxl else ''}"
        return self._folder / f"{safe_stem(name)}.json"


def _models(rows: Any) -> tuple[Model, ...]:
    return tuple(model for row in rows if (model := _model(row)) is not None)


def _model(row: Any) -> Model | None:
    try:
        model = Model.model_validate(row)
    except ValidationError:
        return None
    return model if model.model_name else None
