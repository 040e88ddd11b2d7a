"""Network file systems are known by the table of mounts."""

from pathlib import Path

import pytest

from app.storage.files.mounts import is_remote

TABLE = """/dev/vda / ext4 rw 0 0
server:/home /tmp/home nfs4 rw 0 0
//server/share /tmp/my\\040share cifs rw 0 0
tmpfs /tmp/home/here tmpfs rw 0 0
me@host: /tmp/ssh fuse.sshfs rw 0 0
portal /tmp/portal fuse.portal rw 0 0
C:\\134 /tmp/c 9p rw 0 0
broken
"""


@pytest.mark.parametrize(
    ("path", "remote"),
    [
        ("/tmp/elsewhere", False),
        ("/tmp/home", True),
        ("/tmp/home/me/.local/share", True),
        ("/tmp/homes", False),
        ("/tmp/home/here/data", False),
        ("/tmp/my share/data", True),
        ("/tmp/ssh/data", True),
        ("/tmp/portal/data", False),
        ("/tmp/c/Users", True),
    ],
)
def test_the_nearest_mount_counts(tmp_path: Path, path: str, remote: bool) -> None:
    (tmp_path / "mounts").write_text(TABLE)
    assert is_remote(Path(path), tmp_path / "mounts") is remote


def test_without_a_table_all_is_near(tmp_path: Path) -> None:
    assert not is_remote(tmp_path, tmp_path / "none")


def test_a_link_is_where_it_leads(tmp_path: Path) -> None:
    (tmp_path / "far").mkdir()
    (tmp_path / "near").symlink_to(tmp_path / "far")
    (tmp_path / "mounts").write_text(
        f"/dev/vda / ext4 rw 0 0\nserver:/ {tmp_path}/far nfs rw 0 0\n"
    )
    assert is_remote(tmp_path / "near" / "data", tmp_path / "mounts")
