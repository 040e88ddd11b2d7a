"""No connection, or not a safe one: nothing is sent, and nothing is charged."""

import asyncio
import ssl
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from app.model.errors import Unreachable
from app.model.job import JobState
from tests.faults.conftest import Staged, Told
from tests.faults.promises import check
from tests.faults.stage import Stage
from tests.faults.submit_rows import TRIES

CERTIFICATES = Path(__file__).parents[1] / "data" / "tls"
"""Signed by `ca.pem` in the names of this machine, but for what their own names say."""


Press = Callable[..., Stage]


@pytest.fixture
def press(loop: asyncio.Runner, staged: Staged, told: Told) -> Press:
    """Presses Generate on a stage after it was `prepared`; then the promises hold."""

    def pressed(
        prepare: Callable[[Stage], object] = lambda stage: None,
        *,
        at_sink: int = 0,
        **options: Any,
    ) -> Stage:
        stage = staged(**options)

        async def within() -> None:
            async with stage:
                prepare(stage)
                await stage.run(stage.press())

        loop.run(within())
        check(stage, told(), at_sink=at_sink)
        return stage

    return pressed


def assert_not_sent(stage: Stage, kind: str) -> None:
    (click,) = stage.clicks
    assert click.state is JobState.NOT_SENT
    assert isinstance(click.error, Unreachable)
    assert click.error.kind == kind
    assert stage.service.ledger.tasks == {}


def test_a_refused_connection_is_tried_again_and_then_told(press: Press) -> None:
    stage = press(lambda stage: stage.service.refuse())
    assert_not_sent(stage, "refused")
    assert stage.service.ledger.hits("api.refused") == 1
    assert stage.clicks[0].states.count(JobState.SUBMITTING) == TRIES


def test_a_service_that_comes_back_gets_the_job_once(press: Press) -> None:
    def away_for_a_while(stage: Stage) -> None:
        stage.service.refuse()
        stage.client.before["submit", 2] = stage.service.accept

    stage = press(away_for_a_while)
    assert stage.clicks[0].state is JobState.DONE
    assert len(stage.service.ledger.at("submit")) == len(stage.service.ledger.tasks) == 1
    assert stage.service.ledger.hits("api.refused") == 1


def test_a_service_that_goes_away_while_it_works_loses_nothing(
    press: Press,
) -> None:
    def goes(stage: Stage) -> None:
        stage.client.before["poll", 2] = stage.service.refuse
        stage.client.before["poll", 5] = stage.service.accept
        stage.service.arm("poll.queued_forever")

    stage = press(goes)
    assert stage.clicks[0].state is JobState.DONE
    assert stage.service.ledger.hits("api.refused") == 1
    assert any(progress.trouble for progress in stage.clicks[0].progress)
    assert len(stage.service.ledger.tasks) == 1


def test_an_address_without_a_host_is_told(press: Press) -> None:
    stage = press(base_url="https://nowhere.invalid")
    assert_not_sent(stage, "dns")
    assert stage.clicks[0].states.count(JobState.SUBMITTING) == TRIES


def test_a_service_that_speaks_no_tls_is_told_at_once(press: Press) -> None:
    stage = press(base_url="https://127.0.0.1:{port}")
    assert_not_sent(stage, "tls")
    assert stage.clicks[0].states.count(JobState.SUBMITTING) == 1
    assert stage.service.ledger.requests == []


@pytest.mark.parametrize("certificate", ["self_signed", "wrong_host", "expired"])
def test_a_certificate_that_does_not_fit_ends_it_before_anything_is_sent(
    certificate: str, press: Press, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", str(CERTIFICATES / "ca.pem"))
    stage = press(tls=_serving(certificate))
    assert_not_sent(stage, "tls")
    assert stage.clicks[0].states.count(JobState.SUBMITTING) == 1
    assert stage.service.ledger.requests == []


def test_a_certificate_that_fits_is_trusted(press: Press, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", str(CERTIFICATES / "ca.pem"))
    stage = press(tls=_serving("good"))
    assert stage.clicks[0].state is JobState.DONE


def test_a_proxy_that_refuses_hears_no_key(press: Press, monkeypatch: pytest.MonkeyPatch) -> None:
    def behind_a_proxy(stage: Stage) -> None:
        stage.service.arm("sink.status_407")
        monkeypatch.setenv("HTTPS_PROXY", stage.service.sink_url)

    stage = press(behind_a_proxy, base_url="https://api.example.test", at_sink=1)
    assert_not_sent(stage, "proxy")
    (request,) = stage.service.ledger.at("sink")
    assert request.method == "CONNECT"
    assert stage.service.ledger.hits("sink.status_407") == 1


def _serving(certificate: str) -> ssl.SSLContext:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(CERTIFICATES / f"{certificate}.pem")
    return context
