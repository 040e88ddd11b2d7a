"""A worker process knows little of where it comes from, and ends for certain."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from app.worker import frames
from app.worker.frames import Frame
from app.worker.process import Process, command

ECHO = """
from app.worker.child import Program
import os
acted = []
program = Program({"at once": lambda: acted.append(1)})
print("not a frame", flush=True)
while True:
    heard = program.hear()
    program.tell(Frame(heard.kind, {"acted": len(acted), "environment": dict(os.environ)}))
"""


@pytest.fixture
def echo() -> Process:
    return Process([sys.executable, "-P", "-c", "from app.worker.frames import Frame\n" + ECHO])


def test_of_the_environment_it_gets_what_is_named_and_no_more(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    for name in ("MASKWRIGHT_API_KEY", "NOVITA_API_KEY", "HTTPS_PROXY", "SSH_AUTH_SOCK"):
        monkeypatch.setenv(name, "canary")
    process = Process([sys.executable, "-P", "-c", "from app.worker.frames import Frame\n" + ECHO])
    process.write(Frame("ask"))
    known = process.read().data["environment"]
    process.end()
    assert "canary" not in known.values()
    assert known["PATH"] == os.environ["PATH"]


def test_what_is_printed_there_is_no_frame(echo: Process) -> None:
    echo.write(Frame("ask"))
    assert echo.read().kind == "ask"
    echo.end()


@pytest.mark.skipif(sys.platform == "win32", reason="there, all but a console have none")
def test_without_a_stderr_of_its_own_the_program_has_one_all_the_same() -> None:
    code = f"""
import sys
from app.worker.process import Frame, Process
process = Process([sys.executable, "-P", "-c", {"from app.worker.frames import Frame" + ECHO!r}])
process.write(Frame("ask"))
print(process.read().kind)
process.end()
"""
    shell = ["sh", "-c", 'exec "$0" -c "$1" 2>&-', sys.executable, code]
    done = subprocess.run(shell, stdout=subprocess.PIPE, text=True, timeout=60, check=False)
    assert done.stdout == "ask\n"


def test_what_must_be_known_at_once_does_not_wait_for_its_turn(echo: Process) -> None:
    echo.write(Frame("at once"))
    echo.write(Frame("ask"))
    answer = echo.read()
    assert (answer.kind, answer.data["acted"]) == ("ask", 1)
    echo.end()


def test_a_killed_one_is_the_end_of_its_stream(echo: Process) -> None:
    assert echo.is_alive
    echo.kill()
    with pytest.raises(EOFError):
        echo.read()
    echo.end()
    assert not echo.is_alive


def test_a_module_is_found_wherever_the_program_was_started(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "app").mkdir()  # which must not be taken for ours
    (tmp_path / "app" / "__init__.py").write_text("raise SystemExit")
    monkeypatch.chdir(tmp_path)
    process = Process(command("app.engine.worker"))
    process.write(Frame("check", parts=(b"{}",)))
    assert process.read().kind == "refusal"
    process.end()


def test_an_answer_that_nobody_hears_any_more_ends_it_without_a_word() -> None:
    code = "from app.worker.frames import Frame\n" + ECHO
    with subprocess.Popen(
        [sys.executable, "-c", code],
        cwd=Path(__file__).parents[2],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    ) as worker:
        assert worker.stdin
        assert worker.stdout
        assert worker.stderr
        worker.stdout.close()  # as when the program was killed: before its end of stdin is seen
        frames.write(worker.stdin, Frame("ask"))
        assert worker.wait(60) == 0
        assert b"Traceback" not in worker.stderr.read()
