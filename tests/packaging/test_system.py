"""What is missing of the system is found, and the line to type is whole."""

import sys

import pytest

from devkit import system


def test_a_library_is_found_by_asking_the_loader() -> None:
    assert not system.loads("libwhich-nobody-has.so.7")


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="Linux names its libraries so")
def test_a_library_that_is_here_is_seen() -> None:
    assert system.Need("libc6", "libc.so.6").is_met


def test_a_package_without_a_library_is_asked_of_dpkg() -> None:
    assert not system.Need("fonts-which-nobody-has").is_met


def test_the_line_to_type_names_every_package() -> None:
    assert system.apt_line(["libgl1", "xvfb"]) == (
        "sudo apt-get update && sudo apt-get install -y --no-install-recommends libgl1 xvfb"
    )


def test_this_python_can_make_a_venv_or_says_what_it_lacks() -> None:
    assert system.venv_package() in {None, "python{}.{}-venv".format(*sys.version_info)}


def test_nothing_is_needed_twice() -> None:
    packages = [need.package for need in (*system.REQUIRED, *system.WELCOME)]
    assert len(packages) == len(set(packages))
