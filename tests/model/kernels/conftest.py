import os
from importlib import import_module
from types import ModuleType

import pytest

from app.model.kernels import pure


@pytest.fixture(params=["pure", "_compiled"], scope="session")
def kernels(request: pytest.FixtureRequest) -> ModuleType:
    """The kernels, once in numpy and once compiled."""
    return _compiled() if request.param == "_compiled" else pure


@pytest.fixture(scope="session")
def drawing() -> ModuleType:
    """The kernels that draw, which there are only compiled."""
    return _compiled()


def _compiled() -> ModuleType:
    if os.environ.get("MASKWRIGHT_PURE"):
        pytest.skip("MASKWRIGHT_PURE is set")
    try:
        return import_module("app.model.kernels._compiled")
    except ImportError:
        pytest.skip("the kernels are not compiled here: no C compiler or no headers of Python")
