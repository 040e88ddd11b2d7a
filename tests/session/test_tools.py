import pytest

from app.model.aids import Aids
from app.model.brush import Brush
from app.model.selecting import Selecting
from app.session.tools import Tools


def test_each_tool_remembers_its_own_brush(tools):
    tools.edit(size=30)
    tools.choose("eraser")
    tools.edit(size=200, hardness=1)
    tools.choose("brush")
    assert (tools.tool, tools.brush.size) == ("brush", 30)
    tools.choose("eraser")
    assert (tools.tool, tools.brush.size, tools.brush.hardness) == ("eraser", 200, 1)


def test_swapping_changes_between_adding_and_subtracting_with_the_same_brush(tools):
    tools.edit(size=30)
    tools.swap()
    assert (tools.tool, tools.brush.size, tools.erases) == ("brush", 30, True)
    tools.swap()
    assert (tools.tool, tools.erases) == ("brush", False)


def test_swapping_the_eraser_takes_the_brush(tools):
    tools.choose("eraser")
    tools.set_mode("add")
    assert tools.erases
    tools.swap()
    assert (tools.tool, tools.erases) == ("brush", False)


def test_swapping_twice_brings_the_eraser_back(tools):
    tools.choose("eraser")
    tools.swap()
    tools.swap()
    assert tools.tool == "eraser"
    tools.swap()
    tools.set_mode("add")
    tools.swap()
    assert (tools.tool, tools.erases) == ("brush", True)


def test_each_tool_that_selects_remembers_its_own(tools):
    told = []
    tools.selecting_changed.connect(told.append)
    tools.mode_changed.connect(told.append)
    tools.choose("wand")
    tools.select(tolerance=99, feather=-3)
    tools.set_mode("intersect")
    tools.choose("ellipse")
    assert (tools.selecting.tolerance, tools.mode) == (32, "add")
    tools.choose("brush")
    assert tools.selecting.tolerance == 32
    tools.choose("wand")
    wand = Selecting(tolerance=99)
    assert told == [wand, "intersect", Selecting(), "add", wand, "intersect"]


def test_each_brush_has_its_own_aids(tools):
    tools.assist(stabiliser=0.5, symmetry="both", edges=True)
    tools.choose("eraser")
    assert tools.aids == Aids()
    tools.choose("lasso")
    assert tools.aids == Aids()
    with pytest.raises(ValueError):
        tools.assist(symmetry="round")


def test_changes_are_announced_once(tools, qtbot):
    told = []
    tools.brush_changed.connect(told.append)
    tools.tool_changed.connect(told.append)
    tools.edit(opacity=0.5)
    tools.edit(opacity=0.5)
    tools.choose("brush")
    assert told == [Brush(opacity=0.5)]
    tools.choose("eraser")
    assert told[1:] == ["eraser", Brush()]


def test_values_stop_at_the_ends_of_their_ranges(tools):
    tools.edit(size=99999, hardness=-1, opacity=7)
    assert tools.brush == Brush(size=2000, hardness=0, opacity=1)


def test_growing_changes_at_least_a_pixel_and_shrinking_undoes_it_in_the_end(tools):
    tools.edit(size=1)
    sizes = []
    for _ in range(60):
        tools.grow(1.15)
        sizes.append(tools.brush.size)
    assert sizes[:4] == [2, 3, 4, 5]
    assert sizes[-1] == 2000
    for _ in range(70):
        tools.grow(1 / 1.15)
    assert tools.brush.size == 1


def test_the_state_comes_back(tools):
    tools.choose("bucket")
    tools.set_mode("subtract")
    tools.select(contiguous=False)
    tools.choose("eraser")
    tools.edit(size=77.5, hardness=0.25, opacity=0.75, size_pressure=False)
    tools.assist(edges=True)
    again = Tools()
    again.restore(tools.state())
    assert again.state() == tools.state()
    assert again.brush == tools.brush


@pytest.mark.parametrize(
    "state",
    [{}, {"tool": "axe"}, {"brush": 3}, {"brush": {"size": "huge"}}, {"eraser": {"size": 1e9}},
     {"brush": {"size": None}}, {"tool": ["brush"]}, {"modes": 3}, {"modes": {"wand": "eat"}},
     {"aids": {"brush": {"symmetry": 3}}}, {"wand": {"contiguous": "yes"}},
     {"brush": {"size": float("nan")}}],
)  # fmt: skip
def test_a_state_that_makes_no_sense_changes_nothing(tools, state):
    before = tools.state()
    tools.restore(state)
    assert tools.state() == before
