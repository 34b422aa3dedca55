"""One-off timers: at least once, whatever ends meanwhile."""

import resource
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path
from time import process_time

import pytest
import trio

from actors.clockwork import Clockwork
from actors.operations.cron import moment as shown
from actors.operations.timers import register_timers
from actors.ops import OpTable
from actors.outcomes import RunOutcome
from actors.timers import IN_FLIGHT_OF_A_GUILD, TRIES, TimerClock
from storage.ids import NodeId, guild_id
from storage.postgres.connection import Connection
from storage.postgres.runs import list_runs
from storage.postgres.timers import next_timer_moment
from storage.records import Timer
from tests.actors.clocks.conftest import GUILD, START, FakeRuntime, Said, Wall, until
from tests.actors.operations.conftest import NoScopes, Script, refusal


@asynccontextmanager
async def running(work: Clockwork) -> AsyncGenerator[TimerClock]:
    clock = TimerClock(work)
    async with trio.open_nursery() as nursery:
        await nursery.start(clock.run)
        yield clock
        nursery.cancel_scope.cancel()


async def test_a_timer_fires_at_its_moment_with_its_payload_and_not_before(
    work: Clockwork, wall: Wall, runtime: FakeRuntime
) -> None:
    async with running(work) as clock:
        await clock.schedule(Timer(GUILD, "remind", START + timedelta(seconds=10), {"who": [1]}))
        await clock.schedule(Timer(GUILD, "never", START + timedelta(seconds=10)))
        await clock.schedule(Timer(GUILD, "later", START + timedelta(days=400)))
        assert await clock.cancel(GUILD, "never")
        assert runtime.dispatched == []
        wall.advance(seconds=10)
        clock._ticker.ring()
        await until(lambda: len(runtime.dispatched) == 1 and clock.in_flight == 0)
        assert [timer.name for timer in await clock.list(GUILD)] == ["later"]
        assert await clock.clear(GUILD) == 1
    assert runtime.dispatched == [
        (
            GUILD,
            "__timer",
            {"name": "remind", "payload": {"who": [1]}, "scheduledFor": "2026-11-21T11:59:40.000Z"},
        )
    ]


async def test_one_that_was_taken_and_not_delivered_fires_again_after_the_next_start(
    work: Clockwork, runtime: FakeRuntime
) -> None:
    runtime.gate = trio.Event()
    async with running(work) as clock:
        await clock.schedule(Timer(GUILD, "remind", START, "x"))
        await until(lambda: len(runtime.dispatched) == 1)
        # The daemon is gone without a word: its successor has another name.
        async with running(replace(work, node=NodeId("n-2"))) as successor:
            await until(lambda: len(runtime.dispatched) == 2)
            runtime.gate.set()
            await until(lambda: successor.in_flight == 0)
    assert [payload["payload"] for payload in runtime.payloads] == ["x", "x"]


async def test_one_that_a_paused_guild_does_not_take_is_tried_again_a_minute_later(
    work: Clockwork, wall: Wall, runtime: FakeRuntime
) -> None:
    runtime.refuses = "PAUSED"
    async with running(work) as clock:
        await clock.schedule(Timer(GUILD, "remind", START, 1))
        await until(lambda: work.outcomes["timer", "refused"] == 1 and clock.in_flight == 0)
        (waiting,) = await clock.list(GUILD)
        assert waiting.fire_at == START
        assert await work.ask(next_timer_moment) == START + timedelta(minutes=1)
        runtime.refuses = None
        wall.advance(minutes=1)
        clock._ticker.ring()
        await until(lambda: len(runtime.dispatched) == 1)
    assert runtime.payloads[0]["scheduledFor"] == shown(START)


async def test_one_that_waited_for_a_paused_guild_fires_as_soon_as_that_goes_on(
    work: Clockwork, runtime: FakeRuntime
) -> None:
    runtime.refuses = "PAUSED"
    async with running(work) as clock:
        await clock.schedule(Timer(GUILD, "due", START))
        await clock.schedule(Timer(GUILD, "later", START + timedelta(seconds=30)))
        await until(lambda: work.outcomes["timer", "refused"] == 1 and clock.in_flight == 0)
        runtime.refuses = None
        await clock.go_on(GUILD)
        await until(lambda: len(runtime.dispatched) == 1 and clock.in_flight == 0)
        assert await work.ask(next_timer_moment) == START + timedelta(seconds=30)
    assert runtime.payloads[0]["name"] == "due"


