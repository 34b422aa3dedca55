"""How often a script may be killed before it is paused."""

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from actors.guild.patience import Patience
from actors.limits import RuntimeLimits

LIMITS = RuntimeLimits(kills=3, kills_window_s=60.0, first_pause_s=10.0, longest_pause_s=100.0)


def pauses(patience: Patience, *times: float) -> list[float]:
    return [patience.killed(now) for now in times]


def test_accidents_far_apart_are_borne() -> None:
    assert pauses(Patience(LIMITS), 0, 31, 62, 93, 124) == [0, 0, 0, 0, 0]


def test_a_habit_is_paused_each_time_twice_as_long_up_to_a_limit() -> None:
    patience = Patience(LIMITS)
    now, told = 0.0, list[float]()
    for _ in range(6):
        told += [pause for pause in pauses(patience, now, now + 1, now + 2) if pause]
        now += 3 + told[-1]
    assert told == [10, 20, 40, 80, 100, 100]


def test_a_window_without_a_kill_after_the_pause_makes_good_again() -> None:
    patience = Patience(LIMITS)
    assert pauses(patience, 0, 1, 2) == [0, 0, 10]
    assert pauses(patience, 73, 74, 75) == [0, 0, 10]


def test_a_pause_itself_is_no_good_conduct() -> None:
    patience = Patience(LIMITS)
    assert pauses(patience, 0, 1, 2) == [0, 0, 10]
    assert pauses(patience, 71, 71, 71) == [0, 0, 20]


def test_a_new_script_begins_with_a_clean_sheet() -> None:
    patience = Patience(LIMITS)
    pauses(patience, 0, 1, 2, 3, 4)
    patience.forgive()
    assert pauses(patience, 5, 6, 7) == [0, 0, 10]


@given(st.lists(st.floats(0, 100), max_size=60))
def test_never_more_kills_in_a_window_than_allowed_without_a_pause(gaps: list[float]) -> None:
    patience, now, since_pause = Patience(LIMITS), 0.0, list[float]()
    told: list[float] = []
    for gap in gaps:
        now += gap
        since_pause.append(now)
        pause = patience.killed(now)
        recent = [time for time in since_pause if time > now - LIMITS.kills_window_s]
        assert bool(pause) == (len(recent) >= LIMITS.kills)
        if pause:
            since_pause.clear()
            told.append(pause)
    assert all(10 <= pause <= 100 for pause in told)
    assert all(after in {10.0, min(100.0, before * 2)} for before, after in pairwise(told))
