"""What can go wrong with the addresses of a task's pictures; the answer is well otherwise."""

from tests.support.faults.poll import Answer, changes
from tests.support.unbroken import STALE
from tests.support.wire import Call


@changes("short_ttl")
def short_ttl(answer: Answer, call: Call) -> None:
    """Addresses that say they last for a second."""
    for image in answer["images"]:
        image["image_url_ttl"] = 1


@changes("stale_url")
def stale_url(answer: Answer, call: Call) -> None:
    """Addresses that have expired already."""
    task_id = answer["task"]["task_id"]
    for number, image in enumerate(answer["images"]):
        image["image_url"] = call.service.picture_url(task_id, number, STALE)


_URLS: dict[str, object] = {
    "empty": "",
    "number": 12,
    "null": None,
    "list": ["https://x.test/a.png"],
    "relative": "/pictures/a.png",
    "no_scheme": "x.test/a.png",
    "file": "file:///etc/passwd",
    "data": "data:image/png;base64,iVBORw0KGgo=",
    "javascript": "javascript:alert(1)",
    "userinfo": "https://user:pass@x.test/a.png",
    "huge": "https://x.test/" + "a" * 65536,
    "link_local": "http://169.254.169.254/latest/meta-data",
    "http_elsewhere": "http://pictures.example.test/a.png",
    "control": "https://x.test/a\x00.png",
    "dns": "https://nowhere.invalid/a.png",
}


def _addresses(name: str, url: object) -> None:
    @changes(f"url_{name}")
    def addressed(answer: Answer, call: Call, *, only: int | None = None) -> None:
        """Pictures, or the one at `only`, at an address of no use."""
        for number, image in enumerate(answer["images"]):
            if only in {None, number}:
                image["image_url"] = url


for _name, _url in _URLS.items():
    _addresses(_name, _url)


@changes("url_missing")
def url_missing(answer: Answer, call: Call) -> None:
    """Pictures without an address."""
    for image in answer["images"]:
        del image["image_url"]


@changes("url_refused")
def url_refused(answer: Answer, call: Call) -> None:
    """Pictures where nothing listens."""
    for image in answer["images"]:
        image["image_url"] = "http://127.0.0.1:1/a.png"


@changes("url_tls")
def url_tls(answer: Answer, call: Call) -> None:
    """Pictures behind a handshake that fails."""
    for image in answer["images"]:
        image["image_url"] = image["image_url"].replace("http:", "https:")
