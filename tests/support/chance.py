"""Chance for tests that try some of very many things."""

import os


def new_seed() -> int:
    """Another one in each run, to be told when a test fails; with `CI` set always the same."""
    return 20_260 if os.environ.get("CI") else int.from_bytes(os.urandom(4))
