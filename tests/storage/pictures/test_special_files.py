"""What is no file, and files that cannot be had."""

import os
import socket
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from app.model.errors import PictureError
from app.model.geometry import Size
from tests.storage.pictures.made import H, W, saved, scene
from tests.support.pictures import load

on_posix = pytest.mark.skipif(sys.platform == "win32", reason="special files are POSIX's")


def kind_of_loading(path: Path) -> str:
    with pytest.raises(PictureError) as caught:
        load(path)
    assert caught.value.path == path
    return caught.value.kind


def make_fifo(path: Path) -> None:
    os.mkfifo(path)


def make_loop(path: Path) -> None:
    path.symlink_to(path)


def make_dangling(path: Path) -> None:
    path.symlink_to(path.with_name("nowhere"))


def make_fifo_link(path: Path) -> None:
    os.mkfifo(path.with_name("fifo"))
    path.symlink_to(path.with_name("fifo"))


@on_posix
@pytest.mark.parametrize(
    ("make", "kind"),
    [
        (Path.mkdir, "not_a_file"),
        (make_fifo, "not_a_file"),
        (make_fifo_link, "not_a_file"),
        (make_loop, "not_a_file"),
        (make_dangling, "missing"),
        (Path.touch, "empty"),
        (lambda path: None, "missing"),
    ],
)
def test_special_files_are_refused_at_once(
    tmp_path: Path, make: Callable[[Path], None], kind: str
) -> None:
    path = tmp_path / "a.png"
    make(path)
    assert kind_of_loading(path) == kind


@on_posix
def test_devices_and_sockets_are_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert kind_of_loading(Path("/dev/zero")) == "not_a_file"
    monkeypatch.chdir(tmp_path)
    with socket.socket(socket.AF_UNIX) as server:
        server.bind("a.png")
        assert kind_of_loading(Path("a.png")) == "not_a_file"


def test_names_that_cannot_be_are_missing(tmp_path: Path) -> None:
    assert kind_of_loading(tmp_path / "a\0b.png") == "missing"
    assert kind_of_loading(tmp_path / ("a" * 300)) == "missing"


def test_a_link_to_a_picture_is_followed(tmp_path: Path) -> None:
    (tmp_path / "real").write_bytes(saved(Image.fromarray(scene())))
    (tmp_path / "a.png").symlink_to(tmp_path / "real")
    assert load(tmp_path / "a.png").size == Size(W, H)


@on_posix
def test_a_name_that_is_no_unicode_opens(tmp_path: Path) -> None:
    path = Path(os.fsdecode(os.fsencode(tmp_path) + b"/\xff\xfe.png"))
    path.write_bytes(saved(Image.fromarray(scene())))
    assert load(path).path == path


@on_posix
def test_a_file_that_may_not_be_read_is_said(
    open_folder: Path, run_child: Callable[..., Any]
) -> None:
    path = open_folder / "a.png"
    path.write_bytes(saved(Image.fromarray(scene())))
    path.chmod(0)
    done = run_child(
        "try:\n    opened_file(sys.argv[1])\nexcept PictureError as error:\n    print(error.kind)",
        path,
        imports="from app.storage.pictures.foreign import opened_file;"
        "from app.model.errors import PictureError",
        as_nobody=True,
    )
    assert done.stdout == "no_access\n", done.stderr
