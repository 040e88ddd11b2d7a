import pytest

from app.session.display import MODES, Display


def test_it_begins_as_a_red_tint_of_one_half(display: Display):
    assert (display.mode, display.color, display.opacity) == ("overlay", "#ff0000", 0.5)
    assert display.grid


def test_a_change_is_told_once_and_no_change_is_not(display: Display):
    told = []
    display.changed.connect(lambda: told.append(display.mode))
    display.edit(mode="mono", opacity=0.7)
    display.edit(mode="mono", opacity=0.7)
    assert told == ["mono"]


def test_it_goes_through_all_modes_and_round_again(display: Display):
    seen = []
    for _ in range(5):
        seen.append(display.mode)
        display.cycle()
    assert tuple(seen) == (*MODES, "overlay")


@pytest.mark.parametrize("mode", ["overlay", "mono", "ants"])
def test_what_is_hidden_comes_back_as_it_was(display: Display, mode):
    display.edit(mode=mode)
    display.toggle()
    assert display.mode == "hidden"
    display.toggle()
    assert display.mode == mode
    display.toggle()
    display.reveal()
    assert display.mode == mode
    display.reveal()
    assert display.mode == mode


@pytest.mark.parametrize("mode", ["overlay", "mono", "hidden"])
def test_the_outline_comes_and_goes_and_leaves_what_was_there(display: Display, mode):
    display.edit(mode=mode)
    display.toggle_ants()
    assert display.mode == "ants"
    display.toggle_ants()
    assert display.mode == mode


def test_an_outline_that_was_chosen_otherwise_gives_way_to_nothing(display: Display):
    display.toggle_ants()
    display.edit(mode="overlay")
    display.edit(mode="ants")
    display.toggle_ants()
    assert display.mode == "hidden"
    display.toggle_ants()
    assert display.mode == "ants"


def test_the_tint_never_gets_too_faint_to_be_seen(display: Display):
    display.edit(opacity=0)
    assert display.opacity == 0.1
    display.edit(opacity=7)
    assert display.opacity == 1


def test_all_but_hiding_is_remembered(display: Display):
    display.edit(mode="ants", color="#00FF7f", opacity=0.25, grid=False)
    display.toggle()
    other = Display()
    other.restore(display.state())
    assert other.state() == display.state()
    assert (other.mode, other.color, other.opacity, other.grid) == ("ants", "#00ff7f", 0.25, False)


@pytest.mark.parametrize(
    "state",
    [
        {"mode": "loud", "color": "red", "opacity": "full", "grid": 1, "other": 3},
        {"mode": 7, "color": "#12345", "opacity": None, "grid": None},
        {"opacity": float("nan"), "mode": []},
    ],
)
def test_nonsense_is_not_remembered(display: Display, state):
    display.restore(state)
    assert display.state() == Display().state()


def test_what_is_sound_is_taken_from_a_damaged_memory(display: Display):
    display.restore({"mode": "mono", "opacity": "?"})
    assert (display.mode, display.opacity) == ("mono", 0.5)


def test_a_program_that_asks_for_nonsense_is_told(display: Display):
    with pytest.raises(ValueError, match="color"):
        display.edit(color="red")
