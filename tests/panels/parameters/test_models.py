"""Names of models: from the list, or typed; lists of at most as many as the contract allows."""

from datetime import datetime

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QPushButton, QWidget

from app.contract.fields import fields_of
from app.contract.kinds import ModelType
from app.contract.parameters import Parameters
from app.contract.request import MAX_ADDONS, Embedding, Lora
from app.contract.responses import Model
from app.look.fields import Spin
from app.look.search import SearchCombo
from app.model.errors import Unreachable
from tests.panels.parameters.conftest import Hands

XL = Model(model_name="sd_xl_inpainting_0.1", is_sdxl=True)
SMALL = Model(model_name="dreamshaper_8_inpainting")


def offered(hands: Hands, name: str) -> list[str]:
    combo = hands.find(QComboBox, name)
    return [combo.itemText(at) for at in range(combo.count())]


def test_a_name_can_be_typed(hands: Hands) -> None:
    hands.type_over("model_name", "my_inpainting.safetensors")
    assert hands.value.model_name == "my_inpainting.safetensors"


def test_a_name_can_be_taken_from_the_list(hands: Hands) -> None:
    hands.shop.lists[ModelType.CHECKPOINT, False] = [XL, SMALL]
    hands.click("model_name_refresh")
    assert not hands.find(QWidget, "model_name_refresh").isEnabled()
    hands.shop.deliver()
    assert hands.find(QWidget, "model_name_refresh").isEnabled()
    assert offered(hands, "model_name") == [XL.model_name, SMALL.model_name]
    hands.find(QComboBox, "model_name").setCurrentText(SMALL.model_name)
    assert hands.value.model_name == SMALL.model_name


def test_a_new_list_leaves_the_chosen_name(hands: Hands) -> None:
    hands.type_over("model_name", "mine")
    hands.shop.lists[ModelType.CHECKPOINT, False] = [XL]
    hands.click("model_name_refresh")
    hands.shop.deliver()
    assert hands.value.model_name == "mine"
    assert hands.find(QComboBox, "model_name").currentText() == "mine"


def test_what_a_service_says_of_a_model_is_no_markup(hands: Hands) -> None:
    said = Model(model_name="m", name="<b>bold</b>", base_model="SD 1.5")
    hands.shop.lists[ModelType.CHECKPOINT, False] = [said]
    hands.click("model_name_refresh")
    hands.shop.deliver()
    combo = hands.find(QComboBox, "model_name")
    combo.showPopup()
    view = combo.view()
    hands.qtbot.mouseMove(view.viewport(), view.visualRect(combo.model().index(0, 0)).center())
    tip = combo.itemData(0, Qt.ItemDataRole.ToolTipRole)
    combo.hidePopup()
    assert tip == "<qt>&lt;b&gt;bold&lt;/b&gt;<br>SD 1.5</qt>"


def test_opening_the_list_asks_once(hands: Hands) -> None:
    hands.shop.lists[ModelType.CHECKPOINT, False] = [XL]
    combo = hands.find(QComboBox, "model_name")
    for _ in range(2):
        combo.showPopup()
        combo.hidePopup()
        hands.shop.deliver()
    assert hands.shop.asked == [(ModelType.CHECKPOINT, False)]


def test_a_list_that_was_opened_too_early_drops_down_when_it_arrives(hands: Hands) -> None:
    hands.shop.lists[ModelType.CHECKPOINT, False] = [XL, SMALL]
    combo = hands.find(QComboBox, "model_name")
    combo.setFocus()
    hands.qtbot.waitUntil(combo.hasFocus)
    combo.showPopup()
    assert not combo.view().isVisible()
    hands.shop.deliver()
    assert combo.view().isVisible()
    combo.hidePopup()


