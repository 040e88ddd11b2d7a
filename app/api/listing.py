"""The list of models: what to ask for, page after page."""

from collections.abc import Awaitable, Callable, Sequence

from app.contract import calls
from app.contract.kinds import ModelType
from app.contract.responses import Model, ModelList

MAX_PAGES = 200
MAX_MODELS = 20_000


def query(kind: ModelType, *, sdxl: bool, cursor: str) -> dict[str, str]:
    """The parameters that ask for one page of the models of a kind.

    Checkpoints: only those that inpaint. `sdxl` matters for what goes with a checkpoint.
    `filter.source` is left out: with it, some models are missing from the list.
    """
    fields = {calls.FILTER_TYPES: kind.value, calls.PAGE_LIMIT: str(calls.MAX_PAGE)}
    if kind is ModelType.CHECKPOINT:
        fields[calls.FILTER_INPAINTING] = "1"
    elif kind is ModelType.LORA and sdxl:
        fields[calls.FILTER_SDXL] = "true"
    if cursor:
        fields[calls.PAGE_CURSOR] = cursor
    return fields


async def listed(page: Callable[[str], Awaitable[ModelList]]) -> Sequence[Model]:
    """All models that can be used now, each once, from pages by cursor.

    Ends at an empty page, at a cursor that was there before and, as services have been seen to
    go on for ever, after `MAX_PAGES` or `MAX_MODELS`.
    """
    models: dict[str, Model] = {}
    cursors: set[str] = set()
    cursor = ""
    while cursor not in cursors and len(cursors) < MAX_PAGES and len(models) < MAX_MODELS:
        cursors.add(cursor)
        answer = await page(cursor)
        for model in answer.models:
            if model.available:
                models.setdefault(model.model_name, model)
        cursor = answer.pagination.next_cursor if answer.models else ""
    return tuple(models.values())[:MAX_MODELS]
