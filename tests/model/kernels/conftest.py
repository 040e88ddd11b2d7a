import os
from importlib import import_module
from types import ModuleType

import pytest


@pytest.fixture(params=["pure", "_compiled"], scope="session")
def kernels(request: pytest.FixtureRequest) -> ModuleType:
    """The kernels, once in numpy and once compiled."""
    name = f"app.model.kernels.{request.param}"
    if request.param == "_compiled" and os.environ.get("MASKWRIGHT_PURE"):
        pytest.skip("MASKWRIGHT_PURE is set")
    try:
        return import_module(name)
    except ImportError:
        pytest.skip("the kernels are not compiled here: no C compiler or no headers of Python")