def test_a_list_that_arrives_while_open_is_shown_whole(hands: Hands) -> None:
    hands.shop.lists[ModelType.VAE, False] = [Model(model_name=f"vae {n}") for n in range(6)]
    combo = hands.find(QComboBox, "sd_vae")
    combo.setFocus()
    combo.showPopup()
    before = combo.view().height()
    hands.shop.deliver()
    assert combo.view().height() > before
    combo.hidePopup()


def test_a_list_that_nobody_waits_for_any_more_stays_closed(hands: Hands) -> None:
    hands.shop.lists[ModelType.CHECKPOINT, False] = [XL]
    combo = hands.find(QComboBox, "model_name")
    combo.setFocus()
    combo.showPopup()
    hands.find(QWidget, "prompt").setFocus()
    hands.shop.deliver()
    assert not combo.view().isVisible()


def test_typing_asks_for_the_list_and_then_narrows_it(hands: Hands) -> None:
    hands.shop.lists[ModelType.CHECKPOINT, False] = [XL, SMALL]
    hands.type_over("model_name", "shaper")
    hands.shop.deliver()
    assert hands.shop.asked == [(ModelType.CHECKPOINT, False)]
    completer = hands.find(SearchCombo, "model_name").completer()
    assert completer is not None
    assert completer.popup().isVisible()
    assert completer.completionCount() == 1
    completer.popup().hide()


def test_a_name_from_the_list_is_shown_from_its_beginning(hands: Hands) -> None:
    hands.shop.lists[ModelType.CHECKPOINT, False] = [XL, SMALL]
    combo = hands.find(SearchCombo, "model_name")
    combo.setFocus()
    combo.showPopup()
    hands.shop.deliver()
    hands.qtbot.keyClick(combo.view(), Qt.Key.Key_Down)
    hands.qtbot.keyClick(combo.view(), Qt.Key.Key_Return)
    assert hands.value.model_name in {XL.model_name, SMALL.model_name}
    assert combo.line.cursorPosition() == 0


def test_the_vae_of_the_model_itself_is_one_of_the_choices(hands: Hands) -> None:
    combo = hands.find(QComboBox, "sd_vae")
    assert combo.currentText() == fields_of(Parameters)["sd_vae"].hint.off
    combo.setCurrentText("vae-ft-mse")
    assert hands.value.sd_vae == "vae-ft-mse"
    hands.click("sd_vae_reset")
    assert hands.value.sd_vae == ""
    assert combo.currentText() == offered(hands, "sd_vae")[0]


@pytest.mark.parametrize("name", ["model_name", "sd_vae"])
def test_an_empty_list_is_said_plainly(hands: Hands, name: str) -> None:
    hands.click(f"{name}_refresh")
    hands.shop.deliver()
    assert hands.row(name).message.startswith("The service lists no ")


THIS_YEAR = datetime.now().year


@pytest.mark.parametrize(
    ("listed", "words"),
    [
        (datetime(THIS_YEAR, 11, 30, 14, 3), "List of 30 Nov, 14:03."),
        (datetime(THIS_YEAR - 1, 11, 30, 9, 3), f"List of 30 Nov {THIS_YEAR - 1}, 09:03."),
    ],
)
def test_a_list_that_could_not_be_refreshed_is_dated(
    hands: Hands, listed: datetime, words: str
) -> None:
    hands.shop.old[ModelType.CHECKPOINT, False] = [XL]
    hands.shop.yesterday = listed
    hands.catalogue.forget()
    hands.shop.deliver()
    assert hands.row("model_name").message == ""
    hands.shop.trouble = Unreachable("dns")
    hands.click("model_name_refresh")
    hands.shop.deliver()
    assert hands.row("model_name").message == f"The list could not be loaded. {words}"


def test_a_list_in_place_of_an_empty_one_is_dated(hands: Hands) -> None:
    hands.shop.lists[ModelType.CHECKPOINT, False] = [XL]
    hands.shop.listed = datetime(THIS_YEAR, 11, 30, 14, 3)
    hands.click("model_name_refresh")
    hands.shop.deliver()
    words = "The service lists none now. List of 30 Nov, 14:03."
    assert hands.row("model_name").message == words


