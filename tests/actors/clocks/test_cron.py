"""The cron clock: what it runs, once, and what it records."""

from collections import Counter
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import trio
import trio.lowlevel

from actors.clockwork import Clockwork
from actors.cron import CATCH_UPS_OF_A_GUILD, CronClock
from actors.cron_plan import BadCronError, definitions_of, plan
from actors.operations.cron import register_cron
from actors.ops import OpTable
from actors.outcomes import RunOutcome
from storage.errors import StorageUnavailable
from storage.ids import NodeId, guild_id
from storage.records import CatchUp, CronDefinition, CronJob, ScheduledRun
from tests.actors.clocks.conftest import GUILD, FakeRuntime, Said, Wall, found, until
from tests.actors.operations.conftest import NoScopes, Script, refusal

NOON = datetime(2026, 11, 21, 12, tzinfo=UTC)


def cron(name: str = "tick", schedule: str = "* * * * *", **more: Any) -> dict[str, Any]:
    return {"crons": [{"name": name, "schedule": schedule, **more}]}


@asynccontextmanager
async def running(work: Clockwork) -> AsyncGenerator[CronClock]:
    clock = CronClock(work)
    async with trio.open_nursery() as nursery:
        await nursery.start(clock.run)
        yield clock
        nursery.cancel_scope.cancel()


async def history(clock: CronClock, count: int) -> list[ScheduledRun]:
    """So many ended runs, newest first."""

    async def look() -> list[ScheduledRun] | None:
        runs = [run for run in (await clock.runs(GUILD, None, None, 100)).runs if run.outcome is not None]
        return runs if len(runs) >= count else None

    return await found(look)


async def test_a_moment_is_run_once_with_its_limit_and_its_outcome_is_recorded(
    work: Clockwork, wall: Wall, runtime: FakeRuntime
) -> None:
    runtime.outcome = RunOutcome.THREW
    async with running(work) as clock:
        await clock.replace(GUILD, cron())
        wall.advance(seconds=31)
        for _ in range(3):
            clock.changed()
            await trio.lowlevel.checkpoint()
        (run,) = await history(clock, 1)
    assert (run.outcome, run.scheduled_for) == ("threw", NOON)
    (payload,) = runtime.payloads
    assert payload == {
        "name": "tick",
        "scheduledFor": "2026-11-21T12:00:00.000Z",
        "runId": str(run.id),
        "manual": False,
    }
    assert runtime.dispatched[0][:2] == (GUILD, "__cron")
    assert runtime.limits == [5.0]


async def test_two_nodes_run_a_moment_once(work: Clockwork, wall: Wall, runtime: FakeRuntime) -> None:
    async with running(work) as one, running(replace(work, node=NodeId("n-2"))) as other:
        await one.replace(GUILD, cron())
        wall.advance(seconds=31)
        one.changed()
        other.changed()
        await history(one, 1)
    assert len(runtime.dispatched) == 1


@pytest.mark.parametrize(("overlap", "begun"), [("skip", 1), ("queue", 1), ("allow", 2)])
async def test_what_becomes_of_a_moment_whose_last_run_has_not_ended(
    work: Clockwork, wall: Wall, runtime: FakeRuntime, said: Said, overlap: str, begun: int
) -> None:
    runtime.gate = trio.Event()
    async with running(work) as clock:
        await clock.replace(GUILD, cron(overlap=overlap))
        wall.advance(seconds=31)
        clock.changed()
        await until(lambda: len(runtime.dispatched) == 1)
        wall.advance(minutes=1)
        clock.changed()
        if overlap == "skip":
            await until(lambda: any("skipped" in line for line in said.lines))
        elif overlap == "allow":
            await until(lambda: len(runtime.dispatched) == 2)
        else:
            await until(lambda: (GUILD, "tick") in clock._working)
        assert len(runtime.dispatched) == begun
        runtime.gate.set()
        runs = await history(clock, 2)
    outcomes = {run.outcome for run in runs}
    assert outcomes == ({"ok", "skipped"} if overlap == "skip" else {"ok"})


@pytest.mark.parametrize(("catch_up", "hours"), [("skip", []), ("once", [15]), ("all", [13, 14, 15])])
async def test_what_is_made_up_for_after_a_downtime(
    work: Clockwork, wall: Wall, runtime: FakeRuntime, said: Said, catch_up: str, hours: list[int]
) -> None:
    wall.advance(minutes=1)
    clock = CronClock(work)
    await clock.replace(GUILD, cron(schedule="@hourly", catchUp=catch_up))
    wall.advance(hours=3, minutes=30)
    async with running(work) as clock:
        if hours:
            runs = await history(clock, len(hours))
            assert sorted(run.scheduled_for.hour for run in runs) == hours
        await until(lambda: catch_up == "all" or any("was missed at" in line for line in said.lines))
        (job,) = await clock.list(GUILD)
        assert job.definition.next_run == NOON + timedelta(hours=4)
    assert len(runtime.dispatched) == len(hours)


