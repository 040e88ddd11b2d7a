"""The parameters being edited."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from PySide6.QtCore import QObject, Signal

from app.contract.fields import fields_of
from app.contract.parameters import RANDOM_SEED, Parameters
from app.contract.sound import is_sound, sound


class ParameterState(QObject):
    """One record, replaced at every change; views show it and ask for edits.

    `changed` tells the new record, `run_marked` that the comparison with the last run is another.
    """

    changed = Signal(object)
    run_marked = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._value = Parameters()
        self._last_run: Parameters | None = None
        self._last_seed: int | None = None

    @property
    def value(self) -> Parameters:
        return self._value

    @property
    def last_run(self) -> Parameters | None:
        """What was sent last; None before the first run."""
        return self._last_run

    @property
    def last_seed(self) -> int | None:
        """The seed of the latest picture; None while nobody told one."""
        return self._last_seed

    def edit(self, **changes: object) -> None:
        """Change some fields. Values out of range are taken: they are drafts (see `problems`)."""
        self.replace(self._value.edited(**changes))

    def reset(self, name: str) -> None:
        """Give the field `name` its default back."""
        self.edit(**{name: fields_of(Parameters)[name].default})

    def reset_all(self) -> None:
        """Give every field its default back, but keep the prompts and the checkpoint.

        Those are the artist's own work and choice; they have no default worth the name.
        """
        kept = ("prompt", "negative_prompt", "model_name")
        self.replace(Parameters().edited(**{name: getattr(self._value, name) for name in kept}))

    def replace(self, value: Parameters) -> None:
        """Take a whole record."""
        if value != self._value:
            self._value = value
            self.changed.emit(value)

    def mark_run(self) -> None:
        """The record as it is now goes off."""
        self._last_run = self._value
        if self._value.seed != RANDOM_SEED:
            self._last_seed = self._value.seed
        self.run_marked.emit()

    def note_seed(self, seed: int | None) -> None:
        """A picture was made from `seed`."""
        if seed is not None:
            self._last_seed = seed

    def to_json(self) -> dict[str, Any]:
        """The record as plain values for a JSON file."""
        return self._value.to_json()

    def from_json(self, stored: object) -> None:
        """Take what of `stored` is sound, and defaults for the rest.

        Texts are kept at any length: a prompt that is too long is still the artist's work.
        """
        values = stored if isinstance(stored, Mapping) else {}
        sound = {
            name: value
            for name in fields_of(Parameters)
            if name in values and (value := _read(name, values[name])) is not None
        }
        self.replace(Parameters().edited(**sound))


def _read(name: str, stored: object) -> object | None:
    """The value of one field; None when there is none to keep."""
    field = fields_of(Parameters)[name]
    if field.kind == "text" and isinstance(stored, str):
        return stored
    if field.kind == "list" and isinstance(stored, list):
        stored = [entry for entry in stored if is_sound(field, [entry])][: field.max_length]
    value: object = sound(field, stored) if is_sound(field, stored) else None
    return value
