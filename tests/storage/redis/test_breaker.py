"""The breaker: fails fast, probes with growing pauses, recovers."""

from storage.redis.breaker import FIRST_PAUSE, LONGEST_PAUSE, Breaker


def test_while_all_is_well_everybody_may_try() -> None:
    breaker = Breaker()
    assert all(breaker.may_try(now) for now in (0, 0, 1))
    assert not breaker.succeeded()


def test_after_a_failure_one_probe_goes_through_for_each_pause() -> None:
    breaker = Breaker()
    assert breaker.failed(10)
    assert not breaker.may_try(10 + FIRST_PAUSE / 2)
    assert breaker.may_try(10 + FIRST_PAUSE)
    assert not breaker.may_try(10 + FIRST_PAUSE)


def test_pauses_grow_to_a_bound_and_start_anew_after_a_success() -> None:
    breaker = Breaker()
    now = 0.0
    breaker.failed(now)
    for _ in range(20):
        now = breaker.next_probe
        assert breaker.may_try(now)
        assert not breaker.failed(now)
    assert breaker.pause == LONGEST_PAUSE
    assert breaker.succeeded()
    assert breaker.failed(now)
    assert breaker.pause == FIRST_PAUSE


def test_failures_of_calls_already_under_way_do_not_lengthen_the_pause() -> None:
    breaker = Breaker()
    for _ in range(50):
        breaker.failed(1.0)
    assert breaker.pause == FIRST_PAUSE
