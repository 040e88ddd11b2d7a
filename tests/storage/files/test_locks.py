"""One holder at a time, and nobody waits for one that is no more."""

import threading
from pathlib import Path

from app.storage.files.locks import locked


def test_a_lock_has_one_holder_and_is_free_after_that(tmp_path: Path) -> None:
    path = tmp_path / "one.lock"
    with locked(path) as first, locked(path) as second:
        assert (first, second) == (True, False)
    with locked(path) as again:
        assert again
    assert path.stat().st_mode & 0o777 == 0o600


def test_whoever_has_patience_gets_it_when_it_is_let_go(tmp_path: Path) -> None:
    path, is_held, may_go = tmp_path / "one.lock", threading.Event(), threading.Event()

    def hold() -> None:
        with locked(path):
            is_held.set()
            may_go.wait(20)

    holder = threading.Thread(target=hold)
    holder.start()
    is_held.wait(20)
    threading.Timer(0.05, may_go.set).start()
    with locked(path, patience_s=20) as is_ours:
        assert is_ours
        assert may_go.is_set()
    holder.join(20)


def test_where_nothing_can_be_written_it_is_everybodys(tmp_path: Path) -> None:
    with locked(tmp_path / "gone" / "one.lock") as is_ours:
        assert is_ours
