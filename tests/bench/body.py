"""Building the body of a submit: ours, streamed, against httpx's own `json=`, in one run."""

import asyncio
import base64
import os
import subprocess
import sys
import time
from collections.abc import Awaitable, Callable
from pathlib import Path

import httpx

from app.api.body import RequestBody
from app.contract.parameters import Parameters
from app.model.job import Upload

ROUNDS = 15
SPEED_GOAL = 20
MEMORY_GOAL_MB = 1.0

_PARAMETERS = Parameters(prompt="a lake", model_name="m")
_MB = 1024 * 1024
_STATUS = Path("/proc/self/status")


def main() -> None:
    """Print time and peak memory of both ways, for an image of 30 MB and its mask."""
    memory = {name: _memory_mb(name) for name in _WAYS}
    best = asyncio.run(_times())
    for name in _WAYS:
        print(f"{name:12}{1000 * best[name]:7.1f} ms   {_mb(memory[name])} extra at the peak")
    faster = best["httpx json="] / best["streamed"]
    print(f"streamed is {faster:.0f} times faster   goal ≥ {SPEED_GOAL}")
    extra = memory["streamed"]
    if extra is not None and (whole := memory["httpx json="]):
        print(
            f"memory {extra:.1f} MB, {extra / whole:.3f} of the other   goal ≤ {MEMORY_GOAL_MB} MB"
        )


async def _times() -> dict[str, float]:
    """Seconds that each way takes in its quietest round; the ways take turns."""
    upload = _upload(30)
    times: dict[str, list[float]] = {name: [] for name in _WAYS}
    for _ in range(ROUNDS):
        for name, way in _WAYS.items():
            started = time.perf_counter()
            await way(upload)
            times[name].append(time.perf_counter() - started)
    return {name: min(values) for name, values in times.items()}


async def _streamed(upload: Upload) -> None:
    async for _ in RequestBody(_PARAMETERS, upload, lambda out, total: None):
        pass


async def _whole(upload: Upload) -> None:
    extra, request = _PARAMETERS.wire()
    pictures = {
        "image_base64": base64.b64encode(upload.image).decode(),
        "mask_image_base64": base64.b64encode(upload.mask).decode(),
    }
    httpx.Request("POST", "http://x/", json={"extra": extra, "request": {**request, **pictures}})


_WAYS: dict[str, Callable[[Upload], Awaitable[None]]] = {
    "streamed": _streamed,
    "httpx json=": _whole,
}


def _upload(image_mb: int) -> Upload:
    return Upload(image=os.urandom(image_mb * _MB), mask=os.urandom(_MB // 3))


def _mb(value: float | None) -> str:
    return "    ?" if value is None else f"{value:5.1f} MB"


def _memory_mb(name: str) -> float | None:
    """Peak memory of one way in a process of its own, beyond what it had before."""
    command = [sys.executable, "-m", "tests.bench.body", name]
    done = subprocess.run(command, capture_output=True, text=True, check=True, timeout=120)
    return float(done.stdout) if done.stdout.strip() else None


def _measure(name: str) -> None:
    if not _STATUS.exists():
        return  # only Linux tells
    print(asyncio.run(_extra_mb(_WAYS[name])))


async def _extra_mb(way: Callable[[Upload], Awaitable[None]]) -> float:
    await way(Upload(image=b"image", mask=b"mask"))
    upload = _upload(30)
    before = _peak_mb()
    await way(upload)
    return _peak_mb() - before


def _peak_mb() -> float:
    line = next(row for row in _STATUS.read_text().splitlines() if row.startswith("VmHWM"))
    return int(line.split()[1]) / 1024


if __name__ == "__main__":
    _measure(sys.argv[1])