async def test_a_run_whose_daemon_died_is_lost_and_not_repeated(
    work: Clockwork, wall: Wall, runtime: FakeRuntime, said: Said
) -> None:
    runtime.gate = trio.Event()
    async with running(work) as clock:
        await clock.replace(GUILD, cron(schedule="0 12 * * *"))
        wall.advance(seconds=31)
        clock.changed()
        await until(lambda: len(runtime.dispatched) == 1)
        (open_run,) = (await clock.runs(GUILD, None, None, 10)).runs
        assert open_run.outcome is None
        async with running(replace(work, node=NodeId("n-2"))) as successor:
            (lost,) = await history(successor, 1)
            assert (lost.id, lost.outcome) == (open_run.id, "lost")
    assert len(runtime.dispatched) == 1
    assert any("was running when flora ended" in line for line in said.lines)


async def test_a_failed_candidate_leaves_the_crons_and_a_cleared_guild_has_none(work: Clockwork) -> None:
    clock = CronClock(work)
    await clock.replace(GUILD, cron())
    for wrong in (cron(schedule="61 * * * *"), cron(timeZone="Mars/Base"), {"crons": [1]}, cron(overlap="never")):
        with pytest.raises(BadCronError):
            await clock.replace(GUILD, wrong)
    assert [job.definition.name for job in await clock.list(GUILD)] == ["tick"]
    await clock.clear(GUILD)
    assert await clock.list(GUILD) == []


async def test_pause_resume_and_run_now(work: Clockwork, wall: Wall, runtime: FakeRuntime) -> None:
    async with running(work) as clock:
        await clock.replace(GUILD, cron())
        assert await clock.pause(GUILD, "tick")
        wall.advance(minutes=10)
        clock.changed()
        assert await clock.run_now(GUILD, "tick") is not None
        (run,) = await history(clock, 1)
        assert runtime.payloads[0]["manual"] is True
        assert run.outcome == "ok"
        assert await clock.resume(GUILD, "tick")
        (job,) = await clock.list(GUILD)
        assert job.definition.next_run == NOON + timedelta(minutes=10)
        assert not await clock.pause(GUILD, "none")
        assert not await clock.resume(GUILD, "none")
        with pytest.raises(KeyError):
            await clock.run_now(GUILD, "none")
    assert len(runtime.dispatched) == 1


async def test_a_clock_set_back_by_days_is_followed_and_nothing_runs_twice(
    work: Clockwork, wall: Wall, runtime: FakeRuntime
) -> None:
    async with running(work) as clock:
        await clock.replace(GUILD, cron())
        wall.advance(seconds=31)
        clock.changed()
        await history(clock, 1)
        wall.advance(days=-3)
        clock.changed()
        await until_waiting_for(clock, NOON - timedelta(days=3) + timedelta(minutes=1))
    assert len(runtime.dispatched) == 1


async def test_a_refused_run_is_recorded_and_told(
    work: Clockwork, wall: Wall, runtime: FakeRuntime, said: Said
) -> None:
    runtime.refuses = "PAUSED"
    async with running(work) as clock:
        await clock.replace(GUILD, cron())
        wall.advance(seconds=31)
        clock.changed()
        (run,) = await history(clock, 1)
    assert (run.outcome, run.error) == ("refused", "the guild is paused")
    assert said.lines == ["cron tick was not run: the guild is paused"]


async def test_a_script_sees_and_steers_its_own_crons(work: Clockwork, wall: Wall) -> None:
    table = OpTable()
    async with running(work) as clock:
        register_cron(table, clock)
        await clock.replace(GUILD, cron(schedule="@daily", timeZone="Europe/Berlin"))

        async def ask(name: str, arguments: bytes = b"{}", guild: int = GUILD) -> bytes:
            return await table.answer(NoScopes(), Script(type(GUILD)(guild)), name, arguments)

        assert b'"nextRun":"2026-11-21T23:00:00.000Z"' in await ask("cron.list")
        assert await ask("cron.list", guild=9) == b"[]"
        await ask("cron.pause", b'{"name":"tick"}')
        assert b'"paused":true' in await ask("cron.list")
        await ask("cron.resume", b'{"name":"tick"}')
        await ask("cron.run", b'{"name":"tick"}')
        await history(clock, 1)
        assert b'"outcome":"ok"' in await ask("cron.runs", b'{"name":"tick"}')
        assert await refusal(ask("cron.run", b'{"name":"none"}')) == "CRON_NOT_FOUND"
        assert await refusal(ask("cron.pause", b'{"name":"tick"}', guild=9)) == "CRON_NOT_FOUND"
        assert await refusal(ask("cron.runs", b'{"cursor":"x"}')) == "INVALID_INPUT"
        assert await refusal(ask("cron.runs", b'{"limit":1000}')) == "INVALID_INPUT"