async def test_a_guild_whose_timers_hang_does_not_hold_up_another(work: Clockwork, runtime: FakeRuntime) -> None:
    quiet = guild_id(6)
    runtime.gate = trio.Event()
    clock = TimerClock(work)
    for number in range(100):
        await clock.schedule(Timer(GUILD, f"{number}", START - timedelta(minutes=1)))
    await clock.schedule(Timer(quiet, "remind", START))
    async with running(work) as clock:
        await until(lambda: any(guild == quiet for guild, _name, _payload in runtime.dispatched))
        assert IN_FLIGHT_OF_A_GUILD <= clock._in_flight[GUILD] < 100
        runtime.gate.set()
        await until(lambda: len(runtime.dispatched) == 101)


async def test_a_script_schedules_cancels_and_lists_its_own_timers(work: Clockwork) -> None:
    table = OpTable()
    register_timers(table, TimerClock(work))

    async def ask(name: str, arguments: bytes, guild: int = GUILD) -> bytes:
        return await table.answer(NoScopes(), Script(guild_id(guild)), name, arguments)

    at = int(START.timestamp() * 1000)
    first = await ask("timers.schedule", b'{"name":"remind","at":%d,"payload":{"a":1}}' % at)
    second = await ask("timers.schedule", b'{"name":"remind","at":"2026-11-21T11:59:30.000Z"}')
    assert first != second
    shown = await ask("timers.list", b"{}")
    assert shown.count(b'"name":"remind","at":"2026-11-21T11:59:30.000Z"') == 2
    assert await ask("timers.list", b"{}", guild=9) == b"[]"
    assert await ask("timers.cancel", first, guild=9) == b'{"cancelled":false}'
    assert await ask("timers.cancel", first) == b'{"cancelled":true}'
    assert await ask("timers.cancel", b'{"name":"remind"}') == b'{"cancelled":true}'
    assert await ask("timers.cancel", b'{"name":"remind"}') == b'{"cancelled":false}'
    assert await refusal(ask("timers.cancel", b"{}")) == "INVALID_INPUT"
    assert await refusal(ask("timers.schedule", b'{"name":"a","at":"2026-11-21T11:59:30"}')) == "INVALID_INPUT"
    for wrong in (
        b'{"name":"","at":1}',
        b'{"name":"a\\u0000","at":1}',
        b'{"name":"a","at":-1}',
        b'{"name":"a","at":1e300}',
    ):
        assert await refusal(ask("timers.schedule", wrong)) == "INVALID_INPUT"
    big = b'{"name":"a","at":1,"payload":"' + b"x" * 9000 + b'"}'
    assert await refusal(ask("timers.schedule", big)) == "INVALID_INPUT"
    for number in range(1000):
        await ask("timers.schedule", b'{"name":"%d","at":%d}' % (number, at))
    assert await refusal(ask("timers.schedule", b'{"name":"one more","at":1}')) == "TOO_MANY_TIMERS"


@pytest.mark.parametrize("outcome", [RunOutcome.CRASHED, RunOutcome.CANCELLED])
async def test_one_that_was_cut_short_is_tried_again_ever_later_and_given_up_in_the_end(
    work: Clockwork, wall: Wall, runtime: FakeRuntime, said: Said, outcome: RunOutcome
) -> None:
    runtime.outcome = outcome
    began: list[float] = []
    async with running(work) as clock:
        await clock.schedule(Timer(GUILD, "remind", START, "x"))
        for tries in range(1, TRIES + 1):
            await until(partial(_delivered, clock, runtime, tries))
            began.append((wall() - START).total_seconds() / 60)
            wall.at = await _next_try(work)
            clock._ticker.ring()
        assert await clock.list(GUILD) == []
    assert began == [0, 1, 3, 7, 15, 30, 45, 60, 75, 90]
    assert {payload["scheduledFor"] for payload in runtime.payloads} == {shown(START)}
    assert said.lines[0] == f"timer remind was cut short ({outcome.value}) and is tried again in a minute"
    assert said.lines[-1] == f"timer remind is given up: it was cut short 10 times ({outcome.value})"
    assert {run.outcome for run in (await work.ask(list_runs, GUILD)).runs} == {outcome.value}


