"""Saving: the old file or the new one, never neither, and never another program's work."""

import os
import stat
import zipfile

import pytest

from app.model.errors import StorageError
from app.storage.project.generations import previous_of
from tests.support.projects import (
    is_same,
    make_project,
    reopened,
    save_beside,
    save_project,
    stack,
    zipped,
)


def names(folder) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def test_the_generation_before_is_kept_beside(tmp_path):
    path = tmp_path / "boat.ora"
    projects = [make_project(seed=seed) for seed in (1, 2, 3)]
    for project in projects:
        save_project(path, project, None)
    assert names(tmp_path) == ["boat.ora", "boat.ora~"]
    assert is_same(reopened(path).project, projects[2])
    assert is_same(reopened(previous_of(path)).project, projects[1])


def test_a_good_generation_is_not_given_up_for_a_damaged_file(tmp_path):
    path = tmp_path / "boat.ora"
    projects = [make_project(seed=seed) for seed in (1, 2, 3)]
    save_project(path, projects[0], None)
    save_project(path, projects[1], None)
    path.write_bytes(path.read_bytes()[:-5])
    save_project(path, projects[2], None)
    assert is_same(reopened(path).project, projects[2])
    assert is_same(reopened(previous_of(path)).project, projects[0])


def test_the_file_of_another_program_is_kept_too(tmp_path):
    path = tmp_path / "boat.ora"
    for seed in (1, 2):
        save_project(path, make_project(seed=seed), None)
    theirs = zipped({"stack.xml": stack(), "mergedimage.png": b"whatever it is"})
    path.write_bytes(theirs)
    save_project(path, make_project(seed=3), None)
    assert previous_of(path).read_bytes() == theirs


def test_a_file_keeps_its_mode_and_a_link_its_target(tmp_path):
    (tmp_path / "far").mkdir()
    target, link = tmp_path / "far" / "boat.ora", tmp_path / "link.ora"
    save_project(target, make_project(), None)
    target.chmod(0o640)
    link.symlink_to(target)
    save_project(link, make_project(seed=2), None)
    assert link.is_symlink()
    assert stat.S_IMODE(target.stat().st_mode) == 0o640
    assert names(tmp_path / "far") == ["boat.ora", "boat.ora~"]
    assert is_same(reopened(link).project, make_project(seed=2))
    target.write_bytes(b"")
    assert is_same(reopened(link).project, make_project())


def test_a_new_file_has_the_mode_of_a_document(tmp_path):
    before = os.umask(0o027)
    try:
        save_project(tmp_path / "boat.ora", make_project(), None)
    finally:
        os.umask(before)
    assert stat.S_IMODE((tmp_path / "boat.ora").stat().st_mode) == 0o640


def test_a_file_that_another_program_changed_is_left(tmp_path):
    path = tmp_path / "boat.ora"
    kept = save_project(path, make_project(), None)
    path.write_bytes(b"the work of somebody else")
    with pytest.raises(StorageError) as told:
        save_project(path, make_project(seed=2), kept.mark)
    assert told.value.kind == "changed"
    assert path.read_bytes() == b"the work of somebody else"
    assert names(tmp_path) == ["boat.ora"]


def test_a_change_while_it_is_written_is_seen_too(tmp_path):
    path = tmp_path / "boat.ora"
    kept = save_project(path, make_project(), None)
    with pytest.raises(StorageError) as told:
        save_project(path, make_project(), kept.mark, lambda _: path.write_bytes(b"meanwhile"))
    assert told.value.kind == "changed"
    assert path.read_bytes() == b"meanwhile"
    assert names(tmp_path) == ["boat.ora"]


def test_a_file_that_was_only_touched_or_is_gone_may_be_written(tmp_path):
    path = tmp_path / "boat.ora"
    kept = save_project(path, make_project(), None)
    os.utime(path, (1, 1))
    kept = save_project(path, make_project(seed=2), kept.mark)
    path.unlink()
    save_project(path, make_project(seed=3), kept.mark)
    assert is_same(reopened(path).project, make_project(seed=3))


def test_both_are_kept_under_two_names(tmp_path):
    path = tmp_path / "boat.ora"
    save_project(path, make_project(), None)
    kept = save_beside(path, make_project(seed=2))
    assert kept.path == tmp_path / "boat-2.ora"
    assert is_same(reopened(path).project, make_project())
    opened = reopened(kept.path)
    assert is_same(opened.project, make_project(seed=2))
    assert opened.kept == kept


def test_only_open_raster_has_such_a_name(tmp_path):
    for save in (lambda path: save_project(path, make_project(), None),
                 lambda path: save_beside(path, make_project())):  # fmt: skip
        with pytest.raises(StorageError) as told:
            save(tmp_path / "boat.png")
        assert told.value.kind == "project_format"
    assert names(tmp_path) == []