async def test_guilds_that_catch_up_for_ever_hold_up_nobody_else(
    work: Clockwork, wall: Wall, runtime: FakeRuntime
) -> None:
    quiet = guild_id(999)  # behind all others in the order of what is due
    busy = [guild_id(number) for number in range(100, 108)]
    names = [str(number) for number in range(32)]
    clock = CronClock(work)
    for guild in busy:
        jobs = [{"name": name, "schedule": "* * * * *", "catchUp": "all"} for name in names]
        await clock.replace(guild, {"crons": jobs})
    await clock.replace(quiet, cron(schedule="*/5 * * * *"))
    wall.advance(minutes=95, seconds=31)
    runtime.gate = trio.Event()
    async with running(work):
        await until(lambda: any(guild == quiet for guild, _, _ in runtime.dispatched))
        await until(lambda: len(runtime.dispatched) == len(busy) * CATCH_UPS_OF_A_GUILD + 1)
        at_once = Counter(guild for guild, _, _ in runtime.dispatched)
    assert set(at_once.values()) == {CATCH_UPS_OF_A_GUILD, 1}


async def test_jobs_that_catch_up_take_turns_until_all_have(work: Clockwork, wall: Wall, runtime: FakeRuntime) -> None:
    jobs = [{"name": str(number), "schedule": "* * * * *", "catchUp": "all"} for number in range(9)]
    wall.advance(minutes=1)
    await CronClock(work).replace(GUILD, {"crons": jobs})
    wall.advance(minutes=3)
    async with running(work) as clock:
        await history(clock, 27)
        await until(lambda: not clock._working)
        assert clock._catching_up == {}
        assert clock._deciding.borrowed_tokens == 0
    moments = {name: [p["scheduledFor"] for p in runtime.payloads if p["name"] == name] for name in map(str, range(9))}
    assert all(found == sorted(set(found)) and len(found) == 3 for found in moments.values())


