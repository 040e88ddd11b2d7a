"""Which keys mean which action right now: a set of keys, and what the artist changed in it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QKeySequence

from app.shell.action_table import TABLE
from app.shell.keys.sets import KEY_SETS, STANDARD

if TYPE_CHECKING:
    from collections.abc import Mapping

_SHIFTED = dict(zip("`1234567890-=[]\\;',./", '~!@#$%^&*()_+{}|:"<>?', strict=True))
_BARE = {shifted: bare for bare, shifted in _SHIFTED.items()}


class KeyMap(QObject):
    """The keys of every action; the first of each is the one that is shown.

    No key means two actions: who is given one takes it from who had it.
    """

    changed = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._set = STANDARD
        self._own: dict[str, tuple[str, ...]] = {}
        self._means: dict[str, str] = {}
        self._list()

    @property
    def key_set(self) -> str:
        """The name of the set in force (see `KEY_SETS`)."""
        return self._set

    @property
    def own(self) -> Mapping[str, tuple[str, ...]]:
        """The actions whose keys are not the set's, with their keys."""
        return self._own

    def keys_of(self, action_id: str) -> tuple[str, ...]:
        """The keys of an action."""
        return self._own.get(action_id, _preset(self._set, action_id))

    def shown(self, action_id: str) -> str:
        """An action's key as this platform writes it, or nothing."""
        return next(iter(self.all_shown(action_id)), "")

    def all_shown(self, action_id: str) -> tuple[str, ...]:
        """All keys of an action as this platform writes them."""
        return tuple(native(key) for key in self.keys_of(action_id))

    def holder(self, key: str) -> str | None:
        """The action that `key` means."""
        found = (self._means.get(each) for each in spellings(key))
        return next((action_id for action_id in found if action_id), None)

    def is_own(self, action_id: str) -> bool:
        """Whether the artist changed the keys of an action."""
        return action_id in self._own

    def give(self, action_id: str, key: str) -> None:
        """Let `key` mean an action, and nothing else, in place of the keys that it has."""
        self._free(key)
        self._own[action_id] = (key,)
        self._settle()

    def take(self, action_id: str) -> None:
        """Leave an action without keys."""
        self._own[action_id] = ()
        self._settle()

    def reset(self, action_id: str) -> None:
        """Give an action the keys of the set again, and take them from who has them now."""
        self._own.pop(action_id, None)
        for key in _preset(self._set, action_id):
            self._free(key)
        self._own.pop(action_id, None)
        self._settle()

    def reset_all(self) -> None:
        """Go back to the set as it comes."""
        self.restore(self._set, {})

    def choose(self, key_set: str) -> None:
        """Go over to another set, as it comes."""
        self.restore(key_set, {})

    def restore(self, key_set: str, own: Mapping[str, Any]) -> None:
        """Go back to remembered keys; what makes no sense in them is left out.

        A key that two actions would have goes to the one that the artist gave it to.
        """
        self._set = key_set if key_set in KEY_SETS else STANDARD
        self._own = {
            entry.id: _understood(own[entry.id]) for entry in TABLE if _is_list(own.get(entry.id))
        }
        taken: set[str] = set()
        for entry in sorted(TABLE, key=lambda entry: entry.id not in self._own):
            keys = self.keys_of(entry.id)
            self._own[entry.id] = tuple(key for key in keys if not taken & set(spellings(key)))
            taken.update(*map(spellings, self._own[entry.id]))
        self._settle()

    def _free(self, key: str) -> None:
        """Take `key` from the actions that it means now."""
        gone = set(spellings(key))
        for entry in TABLE:
            keys = self.keys_of(entry.id)
            if any(gone & set(spellings(each)) for each in keys):
                kept = tuple(each for each in keys if not gone & set(spellings(each)))
                self._own[entry.id] = kept

    def _settle(self) -> None:
        """Forget changes that come to nothing, and tell."""
        for action_id, keys in tuple(self._own.items()):
            if keys == _preset(self._set, action_id):
                del self._own[action_id]
        self._list()
        self.changed.emit()

    def _list(self) -> None:
        self._means = {
            spelling: entry.id
            for entry in TABLE
            for key in self.keys_of(entry.id)
            for spelling in spellings(key)
        }


def spellings(key: str) -> tuple[str, ...]:
    """`key` in every way that a keyboard may report it.

    Shift+[ comes as that, as { or as Shift+{, and ? is Shift+? on most keyboards.
    """
    *modifiers, last = _parts(key)
    held = "".join(f"{modifier}+" for modifier in modifiers if modifier != "Shift")
    if "Shift" in modifiers and last in _SHIFTED:
        return key, f"{held}{_SHIFTED[last]}", f"{held}Shift+{_SHIFTED[last]}"
    if last in _BARE:
        return f"{held}{last}", f"{held}Shift+{last}"
    return (key,)


def native(key: str) -> str:
    """`key` as this platform writes it."""
    return QKeySequence(key).toString(QKeySequence.SequenceFormat.NativeText)


def _parts(key: str) -> list[str]:
    """The modifiers of `key`, and what is pressed; that may be a plus itself."""
    head, plus, last = key[:-1].rpartition("+")
    return [*head.split("+"), last + key[-1]] if plus else [key]


def _preset(key_set: str, action_id: str) -> tuple[str, ...]:
    return KEY_SETS[key_set].keys.get(action_id, _DEFAULTS[action_id])


def _is_list(value: object) -> bool:
    return isinstance(value, list | tuple)


def _understood(keys: Any) -> tuple[str, ...]:
    return tuple(key for key in keys if isinstance(key, str) and QKeySequence(key).count() == 1)


_DEFAULTS = {entry.id: entry.shortcuts for entry in TABLE}
