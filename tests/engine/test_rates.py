"""How often a caller may come."""

from collections.abc import Iterator

import pytest

from app.engine.rates import Rates
from app.engine.refusals import Refusal


class Clock:
    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        return self.now


def waits(rates: Rates, caller: str, tries: int) -> Iterator[int | None]:
    for _ in range(tries):
        try:
            rates.count(caller)
        except Refusal as refusal:
            yield refusal.retry_after_s
        else:
            yield None


def test_a_burst_is_answered_and_what_comes_after_it_is_told_to_wait() -> None:
    rates = Rates(rate=10, burst=5, clock=Clock())
    assert [*waits(rates, "a", 7)] == [None] * 5 + [1, 1]


def test_who_waits_as_told_is_answered() -> None:
    clock = Clock()
    rates = Rates(rate=0.5, burst=3, clock=clock)
    *_, wait = waits(rates, "a", 4)
    assert wait == 2
    clock.now += wait
    assert [*waits(rates, "a", 2)] == [None, 2]


def test_a_steady_caller_at_the_rate_is_never_told_to_wait() -> None:
    clock = Clock()
    rates = Rates(rate=10, burst=1, clock=clock)
    for _ in range(100):
        rates.count("a")
        clock.now += 0.1


def test_one_caller_uses_up_nothing_of_another() -> None:
    rates = Rates(burst=1, clock=Clock())
    assert [*waits(rates, "a", 2)] == [None, 1]
    assert [*waits(rates, "b", 1)] == [None]


@pytest.mark.parametrize("callers", [3000])
def test_what_is_kept_of_callers_has_an_end(callers: int) -> None:
    rates = Rates(burst=1, clock=Clock())
    for number in range(callers):
        rates.count(f"caller {number}")
    assert len(rates._over) <= 1024
    assert [*waits(rates, f"caller {callers - 1}", 1)] == [1]