def test_a_failure_is_said_and_the_last_list_serves(hands: Hands) -> None:
    hands.shop.old[ModelType.CHECKPOINT, False] = [XL]
    hands.catalogue.forget()
    hands.shop.trouble = Unreachable("dns")
    hands.click("model_name_refresh")
    hands.shop.deliver()
    assert "could not be loaded" in hands.row("model_name").message
    assert offered(hands, "model_name") == [XL.model_name]
    hands.shop.trouble = None
    hands.shop.lists[ModelType.CHECKPOINT, False] = [SMALL]
    hands.click("model_name_refresh")
    hands.shop.deliver()
    assert hands.row("model_name").message == ""


def test_a_lora_is_added_named_weighed_and_removed(hands: Hands) -> None:
    hands.click("loras_add")
    picker = hands.find(QComboBox, "loras.0.model_name")
    hands.qtbot.waitUntil(lambda: hands.has_focus(picker))
    hands.qtbot.keyClicks(picker, "pine")
    hands.type_over("loras.0.strength", "0.35")
    assert hands.value.loras == (Lora(model_name="pine", strength=0.35),)
    assert hands.row("loras").findChild(QWidget, "loras_counter") is not None
    hands.click("loras.0.remove")
    assert hands.value.loras == ()
    hands.qtbot.waitUntil(lambda: not hands.panel.findChildren(QWidget, "loras.0.model_name"))


def test_removing_from_the_middle_keeps_the_others(hands: Hands) -> None:
    hands.state.edit(embeddings=tuple(Embedding(model_name=name) for name in "abc"))
    hands.click("embeddings.1.remove")
    assert [item.model_name for item in hands.value.embeddings] == ["a", "c"]
    assert hands.find(QComboBox, "embeddings.1.model_name").currentText() == "c"


@pytest.mark.parametrize("name", ["loras", "embeddings"])
def test_a_full_list_takes_no_more_and_says_so(hands: Hands, name: str) -> None:
    add = hands.find(QPushButton, f"{name}_add")
    for _ in range(MAX_ADDONS):
        assert add.isEnabled()
        hands.click(f"{name}_add")
    assert not add.isEnabled()
    assert str(MAX_ADDONS) in add.toolTip()
    hands.qtbot.mouseClick(add, Qt.MouseButton.LeftButton)
    assert len(getattr(hands.value, name)) == MAX_ADDONS


def test_an_entry_without_a_name_is_a_problem_with_words(hands: Hands) -> None:
    from app.panels.parameters.wording import describe_problem

    hands.state.edit(prompt="p", model_name="m")
    hands.click("loras_add")
    words = [describe_problem(problem) for problem in hands.value.problems()]
    assert words == ["Choose a LoRA, or remove the empty row."]


def test_a_weight_ends_in_range(hands: Hands) -> None:
    hands.state.edit(loras=(Lora(model_name="pine", strength=0.5),))
    editor = hands.type_over("loras.0.strength", "7")
    hands.leave(editor)
    assert hands.value.loras[0].strength == 1
    assert hands.find(Spin, "loras.0.strength").value() == 1


def test_loras_for_an_sdxl_checkpoint_are_asked_as_such(hands: Hands) -> None:
    hands.shop.lists[ModelType.CHECKPOINT, False] = [XL, SMALL]
    hands.shop.lists[ModelType.LORA, True] = [Model(model_name="pine_xl")]
    hands.click("model_name_refresh")
    hands.shop.deliver()
    hands.state.edit(model_name=XL.model_name)
    hands.click("loras_add")
    hands.shop.deliver()
    assert hands.shop.asked[-1] == (ModelType.LORA, True)
    assert offered(hands, "loras.0.model_name") == ["pine_xl"]
    hands.state.edit(model_name=SMALL.model_name)
    assert offered(hands, "loras.0.model_name") == []
