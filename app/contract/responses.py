"""The service's answers, read as forgivingly as they are known to vary.

Numbers arrive as strings, lists as null or as objects, names under three keys, states in two
spellings, and unknown fields at any time. Nothing here raises for such a difference; only what a
caller cannot do without (a task id, a task) is required.
"""

from collections.abc import Mapping
from enum import StrEnum
from typing import Annotated, Any

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, model_validator

from app.contract.text import TASK_ID, clean

MAX_IMAGES = 16
"""Most pictures of a task that are looked at, whatever it lists: twice what can be asked for."""


def _whole(value: object) -> int:
    try:
        return int(float(str(value))) if not isinstance(value, int) else int(value)
    except (ValueError, OverflowError):
        return 0


def _real(value: object) -> float | None:
    try:
        number = float(str(value))
    except ValueError:
        return None
    return number if abs(number) < 1e15 else None


def _seed(value: object) -> int | None:
    """A seed that was used; -1 asks for one and names none."""
    text = str(value).strip()
    return int(text) if text.isdecimal() and len(text) < 20 else None


def _objects(value: object) -> list[Any]:
    return (
        [row for row in value if isinstance(row, Mapping | BaseModel)]
        if isinstance(value, list | tuple)
        else []
    )


def _texts(value: object) -> tuple[str, ...]:
    if isinstance(value, Mapping):
        value = list(value)
    return tuple(clean(text) for text in value) if isinstance(value, list | tuple) else ()


def _object(value: object) -> Any:
    return value if isinstance(value, Mapping) else {}


def _plain(value: object) -> str:
    """A cursor or an address, which is passed on as it came or not at all."""
    return value if isinstance(value, str) and value.isprintable() else ""


Text = Annotated[str, BeforeValidator(clean)]
Whole = Annotated[int, BeforeValidator(_whole)]
Real = Annotated[float | None, BeforeValidator(_real)]
Plain = Annotated[str, BeforeValidator(_plain)]
Truth = Annotated[bool, BeforeValidator(lambda v: str(v).strip().lower() in {"true", "1"})]
Texts = Annotated[tuple[str, ...], BeforeValidator(_texts)]


class Answer(BaseModel):
    """A part of an answer; what it does not know is ignored."""

    model_config = ConfigDict(
        frozen=True, extra="ignore", populate_by_name=True, protected_namespaces=()
    )


class Submitted(Answer):
    """The answer to a submit: `task_id`, or the older `data.task_id`."""

    task_id: Annotated[str, Field(pattern=rf"\A(?:{TASK_ID})\z")]

    @model_validator(mode="before")
    @classmethod
    def _unwrap(cls, value: Any) -> Any:
        if isinstance(value, Mapping) and not value.get("task_id"):
            return value.get("data")
        return value


class TaskStatus(StrEnum):
    """Where a task stands. `UNKNOWN` is any word we have not met and means: still under way."""

    QUEUED = "TASK_STATUS_QUEUED"
    PROCESSING = "TASK_STATUS_PROCESSING"
    SUCCEED = "TASK_STATUS_SUCCEED"
    FAILED = "TASK_STATUS_FAILED"
    UNKNOWN = "TASK_STATUS_UNKNOWN"

    @classmethod
    def read(cls, value: object) -> "TaskStatus":
        """The state that a service's word means; `SUCCEED` and `SUCCEEDED` are the same."""
        word = str(value).upper()
        known = (cls.SUCCEED, cls.FAILED, cls.QUEUED, cls.PROCESSING)
        return next((s for s in known if word.startswith(s.value)), cls.UNKNOWN)


class Task(Answer):
    """The task itself. `progress_percent` is 0…100, `eta` seconds; services may leave both 0."""

    task_id: Text = ""
    status: Annotated[TaskStatus, BeforeValidator(TaskStatus.read)]
    reason: Text = ""
    task_type: Text = ""
    eta: Real = None
    progress_percent: Real = None


class ResultImage(Answer):
    """A finished picture: where to fetch it and for how many seconds (0 = not said)."""

    image_url: Plain = ""
    image_url_ttl: Whole = 0
    image_type: Text = ""


class ResultExtra(Answer):
    """What else came with a result; `seed` is None when the service does not tell."""

    seed: Annotated[int | None, BeforeValidator(_seed)] = None


class TaskResult(Answer):
    """The answer of `GET /v3/async/task-result`."""

    task: Task
    images: Annotated[
        tuple[ResultImage, ...], BeforeValidator(lambda v: _objects(v)[:MAX_IMAGES])
    ] = ()
    extra: Annotated[ResultExtra, BeforeValidator(_object)] = ResultExtra()


_NAMES = ("model_name", "sd_name_in_api", "sd_name")
"""Where the name to send may stand, the best first."""


class Model(Answer):
    """One model of the list. `model_name` is what a request sends, whichever key it came under."""

    model_name: Text
    name: Text = ""
    type: Text = ""
    base_model: Text = ""
    base_model_type: Text = ""
    is_sdxl: Truth = False
    available: bool = True
    cover_url: Plain = ""
    tags: Texts = ()
    description: Text = ""

    @model_validator(mode="before")
    @classmethod
    def _read(cls, value: Any) -> Any:
        if not isinstance(value, Mapping):
            return value
        names = (value.get(key) for key in _NAMES)
        kind = value.get("type")
        base, sdxl = clean(value.get("base_model")), value.get("is_sdxl")
        return {
            **value,
            "model_name": next((name for name in names if name), ""),
            "type": kind.get("name") if isinstance(kind, Mapping) else kind,
            "is_sdxl": "SDXL" in base.upper() if sdxl is None else sdxl,
            "available": str(value.get("status", value.get("available", 1))) not in {"0", "False"},
        }


def _named(value: object) -> list[Any]:
    return [
        row
        for row in _objects(value)
        if isinstance(row, Model) or any(row.get(key) for key in _NAMES)
    ]


class Pagination(Answer):
    """Where the list goes on; an empty cursor is its end."""

    next_cursor: Plain = ""


class ModelList(Answer):
    """One page of `GET /v3/model`; entries without a name to send are left out."""

    models: Annotated[tuple[Model, ...], BeforeValidator(_named)] = ()
    pagination: Annotated[Pagination, BeforeValidator(_object)] = Pagination()


class User(Answer):
    """The answer of `GET /v3/user`. `credit_balance` counts ten-thousandths of the currency."""

    credit_balance: Real = None

    @property
    def balance(self) -> float | None:
        """The balance in whole units of the currency; None when the service does not tell."""
        return None if self.credit_balance is None else self.credit_balance / 10_000


class ErrorBody(Answer):
    """The body of a refusal. `reason` is the stable identifier, `message` the service's words."""

    code: Whole = 0
    reason: Text = ""
    message: Text = ""
    metadata: Annotated[dict[str, Text], BeforeValidator(_object)] = {}
