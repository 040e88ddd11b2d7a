"""Which file systems are somewhere else: locks and shared memory do not work there as they must."""

import re
from pathlib import Path

_REMOTE = re.compile(r"nfs\d?|cifs|smb\d?|smbfs|9p|afs|ceph|fuse\.(sshfs|rclone|s3fs|glusterfs)")
_ESCAPE = re.compile(r"\\([0-7]{3})")
_TABLE = Path("/proc/self/mounts")


def is_remote(path: Path, table: Path = _TABLE) -> bool:
    """Whether `path` lies on a network file system, as far as Linux tells; elsewhere False."""
    try:
        lines = table.read_text(errors="surrogateescape").splitlines()
    except OSError:
        return False
    mounts = (line.split(" ") for line in lines)
    places = {Path(_plain(mount[1])): mount[2] for mount in mounts if len(mount) > 2}
    real = path.resolve()
    nearest = next((place for place in (real, *real.parents) if place in places), None)
    return nearest is not None and _REMOTE.fullmatch(places[nearest]) is not None


def _plain(name: str) -> str:
    """A name in the table with its spaces and tabs as they are."""
    return _ESCAPE.sub(lambda found: chr(int(found[1], 8)), name)
