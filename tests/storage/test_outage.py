"""Half a minute without PostgreSQL and Valkey, while everything is at work: what needs them says so in time, the rest
goes on, and when they are back nobody has to do anything."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field

import pytest
import trio

from actors.isolate.process import open_zygote
from actors.outcomes import RunOutcome
from storage.bridge import Bridge
from storage.embedded import open_own
from storage.embedded.directory import DataDirectory, open_data_directory
from storage.embedded.postgres import PostgresServer
from storage.embedded.valkey import ValkeyServer
from storage.errors import CacheUnavailable, StorageUnavailable
from storage.ids import guild_id
from storage.kv import KvLimits, open_kv
from storage.limits import StorageLimits
from storage.postgres.database import Database, open_database
from storage.postgres.settings import read_settings, write_settings
from storage.redis.client import open_cache
from storage.redis.values import sessions
from tests.hostile.arena import until
from tests.storage.servers import reachable_directory

OUTAGE_S = 30.0
CALLERS = 4
PAUSE_S = 0.01
GUILD = guild_id(7)


@dataclass
class Tally:
    """How calls of one kind went."""

    done: int = 0
    refused: int = 0
    longest: float = 0.0
    texts: set[str] = field(default_factory=set)

    def forget(self) -> None:
        self.done = self.refused = 0
        self.longest = 0.0
        self.texts.clear()


async def keep_calling(tally: Tally, call: Callable[[], Awaitable[object]], enough: trio.Event) -> None:
    while not enough.is_set():
        began = trio.current_time()
        try:
            await call()
            tally.done += 1
        except (StorageUnavailable, CacheUnavailable) as error:
            tally.refused += 1
            tally.texts.add(str(error))
        tally.longest = max(tally.longest, trio.current_time() - began)
        await trio.sleep(PAUSE_S)


async def count_up(database: Database, limits: StorageLimits) -> None:
    settings = await database.run(read_settings, GUILD)
    await database.run(write_settings, GUILD, {"count": settings.version + 1}, settings.version, limits)


@dataclass
class Servers:
    """Both, in a task of their own, to be stopped and started in the middle."""

    nursery: trio.Nursery
    data: DataDirectory
    limits: StorageLimits
    _enough: trio.Event = field(default_factory=trio.Event)
    _stopped: trio.Event = field(default_factory=trio.Event)

    async def start(self) -> None:
        self._enough, self._stopped = trio.Event(), trio.Event()
        await self.nursery.start(self.run)

    async def stop(self) -> None:
        self._enough.set()
        await self._stopped.wait()

    async def run(self, *, task_status: trio.TaskStatus[None]) -> None:
        async with (
            open_own(PostgresServer(self.data), self.data, self.limits),
            open_own(ValkeyServer(self.data), self.data, self.limits),
        ):
            task_status.started()
            await self._enough.wait()
        self._stopped.set()


@pytest.mark.soak
async def test_half_a_minute_without_servers(bridge: Bridge) -> None:
    limits = StorageLimits()
    tallies = {name: Tally() for name in ("database", "cache", "values", "dispatches")}
    with reachable_directory() as home, open_data_directory(home / "data") as data:
        async with (
            open_database(bridge, PostgresServer(data).url, limits) as database,
            open_cache(bridge, ValkeyServer(data).url, limits) as cache,
            open_kv(home / "kv", KvLimits(), trio.current_time) as kv,
            open_zygote() as zygote,
            trio.open_nursery() as nursery,
        ):
            values = kv.guild(GUILD).store("s")
            servers = Servers(nursery, data, limits)
            await servers.start()
            isolate = await zygote.fork()
            await isolate.load('on("ping", async () => { await null; });')
            await database.migrate()

            async def dispatch() -> None:
                assert (await isolate.dispatch("ping", b"{}")).outcome is RunOutcome.OK

            async def remember() -> None:
                await sessions(cache).put("sid", {"user": "1"})
                assert await sessions(cache).get("sid") == {"user": "1"}

            calls: dict[str, Callable[[], Awaitable[object]]] = {
                "database": lambda: count_up(database, limits),
                "cache": remember,
                "values": lambda: values.increment("n"),
                "dispatches": dispatch,
            }
            enough = trio.Event()
            for name, call in calls.items():
                for _ in range(CALLERS if name != "database" else 1):
                    nursery.start_soon(keep_calling, tallies[name], call, enough)

            await trio.sleep(3)
            assert all(tally.done > 0 and tally.refused == 0 for tally in tallies.values()), tallies
            before = (await database.run(read_settings, GUILD)).version

            await servers.stop()
            for tally in tallies.values():
                tally.forget()
            await trio.sleep(OUTAGE_S)
            during = str(tallies)
            print(f"\naway for {OUTAGE_S:.0f} s: {during}")  # noqa: T201
            assert cache.health().degraded
            assert cache.health().failing_for > OUTAGE_S - 2
            assert tallies["database"].done == tallies["cache"].done == 0, during
            assert tallies["database"].refused > 0, during
            assert tallies["cache"].refused > 0, during
            assert tallies["database"].longest < limits.acquire_wait + limits.operation_wait, during
            assert tallies["cache"].longest < 2 * limits.cache_wait, during
            for unconcerned in ("values", "dispatches"):
                assert tallies[unconcerned].refused == 0, during
                assert tallies[unconcerned].done > 100 * OUTAGE_S * CALLERS * PAUSE_S, during

            await servers.start()
            back = trio.current_time()
            for tally in tallies.values():
                tally.forget()
            await until(lambda: tallies["database"].done and tallies["cache"].done)
            print(f"used again {trio.current_time() - back:.2f} s after they were back")  # noqa: T201
            assert not cache.health().degraded
            assert (await database.run(read_settings, GUILD)).version >= before, "nothing acknowledged is lost"
            opened, _idle = database.statistics()
            assert opened <= limits.database_connections
            enough.set()
            await servers.stop()
