"""What is kept is counted, each kind where it lies."""

from pathlib import Path

from app.storage.folders import Folders
from app.storage.holdings import holdings


def test_each_kind_is_counted_where_it_lies(tmp_path: Path) -> None:
    folders = Folders.under(tmp_path)
    assert {one.nbytes for one in holdings(folders)} == {0}
    sizes = {
        "jobs/a/raw-0.png": 1,
        "jobs/.leaving/b/image.png": 2,
        "pictures/c.png": 4,
        "autosave/d/mask-1.png": 8,
        "autosave/trash/e/mask-1.png": 16,
        "journal.sqlite": 32,
        "journal.sqlite-wal": 64,
        "backups/journal-1.sqlite": 128,
        "journal.damaged-20260314-150926.sqlite": 256,
        "set-aside/f/image.png": 512,
        "log/maskwright.log": 1024,
        "masks/library.png": 2048,
    }
    for name, size in sizes.items():
        path = folders.data / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(bytes(size))
    folders.config.mkdir()
    (folders.config / "settings.damaged-20260314-150926.json").write_bytes(bytes(4096))
    (folders.config / "settings.json").write_bytes(bytes(8192))
    assert {one.kind: one.nbytes for one in holdings(folders)} == {
        "jobs": 3,
        "pictures": 4,
        "masks": 8,
        "deleted": 16,
        "record": 224,
        "aside": 4864,
        "log": 1024,
    }
    assert all(one.folder.is_dir() for one in holdings(folders))
