"""The database goes and comes back under the clocks: nothing runs twice or is forgotten, every outcome is kept."""

from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import timedelta
from typing import Any, cast

import pytest
import trio

from actors.clockwork import Clockwork
from actors.cron import CronClock
from actors.timers import TimerClock
from storage.errors import StorageUnavailable
from storage.limits import StorageLimits
from storage.postgres.database import Database
from storage.records import Timer
from tests.actors.clocks.conftest import GUILD, START, FakeRuntime, Wall, until


class Unsteady:
    """A database that is away when it is told to be."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self.away = False
        self.refused = 0

    @property
    def limits(self) -> StorageLimits:
        return self._database.limits

    async def run(self, operation: Any, *arguments: Any, **named: Any) -> Any:
        if self.away:
            self.refused += 1
            raise StorageUnavailable("PostgreSQL does not answer")
        return await self._database.run(operation, *arguments, **named)


@pytest.fixture
def unsteady(database: Database) -> Unsteady:
    return Unsteady(database)


@asynccontextmanager
async def running(work: Clockwork, unsteady: Unsteady) -> AsyncGenerator[tuple[CronClock, TimerClock]]:
    weak = replace(work, database=cast("Database", unsteady))
    crons, timers = CronClock(weak), TimerClock(weak)
    async with trio.open_nursery() as nursery:
        await nursery.start(crons.run)
        await nursery.start(timers.run)
        yield crons, timers
        nursery.cancel_scope.cancel()


async def test_an_outage_while_something_is_due_delays_it(
    work: Clockwork, unsteady: Unsteady, wall: Wall, runtime: FakeRuntime
) -> None:
    async with running(work, unsteady) as (crons, timers):
        await crons.replace(GUILD, {"crons": [{"name": "tick", "schedule": "* * * * *"}]})
        await timers.schedule(Timer(GUILD, "remind", START + timedelta(seconds=31)))
        unsteady.away = True
        wall.advance(seconds=31)
        crons.changed()
        timers._ticker.ring()
        await until(lambda: unsteady.refused >= 2)
        assert runtime.dispatched == []
        unsteady.away = False
        await until(lambda: len(runtime.dispatched) == 2)
        await until(lambda: timers.in_flight == 0 and not crons._ends)
        runs = (await crons.runs(GUILD, None, None, 10)).runs
    assert sorted((run.name, run.outcome) for run in runs) == [("remind", "ok"), ("tick", "ok")]


async def test_an_outage_while_something_runs_does_not_lose_its_outcome(
    work: Clockwork, unsteady: Unsteady, wall: Wall, runtime: FakeRuntime
) -> None:
    runtime.gate = trio.Event()
    async with running(work, unsteady) as (crons, _timers):
        await crons.replace(GUILD, {"crons": [{"name": "tick", "schedule": "* * * * *"}]})
        wall.advance(seconds=31)
        crons.changed()
        await until(lambda: len(runtime.dispatched) == 1)
        unsteady.away = True
        runtime.gate.set()
        await until(lambda: unsteady.refused >= 2)
        unsteady.away = False
        await until(lambda: not crons._ends)
        (run,) = (await crons.runs(GUILD, None, None, 10)).runs
    assert run.outcome == "ok"


async def test_a_daemon_that_starts_without_its_database_follows_its_crons_when_it_is_there(
    work: Clockwork, unsteady: Unsteady, wall: Wall, runtime: FakeRuntime
) -> None:
    await CronClock(work).replace(GUILD, {"crons": [{"name": "tick", "schedule": "* * * * *"}]})
    unsteady.away = True
    async with running(work, unsteady):
        wall.advance(seconds=31)
        await until(lambda: unsteady.refused >= 2)
        unsteady.away = False
        await until(lambda: len(runtime.dispatched) == 1)


async def test_a_run_that_is_cut_by_the_end_is_recorded_as_cancelled(
    work: Clockwork, unsteady: Unsteady, wall: Wall, runtime: FakeRuntime
) -> None:
    runtime.gate = trio.Event()
    async with running(work, unsteady) as (crons, _timers):
        await crons.replace(GUILD, {"crons": [{"name": "tick", "schedule": "* * * * *"}]})
        wall.advance(seconds=31)
        crons.changed()
        await until(lambda: len(runtime.dispatched) == 1)
    (run,) = (await CronClock(work).runs(GUILD, None, None, 10)).runs
    assert (run.outcome, run.error) == ("cancelled", "flora stopped before it ended")
