"""The calls of the service: their paths, and the names that their queries use."""

SUBMIT = "/v3/async/inpainting"
TASK_RESULT = "/v3/async/task-result"
MODELS = "/v3/model"
USER = "/v3/user"

TASK_ID = "task_id"
"""What `TASK_RESULT` asks for."""

FILTER_TYPES = "filter.types"
FILTER_INPAINTING = "filter.is_inpainting"
FILTER_SDXL = "filter.is_sdxl"
FILTER_VISIBILITY = "filter.visibility"
FILTER_QUERY = "filter.query"
PAGE_LIMIT = "pagination.limit"
PAGE_CURSOR = "pagination.cursor"
"""What `MODELS` can be asked; the cursor is the `next_cursor` of the page before."""

MAX_PAGE = 100
"""Most models on one page."""

STOP = "/engine/tasks/{task_id}"
"""The built-in engine's own call, which ends a task (DELETE); services have none like it."""
