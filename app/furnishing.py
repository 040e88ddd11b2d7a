"""What stands in the window and works on its state: panel, strip, menus' answers, dialogs."""

from __future__ import annotations

import asyncio
from functools import cache
from typing import TYPE_CHECKING

from app.engine.abilities import IGNORED_FIELDS, REFUSED_FIELDS
from app.session.upkeep import Upkeep
from app.session.viewing import Viewing
from app.shell.application import follow_pen
from app.shell.dialogs import Dialogs
from app.shell.generating import Generating
from app.shell.keeping import follow_pace, follow_theme, keep_pen
from app.shell.messages import message_for
from app.shell.naming import Naming
from app.shell.opening import Opening
from app.shell.progress import JobProgress
from app.shell.quit_dialog import Unkept
from app.shell.quitting import Quitting
from app.shell.recovery.going_on import GoingOn
from app.shell.recovery.listing import RecoveryListing
from app.shell.recovery.offering import Offering
from app.shell.recovery.trouble import Trouble
from app.shell.remarking import tell_remarks
from app.shell.reminding import Reminding
from app.shell.results import ResultActions
from app.shell.resuming import Resuming
from app.shell.saving import SavingActions
from app.storage.names import DEFAULT_TEMPLATE, PLACEHOLDERS, example

if TYPE_CHECKING:
    from collections.abc import Callable

    from app.look.theme import Theme
    from app.model.services import Service
    from app.shell.main_window import MainWindow
    from app.state import State


class Furnishing:
    """Puts everything in its place, once; the window owns it from then on."""

    def __init__(self, window: MainWindow, theme: Theme, state: State) -> None:
        self._window = window
        self._theme = theme
        self._state = state
        self._spawn = state.tasks.spawn

    def fill_panel(self) -> None:
        self._window.panel.fill(
            self._state.parameters, self._state.catalogue, self._state.preferences.value.folded
        )
        self._state.services.changed.connect(self._follow_service)
        self._show_service(self._state.services.current)

    def show_jobs(self) -> Viewing:
        window, spawn = self._window, self._spawn
        follow_pace(self._state.preferences, self._state.queue.traffic)
        viewing = Viewing(self._state.document, self._state.access.load, spawn, parent=window)
        window.strip.attach(self._state.queue, viewing, message_for)
        acts = ResultActions(
            window, self._state.document, viewing, self._state.access.copy_file, spawn, window
        )
        window.strip.save_requested.connect(acts.save_as)
        window.strip.reveal_requested.connect(acts.reveal)
        window.strip.copy_requested.connect(acts.copy)
        window.strip.use_requested.connect(acts.use)
        self._state.queue.result_added.connect(
            lambda result: self._state.parameters.note_seed(result.seed)
        )
        self._state.queue.result_added.connect(self._state.services.note_spending)
        tell_remarks(self._state.queue, window.stage.notice)
        JobProgress(window.panel.dock, self._state.queue, window)
        window.panel.dock.decision_requested.connect(self._show_decision)
        self._show_folder()
        self._state.preferences.changed.connect(self._show_folder)
        return viewing

    def offer_pictures(self) -> Opening:
        self._state.opened.all_kept.connect(self._state.autosave.note_saved)
        SavingActions(
            self._window,
            self._theme,
            self._state.opened,
            self._state.saving,
            self._state.preferences,
            self._window,
        )
        return Opening(
            self._window,
            self._theme,
            self._state.opened,
            self._state.preferences,
            self._state.access.open,
            asyncio.to_thread,
            self._spawn,
            self._window,
        )

    def offer_equipment(self, viewing: Viewing, opening: Opening) -> Callable[[], None]:
        """What brings the equipment, once; at the latest when the first picture comes."""
        window, state = self._window, self._state

        @cache
        def make() -> None:
            from app.equipment import Equipment

            Equipment(window, self._theme, state, viewing, opening.dropping)

        state.document.picture_coming.connect(lambda: make())
        return make

    def offer_recovery(self) -> Offering:
        window, state = self._window, self._state
        Trouble(state.autosave, window.stage.notice, state.access.autosave_folder, window)
        store, beside, spawn = state.access.autosaves, asyncio.to_thread, self._spawn
        going_on = GoingOn(
            window,
            state.document,
            state.parameters,
            state.autosave,
            store,
            state.access.load,
            beside,
            spawn,
            window,
        )
        going_on.went_on.connect(state.opened.mark_unsaved)
        listing = RecoveryListing(window, self._theme, going_on, store, beside, spawn, window)
        offering = Offering(
            window, self._theme, state.document, going_on, store, beside, spawn, window
        )
        listing.deleted.connect(offering.withdraw)
        return offering

    def offer_resuming(self) -> Resuming:
        parts = self._state.parts
        return Resuming(
            self._window,
            self._state.queue,
            self._state.services,
            parts.recover,
            lambda: parts.journal,
            asyncio.to_thread,
            self._window,
        )

    def offer_end(self, quit_: Callable[[], object], expect_end: Callable[[], object]) -> None:
        window, state = self._window, self._state

        def flush() -> Unkept:
            unkept = Unkept(0)
            if not state.autosave.flush() and state.opened.is_unsaved:
                unkept |= Unkept.MASK
            if not state.preferences.flush():
                unkept |= Unkept.SETTINGS
            if not unkept:
                expect_end()
            return unkept

        Quitting(window, self._theme, state.queue, state.saving, flush, quit_, window)

    def offer_dialogs(self, opening: Opening) -> Reminding:
        window, preferences = self._window, self._state.preferences
        keep_pen(preferences, self._state.pen)
        follow_pen(self._state.pen)
        upkeep = Upkeep(self._state.access, asyncio.to_thread, self._spawn, window)
        naming = Naming(
            example=example,
            default_template=DEFAULT_TEMPLATE,
            placeholders=PLACEHOLDERS,
            default_folder=str(self._state.places.standard),
        )
        dialogs = Dialogs(
            window,
            self._theme,
            preferences,
            naming,
            self._state.parts.accounts,
            self._spawn,
            self._state.pen,
            upkeep,
            window,
        )
        dialogs.keys_changed.connect(self._state.services.refresh)
        dialogs.key_confirmed.connect(self._state.services.key_confirmed)
        generating = Generating(
            window,
            self._state.document,
            self._state.parameters,
            self._state.services,
            self._state.queue,
            window,
        )
        self._state.work.busy_changed.connect(generating.wait_for_mask)
        generating.key_wanted.connect(dialogs.open_key)
        opening.draft_shown.connect(generating.hold)
        self._state.services.key_wanted.connect(dialogs.open_key)
        remedies = {"key": dialogs.open_key, "folder": dialogs.open_preferences}
        window.strip.remedy_requested.connect(lambda way: remedies[way]())
        follow_theme(preferences, self._theme)
        return Reminding(window.stage, preferences, upkeep, dialogs.open_storage, window)

    def _follow_service(self, service: Service) -> None:
        self._state.catalogue.forget()
        self._show_service(service)

    def _show_service(self, service: Service) -> None:
        unused = IGNORED_FIELDS | REFUSED_FIELDS if service.is_builtin else frozenset()
        self._window.panel.set_service(service, unused)

    def _show_decision(self) -> None:
        """Lead to the oldest job that waits for one."""
        if undecided := self._state.queue.undecided:
            self._window.strip.show_card(undecided[0])

    def _show_folder(self) -> None:
        self._window.strip.set_folder(str(self._state.places.results()))
