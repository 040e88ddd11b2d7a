#!/usr/bin/env python3
"""Set Maskwright up, run it, test it. Needs nothing but Python and a network.

    python3 packaging/dev.py run [ARGUMENT …]   start the program (the arguments are its own)
    python3 packaging/dev.py test [ARGUMENT …]  format, lint, types, then all tests (for pytest)
    python3 packaging/dev.py check              format, lint and types alone
    python3 packaging/dev.py format             put the code into shape
    python3 packaging/dev.py bench [NAME …]     print how fast things are beside their bounds
    python3 packaging/dev.py soak               use the program for long, and see it not grow
    python3 packaging/dev.py setup              set up and stop there

Every command sets up first what is missing, in `.venv` beside this folder.
"""

import sys

OLDEST = (3, 11)


def main() -> "int | str":
    """Dispatch; written so that an old Python gets as far as the message."""
    if sys.version_info < OLDEST:
        oldest, this = ("{}.{}".format(*version) for version in (OLDEST, sys.version_info))
        return (
            f"Maskwright needs Python {oldest} or newer, and this is Python {this}. Install a "
            f"newer one and start this with it: python{oldest} packaging/dev.py …"
        )
    from devkit.commands import main

    return main(sys.argv[1:], usage=__doc__)


if __name__ == "__main__":
    sys.exit(main())
