"""The engine's own documentation is complete and stands by itself."""

import re
from typing import Any

from app.contract.fields import fields_of
from app.contract.request import Lora
from app.contract.wire import Extra, Request
from app.engine.documents import CALLS
from app.engine.refusals import REASONS


def test_openapi_describes_every_call_and_field(live: Any) -> None:
    description = live.get("/openapi.json").json()
    assert description["openapi"].startswith("3.1")
    assert set(description["paths"]) == {call.path for call in CALLS}
    properties = description["components"]["schemas"]["Request"]["properties"]
    assert set(properties) == set(fields_of(Request))
    assert properties["steps"]["maximum"] == 100


def test_every_reference_of_openapi_leads_somewhere(live: Any) -> None:
    response = live.get("/openapi.json")
    names = set(re.findall(r'"#/components/schemas/([^"]+)"', response.text))
    assert names
    assert names <= set(response.json()["components"]["schemas"])


def test_every_described_call_exists(live: Any) -> None:
    for call in CALLS:
        if call.method == "GET":
            response = live.get(call.path)
            assert "API_NOT_FOUND" not in response.text, call.path


def test_the_page_lists_every_field_and_reason(live: Any) -> None:
    response = live.get("/docs")
    assert response.headers["content-type"].startswith("text/html")
    for name in [*fields_of(Request), *fields_of(Extra), *fields_of(Lora), *REASONS]:
        assert f"<td>{name}</td>" in response.text


def test_the_page_loads_nothing_from_elsewhere(live: Any) -> None:
    response = live.get("/docs")
    assert "<script" not in response.text
    assert re.findall(r'(?:src|href)="(?!/openapi.json)', response.text) == []
    assert "default-src 'none'" in response.headers["content-security-policy"]
