"""The service in use: chosen, remembered, and told in the menu row."""

import pytest
from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtGui import QCursor
from PySide6.QtWidgets import QApplication, QMenu

from app.model.errors import InvalidInput, Unauthorized, Unreachable
from app.model.services import BUILTIN, PRESETS
from app.session.preferences import Preferences, PreferencesRecord
from app.shell.service_chooser import DOT, PADDING
from app.shell.services import Services, service_of


class Standing:
    """What the services know of the artist."""

    def __init__(self) -> None:
        self.keys: set[str] = set()
        self.found: set[str] = set()
        self.amount: float | None = 12.4
        self.reachable = True
        self.refuses = False

    def has_key(self, service) -> bool:
        return service.is_builtin or service.id in self.found

    async def find_key(self, service) -> bool:
        self.found = set(self.keys)
        return self.has_key(service)

    async def balance(self, service) -> float | None:
        if not self.reachable:
            raise Unreachable("dns")
        if self.refuses:
            raise Unauthorized
        return self.amount


@pytest.fixture
def account():
    return Standing()


@pytest.fixture
def chooser(window):
    return window.menu_row.service


@pytest.fixture
def services(chooser, preferences, parameters, account, tasks):
    return Services(chooser, preferences, parameters, account, tasks.spawn)


def pick(chooser, service_id):
    entry = next(
        action for action in chooser.findChild(QMenu).actions() if action.data() == service_id
    )
    entry.trigger()


@pytest.mark.parametrize(
    ("service_id", "url", "expected"),
    [
        ("novita", "", "https://api.novita.ai"),
        ("custom", "https://example.org/api/", "https://example.org/api"),
        ("custom", "http://example.org", BUILTIN.base_url),
        ("from the future", "", BUILTIN.base_url),
    ],
)
def test_the_service_is_read_from_what_is_remembered(service_id, url, expected):
    assert service_of(service_id, url).base_url == expected


def test_it_begins_with_the_built_in_engine(services, chooser):
    assert services.current is BUILTIN
    assert services.has_key
    assert chooser.accessibleName() == "Service: Built-in engine, no key needed"


def test_choosing_one_without_a_key_asks_for_it(qtbot, services, chooser, preferences, tasks):
    with qtbot.waitSignal(services.key_wanted) as asked:
        pick(chooser, "novita")
        tasks.run()
    assert asked.args == [PRESETS[-1]]
    assert preferences.value.service == "novita"
    assert chooser.accessibleName() == "Service: Novita, no key yet"


def test_a_remembered_one_without_a_key_does_not_ask_at_start(
    qtbot, chooser, parameters, account, tasks
):
    preferences = Preferences(PreferencesRecord(service="novita"), lambda _: None)
    services = Services(chooser, preferences, parameters, account, tasks.spawn)
    with qtbot.assertNotEmitted(services.key_wanted):
        tasks.run()


def test_the_balance_is_shown_once_it_is_known(services, chooser, account, tasks):
    account.keys.add("ppinfra")
    pick(chooser, "ppinfra")
    tasks.run()
    assert services.has_key
    assert chooser.accessibleName() == "Service: PPInfra, Balance ¥12.40"


def test_a_refused_key_is_told_until_another_is_accepted(services, chooser, account, tasks):
    account.keys.add("ppinfra")
    account.refuses = True
    pick(chooser, "ppinfra")
    tasks.run()
    assert chooser.accessibleName() == "Service: PPInfra, Key refused"
    account.refuses = False
    services.refresh()
    tasks.run()
    assert chooser.accessibleName() == "Service: PPInfra, Balance ¥12.40"


@pytest.mark.parametrize("trouble", ["unreachable", "untold"])
def test_an_unknown_balance_keeps_nobody_from_working(services, chooser, account, tasks, trouble):
    account.keys.add("ppinfra")
    account.reachable = trouble != "unreachable"
    account.amount = None
    pick(chooser, "ppinfra")
    said = []
    services.changed.connect(lambda _: said.append(chooser.accessibleName()))
    tasks.run()
    assert services.has_key
    assert said == ["Service: PPInfra, key set"]
    assert chooser.accessibleName() == "Service: PPInfra, Balance unknown"


