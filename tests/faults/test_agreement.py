"""What the panel lets through the service takes: its own page, read by the tests, is the judge."""

import asyncio
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.api.client import ApiClient
from app.contract.fields import Field, fields_of
from app.contract.parameters import Parameters
from app.contract.request import Embedding, Lora
from app.model.errors import Rejected, ServiceError
from app.model.job import Upload
from tests.support.service import KEY, Service

UPLOAD = Upload(image=b"image", mask=b"mask")
FIELDS = fields_of(Parameters)
TEXTS = st.text(max_size=8) | st.text(min_size=1020, max_size=1030)
ADDONS = {
    "loras": st.builds(
        lambda name, strength: Lora.made(model_name=name, strength=strength),
        st.text(max_size=3),
        st.floats(-0.5, 1.5),
    ),
    "embeddings": st.builds(lambda name: Embedding.made(model_name=name), st.text(max_size=3)),
}


def _near(field: Field) -> st.SearchStrategy[Any]:
    """Values that somebody types who looks for the end of a range."""
    low, high = field.minimum or 0, field.maximum if field.maximum is not None else 2**63
    edges = st.sampled_from([low - 1, low, high, high + 1])
    if field.kind == "real":
        inside = st.floats(low - 0.1, high + 0.1)
        return inside | edges | edges.map(float) | st.sampled_from([float("nan"), float("inf")])
    return st.integers(int(low) - 2, int(high) + 2) | edges.map(int) | st.booleans()


def _values(name: str, field: Field) -> st.SearchStrategy[Any]:
    match field.kind:
        case "text":
            return TEXTS
        case "list":
            return st.lists(ADDONS[name], max_size=7).map(tuple)
        case "choice":
            return st.sampled_from([*field.choices, "", "Euler  a"])
        case _:
            return st.none() | _near(field)


# Few edits at a time, so that many of the drafts are fit to be sent.
GOOD = {"prompt": "a lake", "model_name": "m"}
EDITS = st.fixed_dictionaries({}, optional={n: _values(n, f) for n, f in FIELDS.items()})
FEW = st.sets(st.sampled_from(sorted(FIELDS)), max_size=4)


class Panel:
    """A panel's Generate: drafts that have no problem go to the service."""

    def __init__(self, loop: asyncio.Runner, service: Service) -> None:
        self._loop = loop
        self._client = ApiClient(base_url=service.url, key=lambda: KEY)

    def send(self, draft: Parameters) -> None:
        """Send a draft; raises what the service says against it."""
        self._loop.run(self._client.submit(draft, UPLOAD, lambda out, total: None))

    def close(self) -> None:
        self._loop.run(self._client.aclose())


@pytest.fixture(scope="module")
def panel(loop: asyncio.Runner) -> Iterator[Panel]:
    with Service(checks_pictures=False) as service:
        service.balance = 10**9
        panel = Panel(loop, service)
        yield panel
        panel.close()
        assert service.ledger.leaks == []


@settings(max_examples=300, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(edits=EDITS, few=FEW)
def test_no_draft_without_problems_is_refused(
    panel: Panel, edits: dict[str, Any], few: set[str]
) -> None:
    draft = Parameters().edited(**GOOD, **{n: v for n, v in edits.items() if n in few - {*GOOD}})
    if not draft.problems():
        panel.send(draft)


@settings(max_examples=100)
@given(edits=EDITS, name=st.sampled_from(sorted(FIELDS)))
def test_no_single_edit_without_problems_is_refused(
    panel: Panel, edits: dict[str, Any], name: str
) -> None:
    draft = Parameters().edited(**GOOD | {n: v for n, v in edits.items() if n == name})
    if not draft.problems():
        panel.send(draft)


@pytest.mark.parametrize(
    ("name", "value"),
    [("steps", 0), ("guidance_scale", 31.0), ("mask_blur", 65), ("seed", -2), ("prompt", ""),
     ("loras", (Lora(model_name="a", strength=1.0),) * 6), ("sampler_name", "Euler b")],
)  # fmt: skip
def test_the_judge_refuses_what_the_page_forbids(panel: Panel, name: str, value: object) -> None:
    draft = Parameters().edited(**GOOD | {name: value})
    with pytest.raises(ServiceError) as caught:
        panel.send(draft)
    assert isinstance(caught.value, Rejected)
    assert caught.value.reason == "INVALID_REQUEST_BODY"
    assert caught.value.field == name
