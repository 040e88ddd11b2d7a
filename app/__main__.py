"""`python -m app` does the same as the command `maskwright`."""

import sys

from app.cli import main

if __name__ == "__main__":
    sys.exit(main())
