"""What runs in a worker ends at its bounds, whoever is left to look."""

import signal
import subprocess
import sys

import pytest

SPINNING = """
import sys
from app.worker.bounds import allow
allow(1)
print("begun", flush=True)
while True:
    pass
"""
GREEDY = """
from app.worker.bounds import allow
allow(20)
kept = bytearray(200 << 20)
try:
    bytearray(400 << 20)
except MemoryError:
    print("refused")
"""


@pytest.mark.skipif(sys.platform == "win32", reason="Windows bounds nothing")
def test_a_decoder_that_spins_is_ended_by_the_kernel() -> None:
    command = [sys.executable, "-c", SPINNING]
    done = subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)
    assert (done.stdout, done.returncode) == ("begun\n", -signal.SIGXCPU)


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere it is not bounded")
def test_memory_is_bounded_by_what_was_agreed_to() -> None:
    command = [sys.executable, "-c", GREEDY]
    done = subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)
    assert (done.stdout, done.returncode) == ("refused\n", 0), done.stderr
