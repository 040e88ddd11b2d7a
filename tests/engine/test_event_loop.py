"""The engine works on the event loop of the window as on any other."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

PROGRAM = """
import asyncio, sys
from pathlib import Path

import httpx
from PySide6.QtCore import QCoreApplication

from app.engine.service import create_app
from app.eventloop import AppEventLoop

async def main():
    engine = create_app(api_key="k")
    headers = {"Authorization": "Bearer k", "Content-Type": "application/json"}
    transport = httpx.ASGITransport(engine.app)
    async with httpx.AsyncClient(
        transport=transport, base_url="http://engine", headers=headers, timeout=60
    ) as client:
        body = Path(sys.argv[1]).read_bytes()
        submitted = (await client.post("/v3/async/inpainting", content=body)).json()
        status = ""
        while status not in {"TASK_STATUS_SUCCEED", "TASK_STATUS_FAILED"}:
            result = (await client.get("/v3/async/task-result", params=submitted)).json()
            status = result["task"]["status"]
            await asyncio.sleep(0.02)
        picture = await client.get(result["images"][0]["image_url"])
        print(status, picture.content[:4], end="")
        second = (await client.post("/v3/async/inpainting", content=body)).json()
        await client.delete("/engine/tasks/" + second["task_id"])
    await engine.aclose()

application = QCoreApplication([])
with asyncio.Runner(loop_factory=lambda: AppEventLoop(application)) as runner:
    runner.run(main())
"""


def test_a_task_runs_and_stops_on_the_windows_loop(samples: Any, tmp_path: Path) -> None:
    body = tmp_path / "body.json"
    body.write_text(json.dumps(samples.body()))
    done = subprocess.run(
        [sys.executable, "-X", "dev", "-c", PROGRAM, str(body)],
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert done.stdout == "TASK_STATUS_SUCCEED b'\\x89PNG'", done.stderr
    assert (done.returncode, done.stderr) == (0, "")