async def test_one_that_was_cut_short_once_is_delivered_then(work: Clockwork, wall: Wall, runtime: FakeRuntime) -> None:
    runtime.outcome = RunOutcome.CRASHED
    async with running(work) as clock:
        await clock.schedule(Timer(GUILD, "remind", START, "x"))
        await until(lambda: len(runtime.dispatched) == 1 and clock.in_flight == 0)
        runtime.outcome = RunOutcome.THREW  # its handler ran: what came of it is the script's own matter
        wall.advance(minutes=1)
        clock._ticker.ring()
        await until(lambda: len(runtime.dispatched) == 2 and clock.in_flight == 0)
        assert await clock.list(GUILD) == []


async def test_a_mistake_of_ours_in_one_timer_leaves_it_and_the_others(
    work: Clockwork, runtime: FakeRuntime, caplog: pytest.LogCaptureFixture
) -> None:
    runtime.mistakes.append(ValueError("a bug"))
    async with running(work) as clock:
        await clock.schedule(Timer(GUILD, "first", START))
        await until(lambda: not runtime.mistakes and clock.in_flight == 0)
        await clock.schedule(Timer(GUILD, "second", START))
        await until(lambda: len(runtime.dispatched) == 1 and clock.in_flight == 0)
        assert [timer.name for timer in await clock.list(GUILD)] == ["first"]
    assert "a bug" in caplog.text


async def test_a_thousand_due_timers_of_a_guild_that_takes_none_are_one_line_and_no_rows(
    work: Clockwork, wall: Wall, runtime: FakeRuntime, said: Said
) -> None:
    async def fill(connection: Connection) -> None:
        await connection.execute(
            "INSERT INTO timer (guild_id, name, fire_at, try_at, payload)"
            " SELECT $1, 't' || n, $2, $2, 'null' FROM generate_series(1, 1000) n",
            GUILD,
            START,
        )

    await work.ask(fill)
    runtime.refuses = "PAUSED"
    pauses: list[float] = []
    async with running(work) as clock:
        for lines in range(1, 8):
            await until(partial(_told, clock, said, lines))
            again = await _next_try(work)
            pauses.append((again - wall()).total_seconds() / 60)
            wall.at = again
            clock._ticker.ring()
        await until(partial(_told, clock, said, 8))
        assert (await work.ask(list_runs, GUILD)).runs == []
        assert pauses == [1, 2, 4, 8, 15, 15, 15]
        assert said.lines[0] == "timers that are due wait for a minute: the guild is paused"
        assert work.outcomes["timer", "refused"] < 8 * 2 * 64
        runtime.refuses = None
        wall.at = await _next_try(work)
        clock._ticker.ring()
        await until(lambda: len(runtime.dispatched) == 1000)


def _delivered(clock: TimerClock, runtime: FakeRuntime, count: int) -> bool:
    return len(runtime.dispatched) == count and clock.in_flight == 0


def _told(clock: TimerClock, said: Said, lines: int) -> bool:
    return len(said.lines) == lines and clock.in_flight == 0


async def _next_try(work: Clockwork) -> datetime:
    """When the clock looks again; long from now when nothing waits."""
    moment: datetime | None = await work.ask(next_timer_moment)
    return moment or work.now() + timedelta(days=1)


@pytest.mark.soak
async def test_a_million_waiting_timers_cost_no_memory_to_speak_of(
    work: Clockwork, wall: Wall, runtime: FakeRuntime
) -> None:
    async def fill(connection: Connection) -> None:
        await connection.execute(
            "INSERT INTO timer (guild_id, name, fire_at, try_at, payload)"
            " SELECT 1000 + n / 1000, 't' || n, at, at, '{}' FROM generate_series(1, 1000000) n,"
            " LATERAL (SELECT $1::timestamptz + n * interval '1 s' AS at) due",
            START + timedelta(hours=1),
        )

    async def fill_patiently(connection: Connection) -> None:
        async with connection.transaction():
            await fill(connection)

    await work.database.run_alone(fill_patiently, 600)
    before = _resident_mib()
    async with running(work) as clock:
        assert await clock._turn() == 3601
        clock._ticker.ring()
        await clock.schedule(Timer(GUILD, "now", START))
        await until(lambda: len(runtime.dispatched) == 1 and clock.in_flight == 0)
        idle = process_time()
        for _ in range(10):
            await clock._turn()
        assert (process_time() - idle) / 10 < 0.05
        assert _resident_mib() - before < 5
        wall.advance(hours=1, seconds=3000)
        clock._ticker.ring()
        await until(lambda: len(runtime.dispatched) == 3001)


def _resident_mib() -> float:
    pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
    return pages * resource.getpagesize() / 2**20
