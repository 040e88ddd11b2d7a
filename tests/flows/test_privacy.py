"""What a job tells the service, and what its results tell whoever gets them."""

import base64
import io
import json
import os
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from tests.support.canary import KEY
from tests.support.service import Service

ROOT = Path(__file__).parents[2]
TELLING = "secret-client"


@pytest.fixture
def photo(tmp_path: Path) -> Path:
    """A photograph that tells where and by whom it was taken, in a folder that tells for whom."""
    folder = tmp_path / TELLING
    folder.mkdir()
    texture = np.random.default_rng(3).integers(90, 160, (96, 128, 3), np.uint8)
    about = Image.Exif()
    about[0x010E] = about[0x013B] = TELLING
    about.get_ifd(0x8825)[1] = "N"
    Image.fromarray(texture).save(folder / f"{TELLING}.jpg", exif=about, comment=TELLING.encode())
    mask = np.zeros((96, 128), np.uint8)
    mask[36:64, 46:84] = 255
    Image.fromarray(mask).save(folder / "mask.png")
    return folder / f"{TELLING}.jpg"


def redrawn(photo: Path, service: Service, *more: str) -> Path:
    """The one result of a job over a real socket, with `more` options."""
    done = subprocess.run(
        [
            *(sys.executable, "-m", "app", "inpaint", str(photo)),
            *("--mask", str(photo.parent / "mask.png"), "--out", str(photo.parent / "out")),
            *("--base-url", service.url, "--prompt", "a meadow", "--model-name", "m"),
            *more,
        ],
        env={**os.environ, "MASKWRIGHT_API_KEY": KEY},
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=100,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return Path(done.stdout.splitlines()[0])


def test_a_service_gets_pixels_and_parameters_alone(photo: Path) -> None:
    with Service() as service:
        redrawn(photo, service)
        requests = service.ledger.requests
    assert {request.place for request in requests} == {"submit", "poll", "image"}
    for request in requests:
        told = f"{request.path} {request.query} {request.headers}"
        assert TELLING not in told
        assert str(Path.home()) not in told
        assert KEY not in f"{request.path} {request.query}"
        assert ("authorization" in request.headers) == (request.place != "image")
        assert set(request.headers) <= {
            *("host", "accept-encoding", "content-type", "content-length", "authorization"),
            *("accept", "connection", "user-agent"),
        }
    (submit,) = (request for request in requests if request.place == "submit")
    assert TELLING.encode() not in bytes(submit.body)
    body = json.loads(bytes(submit.body))["request"]
    for name in ("image_base64", "mask_image_base64"):
        file = base64.b64decode(body[name])
        assert TELLING.encode() not in file
        with Image.open(io.BytesIO(file)) as image:
            assert (image.format, dict(image.getexif())) == ("PNG", {})
            assert not image.info.keys() & {"exif", "comment", "icc_profile", "XML:com.adobe.xmp"}


def test_a_result_tells_its_parameters_and_neither_key_path_nor_address(photo: Path) -> None:
    with Service() as service:
        result = redrawn(photo, service)
    with Image.open(result) as image:
        image.load()
        assert image.info["parameters"].startswith("a meadow\n")
        told = json.dumps({name: str(value) for name, value in image.info.items()})
        assert json.loads(image.info["maskwright"])["service"] == "custom"
    for secret in (
        KEY,
        TELLING,
        str(Path.home()),
        service.url,
        service.url.removeprefix("http://"),
    ):
        assert secret not in told
        assert secret.encode() not in result.read_bytes()


def test_a_result_tells_nothing_where_that_is_not_wanted(photo: Path) -> None:
    with Service() as service:
        result = redrawn(photo, service, "--no-metadata")
    with Image.open(result) as image:
        image.load()
        assert image.info.keys() <= {"srgb"}
        assert dict(image.getexif()) == {}
    assert b"meadow" not in result.read_bytes()
