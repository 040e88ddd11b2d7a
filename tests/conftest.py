"""What every test stands on: no screen needed, no settings of the person who runs them touched."""

import os

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
