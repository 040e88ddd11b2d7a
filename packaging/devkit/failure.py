"""A set-up that cannot go on, in words for the person at the terminal."""


class SetupFailed(Exception):
    """Its text says what is wrong and what to type."""
