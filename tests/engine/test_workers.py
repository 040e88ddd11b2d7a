"""The processes that tasks run in: ended with them, bounded, and of one program alone."""

import json
import os
import signal
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.support.waiting import wait_for

sees_processes = pytest.mark.skipif(sys.platform != "linux", reason="reads /proc")


def children() -> set[int]:
    """The pids of this process's children that are alive."""
    found = set()
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = stat.read_text().rpartition(")")[2].split()
        except OSError:
            continue
        if int(fields[1]) == os.getpid() and fields[0] != "Z":
            found.add(int(stat.parent.name))
    return found


def is_alive(pid: int) -> bool:
    try:
        fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    except OSError:
        return False
    return fields[0] != "Z"


def environment_of(pid: int) -> bytes:
    return Path(f"/proc/{pid}/environ").read_bytes()


@sees_processes
def test_stopping_a_running_task_ends_its_process(engine: Any, samples: Any) -> None:
    async def scenario(caller: Any) -> None:
        before = children()
        running = await caller.accepted(samples.slow_body())
        waiting = await caller.accepted(samples.body())
        await caller.until(running, lambda task: task["progress_percent"] > 0)
        busy = children() - before
        assert (await caller.client.delete(f"/engine/tasks/{running}")).status_code == 204
        assert len(busy & children()) == len(busy) - 1
        gone = await caller.client.get("/v3/async/task-result", params={"task_id": running})
        assert gone.json()["reason"] == "TASK_NOT_FOUND"
        assert (await caller.settled(waiting))["task"]["status"] == "TASK_STATUS_SUCCEED"

    engine(scenario)


@sees_processes
def test_closing_in_the_middle_of_a_task_leaves_no_process(engine: Any, samples: Any) -> None:
    before = children()

    async def scenario(caller: Any) -> None:
        task_id = await caller.accepted(samples.slow_body())
        await caller.until(task_id, lambda task: task["progress_percent"] > 0)
        assert len(children() - before) == 2

    engine(scenario)
    assert children() == before


@sees_processes
def test_a_worker_that_is_killed_fails_its_task_only(
    engine: Any, samples: Any, caplog: pytest.LogCaptureFixture
) -> None:
    async def scenario(caller: Any) -> None:
        before = children()
        await caller.settled(await caller.accepted(samples.body()))
        task_id = await caller.accepted(samples.slow_body())
        await caller.until(task_id, lambda task: task["progress_percent"] > 0)
        for pid in children() - before:
            os.kill(pid, signal.SIGKILL)
        assert (await caller.settled(task_id))["task"]["status"] == "TASK_STATUS_FAILED"
        answer = await caller.settled(await caller.accepted(samples.body()))
        assert answer["task"]["status"] == "TASK_STATUS_SUCCEED"

    engine(scenario)
    assert "a worker died" in caplog.text


PARENT = """
import asyncio, sys
from app.worker.frames import Frame
from app.engine.process import Worker

async def main():
    worker = Worker()
    order = Frame("fill", {"parameters": sys.argv[1]}, (open(sys.argv[2], "rb").read(),) * 2)
    def heard(frame):
        print(worker.pid, flush=True)
    await worker.ask(order, heard)

asyncio.run(main())
"""


@sees_processes
def test_a_worker_ends_when_its_parent_is_killed(samples: Any, tmp_path: Path) -> None:
    from app.contract.parameters import Parameters

    parameters = Parameters(prompt="x", model_name="x", image_num=8, seed=1, mask_blur=0)
    picture = tmp_path / "picture.png"
    pixels = samples.photo(600)
    pixels[150:450, 150:450] = 255
    pixels[:150] = 0
    picture.write_bytes(samples.png(pixels))
    command = [sys.executable, "-c", PARENT, json.dumps(parameters.to_json()), str(picture)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as parent:
        assert parent.stdout
        worker = int(parent.stdout.readline())
        assert is_alive(worker)
        parent.kill()
        parent.wait()
        wait_for(lambda: not is_alive(worker))


@sees_processes
def test_the_worker_runs_at_lower_priority_and_without_the_key(
    engine: Any, samples: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("MASKWRIGHT_API_KEY", "MASKWRIGHT_SERVE_KEY"):
        monkeypatch.setenv(name, "very secret")
    before = children()

    async def scenario(caller: Any) -> None:
        await caller.settled(await caller.accepted(samples.body()))
        workers = children() - before
        assert len(workers) == 2
        for pid in workers:
            assert os.getpriority(os.PRIO_PROCESS, pid) > os.getpriority(os.PRIO_PROCESS, 0)
            assert b"very secret" not in environment_of(pid)

    engine(scenario)


@sees_processes
def test_who_looks_at_what_comes_is_bounded_by_the_kernel(engine: Any, samples: Any) -> None:
    import resource

    before = children()

    async def scenario(caller: Any) -> None:
        await caller.settled(await caller.accepted(samples.body()))
        clerk, filler = sorted(children() - before)
        for kind in (resource.RLIMIT_AS, resource.RLIMIT_CPU):
            assert resource.prlimit(clerk, kind)[0] != resource.RLIM_INFINITY
            assert resource.prlimit(filler, kind) == resource.getrlimit(kind)

    engine(scenario)
