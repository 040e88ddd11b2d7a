"""What was done to the document, step by step, and the way back."""

from __future__ import annotations

from typing import Protocol

from PySide6.QtCore import QObject, Signal

STEPS = 1000
BYTES = 256_000_000
LOOSE = 2.0
"""How much more the steps may weigh until the latest ones are packed."""


class Step(Protocol):
    """One act of the artist, done already when it is pushed."""

    @property
    def text(self) -> str:
        """What was done, translated, for menus and lists."""

    @property
    def nbytes(self) -> int:
        """What it weighs now."""

    def undo(self) -> None: ...
    def redo(self) -> None: ...


class History(QObject):
    """The steps that can be undone and redone, the oldest forgotten when they weigh too much.

    It has the names of QUndoStack, in whose place it stands: that one can forget steps by their
    number alone, and only when told so while it is empty. The newest step is never forgotten.
    """

    indexChanged = Signal(int)
    """Another step is the newest that is done."""
    changed = Signal()
    """The same, or there are other steps, or they weigh something else."""

    def __init__(
        self, parent: QObject | None = None, *, steps: int = STEPS, nbytes: int = BYTES
    ) -> None:
        super().__init__(parent)
        self._most_steps = steps
        self._most_bytes = nbytes
        self._steps: list[Step] = []
        self._index = 0
        self._forgotten = 0
        self._told = 0
        self.is_held = False
        """While True, as during a gesture, undo and redo do nothing."""

    @property
    def nbytes(self) -> int:
        """What all steps weigh now."""
        return sum(step.nbytes for step in self._steps)

    @property
    def most_bytes(self) -> int:
        """What they may weigh until the oldest are forgotten."""
        return self._most_bytes

    @property
    def position(self) -> int:
        """How many steps are done since all was cleared, those forgotten by now among them."""
        return self._forgotten + self._index

    def push(self, step: Step) -> None:
        """Take in a step that was just done; what was undone before is gone for good."""
        del self._steps[self._index :]
        self._steps.append(step)
        self._index += 1
        self.trim(LOOSE)
        self._tell(is_new=True)

    def newest(self) -> Step | None:
        """The step that would be undone next."""
        return self._steps[self._index - 1] if self.canUndo() else None

    def take(self) -> None:
        """Forget the newest step, and what was undone after it; what it did stays done."""
        self._index -= 1
        del self._steps[self._index :]
        self._tell()

    def trim(self, factor: float = 1.0) -> None:
        """Forget the oldest steps while there are too many or they weigh too much.

        `factor` allows for steps that will be lighter soon.
        """
        weight, spare = self.nbytes, len(self._steps) - self._most_steps
        most, forgotten = factor * self._most_bytes, 0
        while forgotten < self._index - 1 and (forgotten < spare or weight > most):
            weight -= self._steps[forgotten].nbytes
            forgotten += 1
        if forgotten:
            del self._steps[:forgotten]
            self._index -= forgotten
            self._forgotten += forgotten
            self._tell()
        else:
            self.changed.emit()

    def undo(self) -> None:
        self.setIndex(self._index - 1)

    def redo(self) -> None:
        self.setIndex(self._index + 1)

    def setIndex(self, index: int) -> None:
        """Undo or redo until `index` steps are done."""
        if self.is_held:
            return
        index = min(max(index, 0), len(self._steps))
        while self._index > index:
            self._index -= 1
            self._steps[self._index].undo()
        while self._index < index:
            self._steps[self._index].redo()
            self._index += 1
        self._tell()

    def clear(self) -> None:
        """Forget everything."""
        self._steps.clear()
        self._index = self._forgotten = 0
        self._tell()

    def count(self) -> int:
        return len(self._steps)

    def index(self) -> int:
        """How many steps are done."""
        return self._index

    def text(self, index: int) -> str:
        return self._steps[index].text

    def canUndo(self) -> bool:
        return self._index > 0

    def canRedo(self) -> bool:
        return self._index < len(self._steps)

    def undoText(self) -> str:
        return self._steps[self._index - 1].text if self.canUndo() else ""

    def redoText(self) -> str:
        return self._steps[self._index].text if self.canRedo() else ""

    def _tell(self, *, is_new: bool = False) -> None:
        """Announce what is different; `is_new` when another step has come to the same index."""
        before, self._told = self._told, self._index
        if is_new or before != self._index:
            self.indexChanged.emit(self._index)
        self.changed.emit()
