"""What crashes is started again, ever more slowly, and given up in the end. The clock jumps: no test waits."""

import pytest
import trio
import trio.testing

from actors.supervisor import GaveUpError, Intensity, Restart, supervise


class Flaky:
    """Crashes as often as it is told to, running a while before each crash."""

    def __init__(self, crashes: int, runs_s: float = 0.0) -> None:
        self.left = crashes
        self.runs_s = runs_s
        self.starts: list[float] = []

    async def __call__(self) -> None:
        self.starts.append(trio.current_time())
        if self.left == 0:
            return
        self.left -= 1
        await trio.sleep(self.runs_s)
        raise RuntimeError(f"crash, {self.left} left")


async def test_what_crashes_is_started_again_until_it_returns(autojump_clock: trio.testing.MockClock) -> None:
    flaky = Flaky(crashes=3)
    told: list[tuple[str, int]] = []

    await supervise("flaky", flaky, Restart.AFTER_CRASH, on_crash=lambda crash, count: told.append((str(crash), count)))

    assert len(flaky.starts) == 4
    assert told == [("crash, 2 left", 1), ("crash, 1 left", 2), ("crash, 0 left", 3)]


async def test_too_many_crashes_are_given_up_with_their_cause(autojump_clock: trio.testing.MockClock) -> None:
    with pytest.raises(GaveUpError, match="flaky crashed 6 times in 60 s") as given_up:
        await supervise("flaky", Flaky(crashes=100), Restart.AFTER_CRASH)

    assert str(given_up.value.__cause__) == "crash, 94 left"


async def test_pauses_grow_up_to_their_bound(autojump_clock: trio.testing.MockClock) -> None:
    flaky = Flaky(crashes=30)
    intensity = Intensity(crashes=1000, first_pause_s=1, longest_pause_s=8)

    await supervise("flaky", flaky, Restart.AFTER_CRASH, intensity)

    pauses = [later - earlier for earlier, later in zip(flaky.starts, flaky.starts[1:], strict=False)]
    assert all(pause <= bound for pause, bound in zip(pauses, [1, 2, 4, *[8] * 27], strict=True))
    assert len(set(pauses)) == len(pauses)


async def test_a_healthy_while_forgets_the_crashes_before(autojump_clock: trio.testing.MockClock) -> None:
    flaky = Flaky(crashes=50, runs_s=61)

    await supervise("flaky", flaky, Restart.AFTER_CRASH, Intensity(crashes=1, window_s=10_000))

    assert len(flaky.starts) == 51


async def test_what_is_to_run_for_ever_is_started_again_when_it_returns(autojump_clock: trio.testing.MockClock) -> None:
    calm = Flaky(crashes=0)

    with trio.move_on_after(1):
        await supervise("calm", calm, Restart.ALWAYS)

    assert len(calm.starts) > 10


async def test_cancelling_ends_the_task_and_its_supervision(autojump_clock: trio.testing.MockClock) -> None:
    flaky = Flaky(crashes=1, runs_s=1000)

    with trio.move_on_after(5) as scope:
        await supervise("flaky", flaky)

    assert scope.cancelled_caught
    assert len(flaky.starts) == 1


async def test_one_that_crashes_while_it_is_being_ended_has_ended() -> None:
    async def crash_when_cancelled() -> None:
        try:
            await trio.sleep_forever()
        finally:
            raise ValueError("a mistake of ours")

    async def start() -> None:
        async with trio.open_nursery() as nursery:
            nursery.start_soon(crash_when_cancelled)
            nursery.start_soon(trio.sleep_forever)

    async with trio.open_nursery() as nursery:
        nursery.start_soon(supervise, "it", start)
        await trio.testing.wait_all_tasks_blocked()
        nursery.cancel_scope.cancel()
