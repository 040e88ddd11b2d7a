"""Resources are found wherever the program was put."""

import tomllib
from pathlib import Path

import pytest

from app import resources

CHECKOUT = Path(__file__).parent.parent


def test_a_checkout_uses_the_folder_beside_the_package() -> None:
    assert resources.path() == CHECKOUT / "resources"


def test_parts_lead_to_a_file() -> None:
    assert resources.path("icons", "brush.svg").read_text().lstrip().startswith("<svg")


@pytest.mark.parametrize("beside", [True, False], ids=["checkout around it", "alone"])
def test_an_install_uses_what_it_carries(tmp_path: Path, beside: bool) -> None:
    package = tmp_path / "app"
    (package / "_resources").mkdir(parents=True)
    if beside:
        (tmp_path / "resources").mkdir()

    assert resources.root_for(package) == package / "_resources"


def test_the_wheel_carries_the_resources_where_they_are_looked_for() -> None:
    project = tomllib.loads((CHECKOUT / "pyproject.toml").read_text())
    carried = project["tool"]["hatch"]["build"]["targets"]["wheel"]["force-include"]

    assert carried == {"resources": "app/_resources"}
