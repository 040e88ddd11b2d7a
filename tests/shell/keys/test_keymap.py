"""The key map: sets, changes of one's own, and never two actions for a key."""

from collections import Counter

import pytest
from PySide6.QtGui import QKeySequence

from app.shell.actions import TABLE, Actions
from app.shell.keys.keymap import KeyMap, spellings
from app.shell.keys.sets import KEY_SETS


@pytest.fixture
def keys(qapp):
    return KeyMap()


@pytest.mark.parametrize("key_set", KEY_SETS)
def test_no_two_actions_share_a_key(keys, key_set):
    keys.choose(key_set)
    count = Counter(
        QKeySequence(each).toString()
        for entry in TABLE
        for each in {each for key in keys.keys_of(entry.id) for each in spellings(key)}
    )
    assert [key for key, times in count.items() if times > 1] == []


@pytest.mark.parametrize("key_set", KEY_SETS)
def test_a_set_comes_as_it_is_written(keys, key_set):
    keys.choose(key_set)
    assert keys.own == {}
    for name, wanted in KEY_SETS[key_set].keys.items():
        assert keys.keys_of(name) == wanted
        assert [key for key in wanted if not QKeySequence(key)[0]] == []


def test_a_set_names_only_actions_that_there_are():
    ids = {entry.id for entry in TABLE}
    assert [name for one in KEY_SETS.values() for name in one.keys if name not in ids] == []


@pytest.mark.parametrize(
    ("key", "expected"),
    [
        ("B", {"B"}),
        ("Shift+[", {"Shift+[", "{", "Shift+{"}),
        ("?", {"?", "Shift+?"}),
        ("Ctrl++", {"Ctrl++", "Ctrl+Shift++"}),
        ("Alt+Shift+]", {"Alt+Shift+]", "Alt+}", "Alt+Shift+}"}),
        ("Shift+L", {"Shift+L"}),
    ],
)
def test_a_key_is_known_in_each_of_its_spellings(key, expected):
    assert set(spellings(key)) == expected


def test_a_given_key_leaves_the_action_that_had_it(keys):
    assert keys.holder("B") == "brush"
    keys.give("wand", "B")
    assert keys.holder("B") == "wand"
    assert keys.keys_of("brush") == ()
    assert keys.shown("wand") == "B"
    assert keys.holder("W") is None


def test_one_of_several_keys_can_be_taken_and_the_others_stay(keys):
    keys.give("wand", "Ctrl+I")
    assert keys.keys_of("invert") == ("Ctrl+Shift+I",)


def test_a_shifted_key_is_the_same_however_it_is_spelt(keys):
    keys.give("wand", "Shift+{")
    assert keys.keys_of("softer") == ()
    assert keys.holder("Shift+[") == keys.holder("{") == "wand"


def test_an_action_can_be_left_without_a_key(keys):
    keys.take("clear")
    assert keys.shown("clear") == ""
    assert keys.holder("Del") is None


def test_one_action_goes_back_to_its_keys_wherever_they_are(keys):
    keys.give("wand", "B")
    keys.reset("brush")
    assert keys.keys_of("brush") == ("B",)
    assert keys.keys_of("wand") == ()
    keys.reset("wand")
    assert keys.own == {}


def test_all_go_back_at_once(keys):
    keys.choose("krita")
    keys.give("wand", "B")
    keys.reset_all()
    assert keys.key_set == "krita"
    assert keys.own == {}
    assert keys.holder("M") == "mirror"


def test_keys_come_back_as_they_were(keys):
    keys.choose("photoshop")
    keys.give("wand", "B")
    keys.take("clear")
    again = KeyMap()
    again.restore(keys.key_set, {name: list(each) for name, each in keys.own.items()})
    assert again.own == keys.own
    assert again.key_set == "photoshop"


@pytest.mark.parametrize(
    "own", [{"brush": 3}, {"brush": "B"}, {"nobody": ["B"]}, {"wand": ["no such key", 7]}]
)
def test_remembered_keys_that_make_no_sense_are_left_out(keys, own):
    keys.restore("emacs", own)
    assert keys.key_set == ""
    assert keys.keys_of("brush") == ("B",)


def test_of_two_remembered_owners_of_a_key_one_keeps_it(keys):
    keys.restore("", {"wand": ["B"], "lasso": ["B"]})
    assert [name for name in ("brush", "wand", "lasso") if "B" in keys.keys_of(name)] == ["lasso"]


def test_actions_follow_at_once(qapp):
    actions = Actions()
    actions.keys.give("wand", "Shift+[")
    assert [key.toString() for key in actions["wand"].shortcuts()] == ["Shift+[", "{", "Shift+{"]
    assert actions["softer"].shortcuts() == []
