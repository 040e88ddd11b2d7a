"""How long to wait before something is tried again."""

import random


def backoff_s(tries: int) -> float:
    """Up to 1, 2, 4 … seconds, drawn anew each time so that many clients do not come at once."""
    return random.uniform(0.0, 2.0**tries)