async def test_a_mistake_of_ours_ends_neither_the_clock_nor_what_runs(
    work: Clockwork, wall: Wall, runtime: FakeRuntime, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with running(work) as clock:
        await clock.replace(GUILD, cron())
        runtime.mistakes.append(ValueError("a bug in the runtime"))
        wall.advance(seconds=31)
        clock.changed()
        assert [run.outcome for run in await history(clock, 1)] == ["crashed"]
        runtime.gate = trio.Event()
        wall.advance(minutes=1)
        clock.changed()
        await until(lambda: len(runtime.dispatched) == 1)
        looked: list[bool] = []

        async def confused() -> None:
            await trio.lowlevel.checkpoint()
            looked.append(True)
            if len(looked) == 1:
                raise ValueError("a bug in the clock")

        monkeypatch.setattr(clock, "_notice_step_back", confused)
        clock.changed()
        await until(lambda: len(looked) >= 2)
        runtime.gate.set()
        assert [run.outcome for run in await history(clock, 2)] == ["ok", "crashed"]
    assert "a bug in the runtime" in caplog.text
    assert "a bug in the clock" in caplog.text


async def test_a_clock_that_stops_lets_runs_end_and_begins_none(
    work: Clockwork, wall: Wall, runtime: FakeRuntime
) -> None:
    wall.advance(minutes=1)
    await CronClock(work).replace(GUILD, cron(catchUp="all"))
    wall.advance(minutes=3)
    runtime.gate = trio.Event()
    async with running(work) as clock, trio.open_nursery() as nursery:
        await until(lambda: len(runtime.dispatched) == 1)
        nursery.start_soon(clock.stop)
        await until(lambda: clock._ticker.stopping)
        with pytest.raises(StorageUnavailable, match="stopping"):
            await clock.run_now(GUILD, "tick")
        assert not clock._ticker.ended.is_set()
        runtime.gate.set()
    (run,) = (await clock.runs(GUILD, None, None, 10)).runs
    assert run.outcome == "ok"


async def test_a_clock_that_was_hours_ahead_for_a_while_delays_nothing_and_repeats_nothing(
    work: Clockwork, wall: Wall, runtime: FakeRuntime
) -> None:
    async with running(work) as clock:
        await clock.replace(GUILD, {"crons": [*cron()["crons"], *cron("daily", "0 13 * * *")["crons"]]})
        wall.advance(hours=2)
        clock.changed()
        await until(lambda: len(runtime.dispatched) == 1)  # of this minute; what passed before was missed
        wall.advance(hours=-2)
        clock.changed()
        await until_nothing_is_due(clock)
        for _ in range(120):
            wall.advance(minutes=1)
            clock.changed()
            await until_nothing_is_due(clock)
        moments = [(payload["name"], payload["scheduledFor"]) for payload in runtime.payloads]
    assert len(moments) == len(set(moments)) == 121
    assert moments.count(("daily", "2026-11-21T13:00:00.000Z")) == 1


@pytest.mark.parametrize("schedule", ["* * * * *", "0 12 * * *"])
async def test_a_guild_without_a_script_has_its_crons_put_off_without_a_row(
    work: Clockwork, wall: Wall, runtime: FakeRuntime, said: Said, schedule: str
) -> None:
    runtime.refuses = "NOT_DEPLOYED"
    async with running(work) as clock:
        await clock.replace(GUILD, cron(schedule=schedule))
        wall.advance(seconds=31)
        clock.changed()
        await until(lambda: work.outcomes["cron", "refused"] == 1)
        later = NOON + timedelta(minutes=16) if schedule[0] == "*" else NOON + timedelta(days=1)
        await until_waiting_for(clock, later)
        wall.at = later
        clock.changed()
        await until(lambda: work.outcomes["cron", "refused"] == 2)
        assert (await clock.runs(GUILD, None, None, 10)).runs == []
        assert said.lines == ["crons wait: the guild has no script here"]
        # Its script is back: it does not wait for the quarter of an hour to be over.
        runtime.refuses = None
        await until_waiting_for(clock, later + (timedelta(minutes=16) if schedule[0] == "*" else timedelta(days=1)))
        await clock.replace(GUILD, cron(schedule=schedule))
        (job,) = await clock.list(GUILD)
        assert job.definition.next_run == later + (timedelta(minutes=1) if schedule[0] == "*" else timedelta(days=1))


async def until_nothing_is_due(clock: CronClock) -> None:
    async def look() -> bool | None:
        jobs = await clock.list(GUILD)
        return None if clock._working or clock._ends or any(_due(job, clock._work.now()) for job in jobs) else True

    await found(look)


def _due(job: CronJob, now: datetime) -> bool:
    """Or not yet derived anew, after a step back: none of these jobs may wait for long."""
    assert job.definition.next_run is not None
    return job.definition.name == "tick" and not now < job.definition.next_run <= now + timedelta(minutes=1)


async def until_waiting_for(clock: CronClock, moment: datetime) -> None:
    async def look() -> bool | None:
        (job,) = await clock.list(GUILD)
        return (job.definition.next_run == moment and not clock._ends) or None

    await found(look)


@pytest.mark.parametrize(
    ("registrations", "reason"),
    [
        (cron(schedule="* * * *"), "4 fields"),
        (cron(schedule="* * * * * *"), "field for seconds"),
        (cron(schedule="0 0 30 2 *"), "30"),
        (cron(name=" "), "no name"),
        ({"crons": [{"name": "a", "schedule": "@daily"}] * 2}, "two crons named 'a'"),
        ({"crons": [{"name": str(n), "schedule": "@daily"} for n in range(33)]}, "33 crons"),
        ({"crons": [{"name": "a"}]}, "schedule"),
        (
            cron(schedule="61 * * * *", at={"file": "src/main.ts", "line": 3, "column": 1}),
            "^src/main.ts:3:1: cron 'tick'",
        ),
    ],
)
def test_wrong_crons_are_refused_by_name(registrations: dict[str, Any], reason: str) -> None:
    with pytest.raises(BadCronError, match=reason):
        definitions_of(registrations, NOON, 32)


def test_a_late_moment_is_run_whatever_the_policy_and_one_beyond_the_window_is_not() -> None:
    daily = CronDefinition("daily", "0 12 * * *", NOON)
    late = plan(daily, NOON + timedelta(seconds=80), timedelta(hours=24))
    assert list(late.moments) == [NOON]
    missed = plan(daily, NOON + timedelta(seconds=100), timedelta(hours=24))
    assert list(missed.moments) == []
    everything = replace(daily, schedule="* * * * *", catch_up=CatchUp.ALL)
    found = plan(everything, NOON + timedelta(days=400), timedelta(minutes=10))
    assert len(found.moments) == 11
    once = plan(replace(everything, catch_up=CatchUp.ONCE), NOON + timedelta(days=400), timedelta(minutes=10))
    assert list(once.moments) == [NOON + timedelta(days=400)]
