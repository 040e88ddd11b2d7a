"""The program without a window: built-in engine, and over a real socket to `maskwright serve`."""

import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from tests.support.canary import KEY

COMMAND = (sys.executable, "-m", "app")
ROOT = Path(__file__).parents[2]


@dataclass(frozen=True)
class Work:
    """A folder with a picture, a mask over a part of it, and a home of its own."""

    folder: Path

    @property
    def picture(self) -> Path:
        return self.folder / "photo.png"

    @property
    def mask(self) -> Path:
        return self.folder / "mask.png"

    @property
    def environment(self) -> dict[str, str]:
        home = str(self.folder / "home")
        return {
            **os.environ,
            "HOME": home,
            "XDG_DATA_HOME": f"{home}/data",
            "XDG_CONFIG_HOME": f"{home}/config",
            "XDG_CACHE_HOME": f"{home}/cache",
        }

    def run(self, *arguments: str | Path, **variables: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [*COMMAND, *map(str, arguments)],
            cwd=ROOT,
            env={**self.environment, **variables},
            capture_output=True,
            text=True,
            timeout=100,
            check=False,
        )

    def pixels(self, path: Path) -> np.ndarray:
        with Image.open(path) as image:
            return np.asarray(image.convert("RGB"))


@pytest.fixture
def work(tmp_path: Path) -> Work:
    made = Work(tmp_path)
    (tmp_path / "home").mkdir()
    texture = np.random.default_rng(3).integers(90, 160, (96, 128, 3), np.uint8)
    texture[40:60, 50:80] = (250, 20, 20)
    Image.fromarray(texture).save(made.picture)
    mask = np.zeros((96, 128), np.uint8)
    mask[36:64, 46:84] = 255
    Image.fromarray(mask).save(made.mask)
    return made


@pytest.fixture
def served(work: Work) -> Iterator[str]:
    """The address of `maskwright serve`, which is stopped as a terminal would."""
    server = subprocess.Popen(
        [*COMMAND, "serve", "--port", "0", "--api-key", KEY],
        cwd=ROOT,
        env=work.environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    assert server.stdout is not None
    try:
        yield server.stdout.readline().strip()
    finally:
        server.send_signal(signal.SIGINT)
        server.communicate(timeout=30)


def test_without_an_account_the_red_spot_is_filled_and_nothing_else_changes(work: Work) -> None:
    out = work.folder / "out"
    done = work.run(
        "inpaint", work.picture, "--mask", work.mask, "--out", out,
        "--image-num", "2", "--mask-blur", "0", "--seed", "7",
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    paths = [Path(line) for line in done.stdout.splitlines()]
    assert sorted(paths) == sorted(out.iterdir())
    assert len(paths) == 2
    before, mask = work.pixels(work.picture), work.pixels(work.mask)[..., 0]
    for path in paths:
        after = work.pixels(path)
        assert np.array_equal(after[mask == 0], before[mask == 0])
        assert after[40:60, 50:80, 0].mean() < 200
    assert "Working" in done.stderr


def test_over_a_socket_the_same_job_gives_the_same_pixels(work: Work, served: str) -> None:
    given = ("inpaint", work.picture, "--mask", work.mask, "--image-num", "1", "--seed", "7")
    here = work.run(*given, "--out", work.folder / "here")
    there = work.run(
        *given, "--out", work.folder / "there", "--json", "--prompt", "grass",
        "--model-name", "patchmatch-inpainting",
        MASKWRIGHT_BASE_URL=served, MASKWRIGHT_API_KEY=KEY,
    )  # fmt: skip
    assert here.returncode == 0, here.stderr
    assert there.returncode == 0, there.stderr
    outcome = json.loads(there.stdout)
    assert outcome["state"] == "done"
    (result,) = outcome["results"]
    assert result["seed"] == 7
    assert np.array_equal(work.pixels(Path(result["path"])), work.pixels(Path(here.stdout.strip())))


def test_a_saved_result_tells_its_parameters_and_no_file_holds_the_key(
    work: Work, served: str
) -> None:
    done = work.run(
        "inpaint", work.picture, "--mask", work.mask, "--image-num", "1", "--seed", "7",
        "--prompt", "a meadow", "--model-name", "patchmatch-inpainting",
        "--base-url", served, "--out", work.folder / "out",
        MASKWRIGHT_API_KEY=KEY,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    with Image.open(done.stdout.strip()) as image:
        assert image.info["parameters"].startswith("a meadow\nSteps: 30, ")
        assert json.loads(image.info["maskwright"])["parameters"]["prompt"] == "a meadow"
    files = [path for path in work.folder.rglob("*") if path.is_file()]
    assert files
    assert [path for path in files if KEY.encode() in path.read_bytes()] == []
    assert KEY not in done.stdout + done.stderr


def test_the_models_of_a_service_are_listed_as_json(work: Work, served: str) -> None:
    done = work.run(
        "models", "--type", "checkpoint", "--json", "--base-url", served, MASKWRIGHT_API_KEY=KEY
    )
    assert done.returncode == 0, done.stderr
    assert [model["model_name"] for model in json.loads(done.stdout)] == ["patchmatch-inpainting"]


def test_an_empty_list_is_an_empty_list(work: Work) -> None:
    done = work.run("models", "--type", "lora", "--json")
    assert (done.returncode, json.loads(done.stdout)) == (0, [])


def test_a_wrong_key_is_refused_by_the_service(work: Work, served: str) -> None:
    done = work.run(
        "inpaint", work.picture, "--mask", work.mask, "--prompt", "x", "--model-name", "y",
        "--base-url", served, MASKWRIGHT_API_KEY="wrong-key",
    )  # fmt: skip
    assert done.returncode == 3
    assert "INVALID_API_KEY" in done.stderr
    assert "Traceback" not in done.stderr


def test_nobody_at_the_address_is_told_as_such(work: Work) -> None:
    done = work.run(
        "inpaint", work.picture, "--mask", work.mask, "--prompt", "x", "--model-name", "y",
        "--base-url", "http://127.0.0.1:9", MASKWRIGHT_API_KEY=KEY,
    )  # fmt: skip
    assert done.returncode == 4
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize(
    "spoiled",
    [
        ("--steps", "101"),
        ("--steps", "many"),
        ("--sampler-name", "Euler z"),
        ("--strength", "0"),
        ("--lora", "nameless"),
        ("--base-url", "ftp://example.org"),
        ("--base-url", "http://example.org"),
    ],
)
def test_invalid_input_is_refused_before_anything_is_sent(
    work: Work, spoiled: tuple[str, str]
) -> None:
    done = work.run("inpaint", work.picture, "--mask", work.mask, *spoiled)
    assert done.returncode == 2
    assert spoiled[0].lstrip("-").replace("-", "_") in done.stderr.replace("-", "_")
    assert "Traceback" not in done.stderr


def test_a_mask_that_selects_nothing_or_does_not_fit_is_refused(work: Work) -> None:
    Image.new("L", (128, 96)).save(work.mask)
    assert work.run("inpaint", work.picture, "--mask", work.mask).returncode == 2
    Image.new("L", (64, 96), 255).save(work.mask)
    assert work.run("inpaint", work.picture, "--mask", work.mask).returncode == 2


def test_a_folder_that_cannot_be_written_to_ends_with_its_own_code(work: Work) -> None:
    (work.folder / "file").write_text("in the way")
    done = work.run(
        "inpaint", work.picture, "--mask", work.mask, "--out", work.folder / "file" / "out",
        "--image-num", "1",
    )  # fmt: skip
    assert done.returncode == 6
    assert "Traceback" not in done.stderr