@pytest.mark.parametrize("limit", [600, 4000])  # of one member, and of all together
def test_what_does_not_fit_into_a_zip_file_is_told(tmp_path, monkeypatch, limit):
    save_project(tmp_path / "boat.ora", make_project(), None)
    monkeypatch.setattr(zipfile, "ZIP64_LIMIT", limit)
    with pytest.raises(StorageError) as told:
        save_project(tmp_path / "boat.ora", make_project(seed=2), None)
    assert told.value.kind == "too_large"
    assert names(tmp_path) == ["boat.ora"]


def test_a_missing_folder_is_told(tmp_path):
    with pytest.raises(StorageError) as told:
        save_project(tmp_path / "gone" / "boat.ora", make_project(), None)
    assert told.value.kind == "missing"


LIMITED = """
import resource, sys
from pathlib import Path
from app.model.errors import StorageError
from tests.support.projects import make_project, save_beside, save_project
path = Path(sys.argv[1])
resource.setrlimit(resource.RLIMIT_FSIZE, (int(sys.argv[2]),) * 2)
for save in (lambda: save_project(path, make_project(seed=2), None),
             lambda: save_beside(path, make_project(seed=2))):
    try:
        save()
    except StorageError as error:
        print(error.kind)
"""


@pytest.mark.parametrize("limit", [10, 900, 4000, 5500])
def test_on_a_full_disk_the_old_file_stays(tmp_path, run_child, limit):
    path = tmp_path / "boat.ora"
    save_project(path, make_project(), None)
    assert path.stat().st_size > 5500
    done = run_child(LIMITED, path, limit)
    assert (done.stdout.split(), done.stderr) == (["full", "full"], "")
    assert names(tmp_path) == ["boat.ora"]
    assert is_same(reopened(path).project, make_project())


FORBIDDEN = """
path = Path(sys.argv[1])
try:
    save_project(path, make_project(seed=2), None)
except StorageError as error:
    print(error.kind)
"""
IMPORTS = """
from pathlib import Path
from app.model.errors import StorageError
from tests.support.projects import make_project, save_project
"""


def test_where_nobody_may_write_the_old_file_stays(open_folder, run_child):
    path = open_folder / "boat.ora"
    save_project(path, make_project(), None)
    for file_mode, folder_mode in ((0o444, 0o777), (0o666, 0o555)):
        path.chmod(file_mode)
        open_folder.chmod(folder_mode)
        done = run_child(FORBIDDEN, path, imports=IMPORTS, as_nobody=True)
        assert (done.stdout.split(), done.stderr) == (["no_access"], "")
        assert names(open_folder) == ["boat.ora"]
    assert is_same(reopened(path).project, make_project())


KILLED = """
import os, random, signal, time
from itertools import count
from pathlib import Path
from app.storage.project.keeping import ProjectStore
from tests.support.projects import is_same, is_whole, make_project, reopened

path, chance = Path(sys.argv[1]), random.Random(7)
save_project = ProjectStore(is_whole).save_project  # what is forked has no thread to ask another
projects = [make_project(60, 40, seed=seed) for seed in range(3)]

def save_for_ever(done):
    for turn in count():
        save_project(path, projects[turn % 3], None)
        os.write(done, b".")

for _ in range(int(sys.argv[2])):
    told, done = os.pipe()
    child = os.fork()
    if child == 0:
        save_for_ever(done)
    os.close(done)
    for _ in range(chance.randint(1, 3)):
        os.read(told, 1)
    time.sleep(chance.uniform(0, 0.03))
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)
    os.close(told)
    opened = reopened(path)
    found = [is_same(opened.project, project) for project in projects]
    print(found.index(True), *opened.notices)
"""
KILLS = 25


@pytest.mark.skipif(not hasattr(os, "fork"), reason="it is killed by forking")
def test_killed_at_any_moment_there_is_the_old_file_or_the_new(tmp_path, run_child):
    done = run_child(KILLED, tmp_path / "boat.ora", KILLS)
    assert done.returncode == 0, done.stderr
    lines = done.stdout.splitlines()
    assert len(lines) == KILLS
    assert set(lines) <= {"0", "1", "2"}  # alone: never did the last good one have to stand in
    assert len(set(lines)) > 1
    (tmp_path / ".0123456789abcdef.part").write_bytes(b"left behind")
    for part in tmp_path.glob(".*.part"):
        os.utime(part, (1, 1))  # what is empty and new may belong to somebody
    save_project(tmp_path / "boat.ora", make_project(), None)
    assert names(tmp_path) == ["boat.ora", "boat.ora~"]
