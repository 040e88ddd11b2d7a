"""Pictures come from foreign hosts: without credentials, from decent addresses, within bounds."""

import httpx
import pytest

from app.api.addresses import picture_url
from app.api.client import ApiClient
from app.contract.responses import ResultImage
from app.model.errors import AppError, BadAnswer, Unreachable
from tests.api.conftest import PARAMETERS, UPLOAD, Caller
from tests.support import faults
from tests.support.service import Service


def fetch(call: Caller, url: str) -> bytes:
    return call(lambda client: client.fetch(ResultImage(image_url=url)))


def test_a_result_is_fetched_without_credentials(call: Caller, service: Service) -> None:
    async def whole_job(client: ApiClient) -> list[bytes]:
        accepted = await client.submit(PARAMETERS, UPLOAD, lambda out, total: None)
        answer = await client.task_result(accepted.task_id)
        return [await client.fetch(image) for image in answer.images]

    assert call(whole_job) == [UPLOAD.image, UPLOAD.image]
    assert len(service.ledger.at("image")) == 2
    assert service.ledger.leaks == []


def test_the_key_does_not_go_to_pictures_on_the_same_host(call: Caller, service: Service) -> None:
    service.inject("other", faults.answering(200, b"pixels"))
    assert fetch(call, f"{service.url}/pictures/1.png") == b"pixels"
    assert "authorization" not in service.ledger.requests[0].headers


def redirect(to: str, status: int = 302) -> faults.Fault:
    return faults.answering(status, b"", {"Location": to, "Set-Cookie": "a=b; Path=/"})


def test_three_redirects_are_followed(call: Caller, service: Service) -> None:
    service.inject(
        "image",
        redirect("/b"),
        redirect(f"{service.images_url}/c", 307),
        redirect("d", 301),
        faults.answering(200, b"pixels"),
    )
    assert fetch(call, f"{service.images_url}/a") == b"pixels"
    assert [request.path for request in service.ledger.at("image")] == ["/a", "/b", "/c", "/d"]
    assert service.ledger.leaks == []


def test_a_fourth_redirect_is_not(call: Caller, service: Service) -> None:
    service.inject("image", *[redirect("/again")] * 9)
    with pytest.raises(BadAnswer):
        fetch(call, f"{service.images_url}/a")
    assert len(service.ledger.at("image")) == 4


@pytest.mark.parametrize(
    "to", ["file:///etc/passwd", "http://192.0.2.1/", "http://u:p@127.0.0.1/", "//[", "ftp://x/"]
)
def test_each_redirect_is_checked(call: Caller, service: Service, to: str) -> None:
    service.inject("image", redirect(to))
    with pytest.raises(AppError):
        fetch(call, f"{service.images_url}/a")
    assert len(service.ledger.at("image")) == 1


@pytest.mark.parametrize(
    ("fault", "kind"),
    [
        (faults.answering(403, b"<Error>expired</Error>"), BadAnswer),
        (faults.answering(404), BadAnswer),
        (faults.answering(503), BadAnswer),
        (faults.answering(206, b"part"), BadAnswer),
        (faults.answering(200, b""), BadAnswer),
        (faults.answering(304), BadAnswer),
        (faults.bomb, BadAnswer),
        (faults.endless, BadAnswer),
        (faults.silent, Unreachable),
        (faults.drip, Unreachable),
        (faults.dropped, Unreachable),
        (faults.dropped_by_reset, Unreachable),
        (faults.cut, Unreachable),
    ],
    ids=lambda value: value.__name__,
)
def test_a_failed_download_is_typed_and_not_repeated(
    call: Caller, service: Service, fault: faults.Fault, kind: type[AppError]
) -> None:
    service.inject("image", fault)
    with pytest.raises(kind):
        fetch(call, f"{service.images_url}/a?sign=secret")
    assert service.ledger.hits(fault.__name__) == 1
    assert len(service.ledger.at("image")) == 1


def test_a_slow_picture_may_take_its_time_while_it_moves(call: Caller, service: Service) -> None:
    service.inject("image", faults.slow(chunk=20_000, chunks=40, pause=0.03))
    assert len(fetch(call, f"{service.images_url}/a")) == 800_000


def test_the_log_keeps_what_signs_an_address_to_itself(
    call: Caller, service: Service, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level("INFO", "app")
    service.inject("image", faults.answering(200, b"pixels"), faults.dropped)
    fetch(call, f"{service.images_url}/a?sign=secret")
    with pytest.raises(Unreachable):
        fetch(call, f"{service.images_url}/a?sign=secret")
    assert caplog.text.count("127.0.0.1/a") == 2
    assert "secret" not in caplog.text


CLOUD = httpx.URL("https://api.example.test")
LOCAL = httpx.URL("http://127.0.0.1:8000")
ENGINE = httpx.URL("http://engine")


@pytest.mark.parametrize(
    ("url", "base"),
    [
        ("https://bucket.s3.example.test/a.png?X-Amz-Signature=1", CLOUD),
        ("https://10.1.2.3/a.png", CLOUD),
        ("http://127.0.0.1:9/a.png", LOCAL),
        ("http://localhost/a.png", LOCAL),
        ("http://[::1]:9/a.png", LOCAL),
        ("https://bucket.example.test/a.png", LOCAL),
        ("http://engine/results/a.png", ENGINE),
    ],
)
def test_a_decent_address_is_taken_as_it_is(url: str, base: httpx.URL) -> None:
    assert str(picture_url(url, base)) == url


@pytest.mark.parametrize(
    ("url", "base"),
    [
        ("", CLOUD),
        ("a.png", CLOUD),
        ("/a.png", LOCAL),
        ("//host.test/a.png", CLOUD),
        ("https:///a.png", CLOUD),
        ("https://", CLOUD),
        ("file:///etc/passwd", LOCAL),
        ("data:image/png;base64,AAAA", LOCAL),
        ("ftp://host.test/a.png", LOCAL),
        ("javascript:alert(1)", CLOUD),
        ("http://bucket.example.test/a.png", CLOUD),
        ("http://bucket.example.test/a.png", LOCAL),
        ("http://api.example.test/a.png", CLOUD),
        ("http://127.0.0.1/a.png", CLOUD),
        ("https://127.0.0.1/a.png", CLOUD),
        ("https://localhost/a.png", CLOUD),
        ("https://[::1]/a.png", CLOUD),
        ("https://[::ffff:127.0.0.1]/a.png", CLOUD),
        ("https://0.0.0.0/a.png", CLOUD),
        ("https://169.254.169.254/latest/meta-data", CLOUD),
        ("http://169.254.169.254/latest/meta-data", LOCAL),
        ("https://169.254.169.254/latest/meta-data", LOCAL),
        ("https://[fe80::1]/a.png", CLOUD),
        ("https://[::ffff:169.254.169.254]/", CLOUD),
        ("https://user:pass@host.test/a.png", CLOUD),
        ("https://user@host.test/a.png", CLOUD),
        ("https://host.test:port/a.png", CLOUD),
        ("https://host.test/\x00a", CLOUD),
        ("https://host.test/" + "a" * 70_000, CLOUD),
        ("http://engine.test/a.png", ENGINE),
    ],
)
def test_any_other_address_is_refused(url: str, base: httpx.URL) -> None:
    with pytest.raises(BadAnswer) as caught:
        picture_url(url, base)
    assert "pass" not in str(caught.value)
