"""How the clocks sleep, and how they wait for a database: in simulated time."""

import logging
from itertools import pairwise

import pytest
import trio
from trio.testing import MockClock

from actors.clockwork import LONGEST_SLEEP_S, Alarm, patiently
from storage.errors import StorageUnavailable


@pytest.mark.parametrize(("asked", "slept"), [(5.0, 5.0), (float("inf"), LONGEST_SLEEP_S), (-3.0, 0.0)])
async def test_an_alarm_sleeps_no_longer_than_the_wall_clock_may_be_trusted(
    autojump_clock: MockClock, asked: float, slept: float
) -> None:
    before = trio.current_time()
    await Alarm().sleep(asked)
    assert trio.current_time() - before == pytest.approx(slept)


async def test_news_end_the_sleep_also_when_they_came_before_it(autojump_clock: MockClock) -> None:
    alarm = Alarm()
    before = trio.current_time()
    async with trio.open_nursery() as nursery:
        nursery.start_soon(alarm.sleep, 20.0)
        await trio.sleep(3)
        alarm.ring()
    assert trio.current_time() - before == pytest.approx(3)
    await alarm.sleep(20.0)
    assert trio.current_time() - before == pytest.approx(3)
    alarm.wind()
    await alarm.sleep(20.0)
    assert trio.current_time() - before == pytest.approx(23)


async def test_a_database_that_is_away_is_asked_less_and_less_and_said_once(
    autojump_clock: MockClock, caplog: pytest.LogCaptureFixture
) -> None:
    moments: list[float] = []

    async def look() -> str:
        await trio.lowlevel.checkpoint()
        moments.append(trio.current_time())
        if len(moments) < 10:
            raise StorageUnavailable("PostgreSQL does not answer")
        return "there"

    with caplog.at_level(logging.INFO):
        assert await patiently("Crons", look) == "there"
    pauses = [later - earlier for earlier, later in pairwise(moments)]
    assert pauses == pytest.approx([0.5, 1, 2, 4, 8, 15, 15, 15, 15])
    assert [record.message for record in caplog.records] == ["Crons wait: PostgreSQL does not answer", "Crons go on"]


async def test_what_is_no_storage_error_is_not_swallowed(autojump_clock: MockClock) -> None:
    async def look() -> None:
        await trio.lowlevel.checkpoint()
        raise KeyError("a bug")

    with pytest.raises(KeyError):
        await patiently("Crons", look)
