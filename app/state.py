"""What the window works on, put together: the open picture, its jobs, the services they go to."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, NamedTuple

from app.access import Access, Places
from app.model.errors import InvalidInput
from app.model.services import CUSTOM_ID
from app.parts import Parts
from app.session.autosave import Autosave
from app.session.catalogue import Catalogue
from app.session.document import Document
from app.session.open_project import OpenProject
from app.session.parameters import ParameterState
from app.session.pen import Pen
from app.session.queue import JobQueue
from app.session.saving import Saving
from app.session.tools import Tools
from app.session.work import MaskWork
from app.shell.keeping import Keeping
from app.shell.services import Services

if TYPE_CHECKING:
    from app.session.preferences import Preferences
    from app.session.tasks import Tasks
    from app.shell.main_window import MainWindow
    from app.storage.folders import Folders
    from app.storage.pictures.early import EarlyReading


class State(NamedTuple):
    """Every part that holds something; what shows and changes it is `app.furnishing`.

    `misnamed` is what is wrong with the service that the environment names, if anything.
    """

    preferences: Preferences
    tasks: Tasks
    parts: Parts
    places: Places
    access: Access
    document: Document
    tools: Tools
    work: MaskWork
    pen: Pen
    parameters: ParameterState
    autosave: Autosave
    opened: OpenProject
    saving: Saving
    keeping: Keeping
    queue: JobQueue
    services: Services
    catalogue: Catalogue
    misnamed: InvalidInput | None


def make_state(
    window: MainWindow,
    preferences: Preferences,
    folders: Folders,
    tasks: Tasks,
    early: EarlyReading | None,
) -> State:
    """The parts of a window that has just opened; Qt's parent of each is the window."""
    places = Places(folders, preferences)
    parts = Parts(
        folders,
        results=places.results,
        template=places.template,
        describes=lambda: preferences.value.describes_results,
        pictures=None if early is None else early.pictures,
    )
    document, parameters, tools = Document(window), ParameterState(window), Tools(window)
    # First, as services remember a checkpoint with what is kept.
    keeping = Keeping(window, preferences, parameters, tools, window)
    misnamed = _take_environment(parts, preferences)
    services = Services(
        window.menu_row.service, preferences, parameters, parts.accounts, tasks.spawn, window
    )
    opened = OpenProject(document, parameters, window)
    access = Access(parts, folders, lambda: services.current, early)
    return State(
        preferences=preferences,
        tasks=tasks,
        parts=parts,
        places=places,
        access=access,
        document=document,
        tools=tools,
        work=MaskWork(document, window),
        pen=Pen(window),
        parameters=parameters,
        autosave=Autosave(document, parameters, access.autosave_writer, window),
        opened=opened,
        saving=Saving(opened, access.project_store, asyncio.to_thread, tasks.spawn, window),
        keeping=keeping,
        queue=JobQueue(parts.ports, tasks.spawn, window),
        services=services,
        catalogue=Catalogue(access.models, access.cached_models, tasks.spawn, window),
        misnamed=misnamed,
    )


def _take_environment(parts: Parts, preferences: Preferences) -> InvalidInput | None:
    """Choose the service that the environment names, as the commands do."""
    if not parts.given_url:
        return None
    try:
        service = parts.service()
    except InvalidInput as error:
        return error
    if service.id == CUSTOM_ID:
        preferences.edit(custom_url=service.base_url)
    preferences.edit(service=service.id)
    return None
