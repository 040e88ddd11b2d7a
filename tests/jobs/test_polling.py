"""When a service is asked how a task is doing."""

from itertools import accumulate, islice, takewhile

from app.jobs.polling import local_delays, service_delays


def test_a_service_is_first_asked_after_a_second_and_never_more_often() -> None:
    delays = list(islice(service_delays(), 200))
    assert delays[0] == 1.0
    assert min(delays) >= 1.0


def test_polling_calms_down_with_time() -> None:
    times = list(takewhile(lambda t: t < 1200, accumulate(service_delays())))
    early = sum(t < 30 for t in times)
    late = sum(900 <= t < 1200 for t in times)
    assert 12 <= early <= 20
    assert 25 <= late <= 40


def test_the_built_in_engine_is_asked_often_but_not_in_a_spin() -> None:
    delays = list(islice(local_delays(), 50))
    assert 0.05 <= delays[0] <= 0.2
    assert delays[-1] <= 1.0