@pytest.mark.parametrize(("amount", "token"), [(0.0, "warn"), (0.5, "ok"), (-1.0, "warn")])
def test_nothing_left_is_shown_as_that_and_warns(
    services, chooser, account, tasks, theme, amount, token
):
    account.keys.add("ppinfra")
    account.amount = amount
    pick(chooser, "ppinfra")
    tasks.run()
    assert services.has_key
    assert chooser.accessibleName() == f"Service: PPInfra, Balance ¥{amount:.2f}"
    image = chooser.grab().toImage()
    dot = image.pixelColor(PADDING + DOT // 2, image.height() // 2)
    assert dot == theme.color(token)


def test_a_key_entered_later_is_found(services, chooser, account, tasks):
    pick(chooser, "novita")
    tasks.run()
    account.keys.add("novita")
    services.refresh()
    tasks.run()
    assert chooser.accessibleName() == "Service: Novita, Balance $12.40"


def test_a_key_that_no_request_can_carry_is_none(services, chooser, account, tasks, monkeypatch):
    async def find_key(service):
        raise InvalidInput("api_key", "spaces")

    monkeypatch.setattr(account, "find_key", find_key)
    pick(chooser, "novita")
    tasks.run()
    assert chooser.accessibleName() == "Service: Novita, no key yet"


def test_each_service_remembers_its_checkpoint(services, chooser, parameters, account, tasks):
    account.keys |= {"novita", "ppio"}
    pick(chooser, "novita")
    parameters.edit(model_name="dream.safetensors")
    pick(chooser, "ppio")
    assert parameters.value.model_name == ""
    parameters.edit(model_name="real.safetensors")
    pick(chooser, "novita")
    assert parameters.value.model_name == "dream.safetensors"
    tasks.run()


def test_an_address_of_ones_own_is_offered_once_there_is_one(services, chooser, preferences,
                                                             account, tasks):  # fmt: skip
    account.keys.add("custom")
    preferences.edit(custom_url="https://example.org", service="custom")
    tasks.run()
    assert services.current.base_url == "https://example.org"
    titles = [action.text() for action in chooser.findChild(QMenu).actions()]
    assert "example.org" in titles


def test_the_chooser_goes_back_to_rest_when_its_menu_is_left(qtbot, shown):
    chooser = shown.menu_row.service
    chooser.offer([("builtin", "Built-in engine")])
    QApplication.sendEvent(chooser, QEvent(QEvent.Type.Enter))
    chooser.setAttribute(Qt.WidgetAttribute.WA_UnderMouse)
    assert chooser.ground == "hover"
    menu = chooser.findChild(QMenu)
    menu.popup(QPoint(0, 0))
    qtbot.waitUntil(menu.isVisible)
    QCursor.setPos(shown.stage.mapToGlobal(QPoint(40, 40)))
    menu.close()
    assert chooser.ground is None


def test_the_balance_is_looked_at_again_when_pictures_have_come(
    qtbot, services, chooser, account, tasks
):
    account.keys.add("ppinfra")
    pick(chooser, "ppinfra")
    tasks.run()
    for amount, shown in ((11.9, "¥11.90"), (None, "Balance unknown")):
        account.amount = amount
        with qtbot.waitSignal(services._spent.timeout):
            for _ in range(3):
                services.note_spending()
        tasks.run()
        assert shown in chooser.accessibleName()


def test_trouble_with_the_balance_leaves_what_was_known(services, chooser, account, tasks):
    account.keys.add("ppinfra")
    pick(chooser, "ppinfra")
    tasks.run()
    account.reachable = False
    services._follow_balance()
    tasks.run()
    assert "¥12.40" in chooser.accessibleName()
