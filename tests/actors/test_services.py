"""The services together, as the daemon opens them."""

from pathlib import Path

import msgspec

from actors.loghub import LogHub
from actors.metrics import Metrics
from actors.ops import OpTable
from actors.services import Needs, open_services
from storage.encryption import KeyRing
from storage.guild_logs import GuildLogLimits, open_guild_logs
from storage.ids import NodeId
from storage.kv import KeyValueStore
from storage.postgres.database import Database
from tests.actors.clocks.conftest import GUILD, FakeRuntime, Wall, until
from tests.actors.operations.conftest import NoScopes, Script, bridge, clock, database, embedded, kv, limits

__all__ = ["bridge", "clock", "database", "embedded", "kv", "limits"]


async def test_a_script_reaches_everything_through_one_table(
    database: Database, kv: KeyValueStore, tmp_path: Path
) -> None:
    table, runtime, wall, metrics = OpTable(), FakeRuntime(), Wall(), Metrics()
    async with open_guild_logs(tmp_path / "logs", GuildLogLimits(map_bytes=1 << 30), lambda: 0.0) as logs:
        needs = Needs(
            table=table,
            database=database,
            kv=kv,
            logs=LogHub(logs),
            runtime=runtime,
            ring=KeyRing([bytes(32)]),
            node=NodeId("n-1"),
            now=wall,
        )
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
