"""The services together, as the daemon opens them."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import msgspec
import pytest
import trio

from actors.cron import CronClock
from actors.loghub import LogHub
from actors.metrics import Metrics
from actors.ops import OpTable
from actors.services import Needs, open_services
from storage.encryption import KeyRing
from storage.errors import DatabaseInUse
from storage.guild_logs import GuildLogLimits, open_guild_logs
from storage.ids import NodeId
from storage.kv import KeyValueStore
from storage.postgres.connection import Connection
from storage.postgres.database import Database
from storage.postgres.runs import list_runs
from storage.records import Timer
from tests.actors.clocks.conftest import GUILD, FakeRuntime, Wall, until
from tests.actors.operations.conftest import NoScopes, Script, bridge, clock, database, embedded, kv, limits

__all__ = ["bridge", "clock", "database", "embedded", "kv", "limits"]


def needs_of(database: Database, kv: KeyValueStore, logs: LogHub, runtime: FakeRuntime, wall: Wall) -> Needs:
    return Needs(
        table=OpTable(),
        database=database,
        kv=kv,
        logs=logs,
        runtime=runtime,
        ring=KeyRing([bytes(32)]),
        node=NodeId("n-1"),
        now=wall,
    )


async def test_a_script_reaches_everything_through_one_table(
    database: Database, kv: KeyValueStore, tmp_path: Path
) -> None:
    table, runtime, wall, metrics = OpTable(), FakeRuntime(), Wall(), Metrics()
    async with open_guild_logs(tmp_path / "logs", GuildLogLimits(map_bytes=1 << 30), lambda: 0.0) as logs:
        needs = replace(needs_of(database, kv, LogHub(logs), runtime, wall), table=table)
        async with open_services(needs) as services:
            metrics.add(services.metrics)

            async def ask(name: str, /, **arguments: object) -> object:
                answer = await table.answer(NoScopes(), Script(GUILD), name, msgspec.json.encode(arguments))
                return msgspec.json.decode(answer)

            await services.crons.replace(GUILD, {"crons": [{"name": "tick", "schedule": "* * * * *"}]})
            await ask("kv.set", store="s", key="k", value=1)
            await ask("timers.schedule", name="now", at=0)
            await until(lambda: [name for _guild, name, _payload in runtime.dispatched] == ["__timer"])
            await ask("cron.run", name="tick")
            await until(lambda: len(runtime.dispatched) == 2)
            assert await ask("secrets.get", name="NONE") is None
            assert await ask("vars.list") == {}
            scrape = (await metrics.render()).decode()
    assert 'flora_scheduled_runs_total{kind="timer",outcome="ok"} 1.0' in scrape
    assert "flora_kv_operations_total 1.0" in scrape
    assert {op.name.partition(".")[0] for op in table} == {"kv", "secrets", "vars", "cron", "timers", "fetch"}


@pytest.mark.parametrize("outcome", ["ok", "cancelled"])
async def test_what_is_under_way_at_the_end_may_end_unless_somebody_hurries(
    database: Database, kv: KeyValueStore, tmp_path: Path, outcome: str
) -> None:
    runtime, wall = FakeRuntime(), Wall()
    runtime.gate = trio.Event()
    async with (
        open_guild_logs(tmp_path / "logs", GuildLogLimits(map_bytes=1 << 30), lambda: 0.0) as logs,
        trio.open_nursery() as nursery,
    ):
        with trio.CancelScope() as scope:
            async with open_services(needs_of(database, kv, LogHub(logs), runtime, wall)) as services:
                crons = services.crons
                await crons.replace(GUILD, {"crons": [{"name": "tick", "schedule": "* * * * *"}]})
                await crons.run_now(GUILD, "tick")
                await until(lambda: len(runtime.dispatched) == 1)
                then = runtime.gate.set if outcome == "ok" else scope.cancel
                nursery.start_soon(_once_stopping, crons, then)
        (run,) = (await database.run(list_runs, GUILD)).runs
    assert run.outcome == outcome


async def _once_stopping(crons: CronClock, then: Callable[[], None]) -> None:
    await until(lambda: crons._ticker.stopping)
    then()


async def test_what_does_not_end_is_cut_at_the_deadline_and_a_timer_waits_for_the_next_start(
    database: Database, kv: KeyValueStore, tmp_path: Path
) -> None:
    runtime, wall = FakeRuntime(), Wall()
    runtime.gate = trio.Event()
    async with open_guild_logs(tmp_path / "logs", GuildLogLimits(map_bytes=1 << 30), lambda: 0.0) as logs:
        needs = replace(needs_of(database, kv, LogHub(logs), runtime, wall), drain_s=0.01)
        async with open_services(needs) as services:
            await services.timers.schedule(Timer(GUILD, "remind", wall()))
            await until(lambda: len(runtime.dispatched) == 1)
        runtime.gate = None
        async with open_services(replace(needs, table=OpTable(), node=NodeId("n-2"))):
            await until(lambda: len(runtime.dispatched) == 2)


async def test_a_second_daemon_on_the_same_database_refuses_to_start_and_harms_no_run(
    database: Database, kv: KeyValueStore, tmp_path: Path
) -> None:
    runtime, wall = FakeRuntime(), Wall()
    runtime.gate = trio.Event()
    async with open_guild_logs(tmp_path / "logs", GuildLogLimits(map_bytes=1 << 30), lambda: 0.0) as logs:
        needs = needs_of(database, kv, LogHub(logs), runtime, wall)
        async with open_services(needs) as services:
            await services.timers.schedule(Timer(GUILD, "remind", wall()))
            await until(lambda: len(runtime.dispatched) == 1)
            second = replace(needs, table=OpTable(), node=NodeId("n-2"), patience_s=0.1)
            alone = pytest.RaisesExc(DatabaseInUse, match="another flora runs on this database")
            with pytest.RaisesGroup(alone, flatten_subgroups=True):
                async with open_services(second):
                    raise AssertionError("it runs")
            runtime.gate.set()
            await until(lambda: services.timers.in_flight == 0)
        async with open_services(replace(second, table=OpTable(), patience_s=60)) as services:
            assert await services.timers.list(GUILD) == []
    assert len(runtime.dispatched) == 1


async def test_a_hold_that_was_lost_is_taken_anew(
    database: Database, kv: KeyValueStore, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    async def cut(connection: Connection) -> int:
        cut: int = await connection.fetchval(
            "SELECT count(pg_terminate_backend(pid)) FROM pg_locks"
            " WHERE locktype = 'advisory' AND granted AND pid <> pg_backend_pid()"
            " AND database = (SELECT oid FROM pg_database WHERE datname = current_database())"
        )
        return cut

    async with open_guild_logs(tmp_path / "logs", GuildLogLimits(map_bytes=1 << 30), lambda: 0.0) as logs:
        needs = needs_of(database, kv, LogHub(logs), FakeRuntime(), Wall())
        async with open_services(needs):
            assert await database.run(cut) == 1
            with caplog.at_level("INFO"):
                await until(lambda: "there again, and ours" in caplog.text)
