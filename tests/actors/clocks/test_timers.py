"""One-off timers: at least once, whatever ends meanwhile."""

from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import timedelta

import trio

from actors.clockwork import Clockwork
from actors.operations.timers import register_timers
from actors.ops import OpTable
from actors.timers import IN_FLIGHT_OF_A_GUILD, TimerClock
from storage.ids import NodeId, guild_id
from storage.records import Timer
from tests.actors.clocks.conftest import GUILD, START, FakeRuntime, Wall, until
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
        clock._alarm.ring()
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
        assert waiting.fire_at == START + timedelta(minutes=1)
        runtime.refuses = None
        wall.advance(minutes=1)
        clock._alarm.ring()
        await until(lambda: len(runtime.dispatched) == 1)


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
