"""What is open as a project: the file that it is kept in, and whether that holds all of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple
from weakref import ReferenceType, WeakKeyDictionary, ref

from PySide6.QtCore import QObject, Signal

from app.model.project import SUFFIX, OpenedProject, Project

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from app.contract.parameters import Parameters
    from app.model.picture import Picture
    from app.model.project import Kept
    from app.session.document import Document
    from app.session.history import Step
    from app.session.parameters import ParameterState
    from app.session.steps import Origin


class Moment(NamedTuple):
    """All that a project is made of, as it was at one time. Steps and pictures never change.

    The step is not held on to: it has a picture in it, which the history may have to forget.
    """

    picture: Picture | None
    position: int
    step: ReferenceType[Step] | None
    parameters: Parameters

    def is_same(self, other: Moment) -> bool:
        return (
            self.picture is other.picture
            and self.position == other.position
            and self.step is other.step  # of one step there is one reference
            and self.parameters == other.parameters
        )


class _File(NamedTuple):
    """What is known of the file of one origin; `saved` is None where no file holds any of it."""

    kept: Kept | None
    near: Path | None
    saved: Moment | None


class OpenProject(QObject):
    """The open picture, its mask and the parameters, which are opened and saved as one.

    `changed`: what `name`, `kept` or `is_unsaved` tell may be another. `all_kept`: a file was read
    or written that holds all that is open. Undoing that something was
    opened brings back all of what was open before, its file included.
    """

    changed = Signal()
    all_kept = Signal()

    def __init__(
        self, document: Document, parameters: ParameterState, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._document = document
        self._parameters = parameters
        self._files: WeakKeyDictionary[Origin, _File] = WeakKeyDictionary()
        self._chosen: WeakKeyDictionary[Origin, Parameters] = WeakKeyDictionary()
        self.origin: Origin | None = None
        document.picture_changed.connect(self._follow_picture)
        for change in (
            document.mask_edited,
            document.trial_begun,
            document.trial_ended,
            document.undo_stack.indexChanged,
            parameters.changed,
        ):
            change.connect(self.changed)
        self._follow_picture()

    @property
    def kept(self) -> Kept | None:
        """Where saving goes to unasked; None where it has to be asked."""
        return self._file.kept if self._file else None

    @property
    def near(self) -> Path | None:
        """The project file that it came from or went to, even if saving must not go there."""
        return self._file.near if self._file else None

    @property
    def name(self) -> str:
        """What to call it: by its file, or by its picture as long as it has none."""
        if self.near is not None:
            return self.near.name
        return self._document.picture.name if self._document.picture else ""

    @property
    def suggested_name(self) -> str:
        """A name for its file."""
        name = self.name.removesuffix("~")
        return (name.rpartition(".")[0] or name) + SUFFIX

    @property
    def is_unsaved(self) -> bool:
        """Whether something was done that no file of the artist's holds."""
        if self._file is None:
            return False
        saved, now = self._file.saved, self.moment()
        return saved is None or now is None or not now.is_same(saved)

    def open(self, found: Picture | OpenedProject) -> None:
        """Begin anew with a picture, or with all that a project holds."""
        if isinstance(found, OpenedProject):
            self._open_project(found)
        else:
            self._document.open(found)
            self._note(None, None, self.moment())

    def mark_unsaved(self) -> None:
        """What is open came from where it cannot stay: no file of the artist's holds it."""
        if self._file is not None:
            self._note(self._file.kept, self._file.near, None)

    def moment(self) -> Moment | None:
        """What is open now; None amidst an edit, which may yet be taken back without a trace."""
        document = self._document
        if document.is_trying or document.is_painting:
            return None
        history = document.undo_stack
        newest = history.newest()
        step = None if newest is None else ref(newest)
        return Moment(document.picture, history.position, step, self._parameters.value)

    def snapshot(self) -> Callable[[], Project]:
        """What is open now, while it goes on to change; made a project of by a call in a thread."""
        picture, mask = self._document.picture, self._document.mask_snapshot()
        parameters = self._parameters.to_json()
        assert picture is not None
        return lambda: Project(picture=picture, mask=mask.plane(), parameters=parameters)

    def note_saved(self, origin: Origin, kept: Kept, saved: Moment | None) -> None:
        """What was made of `origin` is in a file, as it was at that moment."""
        self._files[origin] = _File(kept, kept.path, saved)
        self._tell()

    @property
    def _file(self) -> _File | None:
        return None if self.origin is None else self._files.get(self.origin)

    def _open_project(self, found: OpenedProject) -> None:
        before, project = self.origin, found.project
        if before is not None and project.parameters is not None:
            self._chosen[before] = self._parameters.value
        self._document.open(project.picture, project.mask)
        assert self.origin is not None
        if project.parameters is not None:
            self._parameters.from_json(project.parameters)
            self._chosen[self.origin] = self._parameters.value
        is_whole = "previous" not in found.notices
        self._note(found.kept, found.path, self.moment() if is_whole else None)

    def _note(self, kept: Kept | None, near: Path | None, saved: Moment | None) -> None:
        assert self.origin is not None
        self._files[self.origin] = _File(kept, near, saved)
        self._tell()

    def _tell(self) -> None:
        self.changed.emit()
        if self.kept is not None and not self.is_unsaved:
            self.all_kept.emit()

    def _follow_picture(self) -> None:
        origin, left = self._document.origin, self.origin
        if origin is not left:
            self.origin = origin
            self._swap_parameters(left, origin)
        if origin is not None and origin not in self._files:
            self._files[origin] = _File(None, None, self.moment())
        self.changed.emit()

    def _swap_parameters(self, left: Origin | None, origin: Origin | None) -> None:
        """Undoing and redoing that a project was opened takes its parameters along."""
        if left is not None and left in self._chosen:
            self._chosen[left] = self._parameters.value
        if origin is not None and (chosen := self._chosen.get(origin)) is not None:
            self._parameters.replace(chosen)
