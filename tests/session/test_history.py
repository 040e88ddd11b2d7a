from dataclasses import dataclass, field

import pytest

from app.session.history import History


@dataclass
class Note:
    """A step that adds its text to a list."""

    text: str
    to: list[str] = field(repr=False)
    nbytes: int = 1

    def undo(self) -> None:
        self.to.remove(self.text)

    def redo(self) -> None:
        self.to.append(self.text)


@pytest.fixture
def done(qapp):
    return []


def do(history: History, done: list[str], *texts: str, nbytes: int = 1) -> None:
    for text in texts:
        step = Note(text, done, nbytes)
        step.redo()
        history.push(step)


def test_steps_are_undone_and_redone_in_order(done):
    history = History()
    do(history, done, "a", "b", "c")
    history.undo()
    history.undo()
    assert (done, history.undoText(), history.redoText()) == (["a"], "a", "b")
    history.redo()
    assert done == ["a", "b"]
    history.undo()
    history.undo()
    history.undo()
    assert (done, history.canUndo(), history.canRedo()) == ([], False, True)


def test_a_new_step_takes_the_place_of_those_undone(done):
    history = History()
    do(history, done, "a", "b", "c")
    history.setIndex(1)
    do(history, done, "d")
    assert (done, history.count(), history.canRedo()) == (["a", "d"], 2, False)


def test_any_point_can_be_gone_to(done):
    history = History()
    do(history, done, *"abcdef")
    for index in (2, 5, 0, 6, 99, -4):
        history.setIndex(index)
        assert done == list("abcdef")[: max(index, 0)]


def test_the_oldest_steps_are_forgotten_when_they_weigh_too_much(done):
    history = History(nbytes=100)
    do(history, done, *"abcd", nbytes=40)
    history.trim()
    assert (history.count(), history.nbytes) == (2, 80)
    history.setIndex(0)
    assert done == ["a", "b"]


def test_a_step_that_is_still_to_be_packed_drives_none_out(done):
    history = History(nbytes=100)
    do(history, done, "a", nbytes=20)
    do(history, done, "b", nbytes=150)
    assert history.count() == 2


def test_the_newest_step_is_kept_however_heavy(done):
    history = History(nbytes=100)
    do(history, done, "a", "b", nbytes=1000)
    assert [history.text(0), history.count()] == ["b", 1]


def test_the_oldest_steps_are_forgotten_when_there_are_too_many(done):
    history = History(steps=200)
    do(history, done, *(str(n) for n in range(205)))
    assert (history.count(), history.index(), history.text(0)) == (200, 200, "5")


def test_steps_that_are_undone_are_not_forgotten(done):
    history = History(nbytes=100)
    do(history, done, "a", "b", nbytes=50)
    history.undo()
    history._steps[1].nbytes = 500
    history.trim()
    assert history.count() == 2


def test_where_it_is_is_announced_when_that_is_another_place(done):
    history, told = History(), []
    history.indexChanged.connect(told.append)
    do(history, done, "a", "b")
    history.undo()
    history.trim()
    history.undo()
    history.undo()
    assert told == [1, 2, 1, 0]


def test_a_new_step_at_an_old_index_is_announced(done):
    history, told = History(), []
    do(history, done, "a")
    history.undo()
    history.indexChanged.connect(told.append)
    do(history, done, "b")
    assert told == [1]


def test_nothing_is_undone_while_it_is_held(done):
    history = History()
    do(history, done, "a")
    history.is_held = True
    history.undo()
    assert done == ["a"]


def test_every_change_of_the_steps_or_their_weight_is_told(done, qtbot):
    history = History(nbytes=10)
    with qtbot.waitSignal(history.changed):
        do(history, done, "a", "b")
    for act in (history.undo, history.redo, history.trim, history.clear):
        with qtbot.waitSignal(history.changed):
            act()
    assert history.most_bytes == 10
