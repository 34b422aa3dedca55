"""The API as it is served: a real socket, PostgreSQL, Valkey, LMDB and the bundler.

`world` has a stand-in for the runtime, which does as its scripts say; `real_world` has the runtime with its isolates.
"""

from collections.abc import AsyncGenerator, AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import httpx2
import pytest
import trio

from actors.clockwork import Clockwork
from actors.cron import CronClock
from actors.guild.surroundings import Surroundings
from actors.loghub import LogHub
from actors.metrics import Metrics
from actors.ops import Caller, OpRefusedError, OpTable, ScopeTarget
from actors.refs import Runtime
from actors.system import System, open_runtime
from actors.timers import TimerClock
from actors.vault import Vault
from api.access import MANAGE_GUILD, OWNER
from api.assembly import Api, ApiNeeds, open_api
from api.config import Config, load_config
from api.deployed import DatabaseBundles
from api.server import Serving, serve_app
from sdk.bundler import Bundler, open_bundler
from storage.bridge import Bridge
from storage.confidential import Secret
from storage.embedded import ServerUrls
from storage.encryption import KeyRing
from storage.guild_logs import GuildLogLimits, open_guild_logs
from storage.ids import GuildId, NodeId, UserId, guild_id
from storage.kv import KeyValueStore, KvLimits, open_kv
from storage.limits import StorageLimits
from storage.postgres.database import Database, open_database
from storage.postgres.token_create import CreatedToken, NewToken, create_token
from storage.redis.client import Commands, open_cache
from tests.api.fake_runtime import FakeRuntime
from tests.storage.conftest import bridge, drop_database, embedded, fresh_database, limits

__all__ = ["bridge", "embedded", "limits"]

GUILD, OTHER = guild_id(81384788765712384), guild_id(7)
ADA, BOB = UserId(80351110224678912), UserId(53908232506183680)
"""Ada administrates GUILD; Bob is a member of it."""
MAIN = "on('messageCreate', () => {});\n"


@dataclass
class People:
    """The Directory of these tests."""

    bits: dict[tuple[GuildId, UserId], int] = field(default_factory=dict)

    async def permissions(self, guild: GuildId, user: UserId) -> int | None:
        return self.bits.get((guild, user))

    async def is_in(self, guild: GuildId) -> bool:
        return any(one == guild for one, _user in self.bits)

    async def name_of(self, guild: GuildId) -> str | None:
        return f"guild {guild}" if any(one == guild for one, _user in self.bits) else None

    async def guilds(self) -> dict[GuildId, str]:
        return {guild: f"guild {guild}" for guild, _user in self.bits}


@dataclass
class World:
    """The served API, and all that stands behind it."""

    api: Api
    config: Config
    runtime: Runtime
    database: Database
    kv: KeyValueStore
    logs: LogHub
    people: People
    url: str
    client: httpx2.AsyncClient
    deployed: list[tuple[GuildId, Any]]
    flush: Any
    stop: trio.Event

    @property
    def fake(self) -> FakeRuntime:
        assert isinstance(self.runtime, FakeRuntime)
        return self.runtime

    async def token(self, user: UserId = ADA, *scopes: str, **terms: Any) -> str:
        new = NewToken(user, "test", scopes or ("full",), **terms)
        made = await self.database.run(create_token, new, self.database.limits)
        assert isinstance(made, CreatedToken)
        return made.text.reveal()

    async def operator(self) -> str:
        return await self.token(OWNER, "operator")

    async def ask(self, method: str, path: str, token: str | None = None, **more: Any) -> httpx2.Response:
        headers = {**more.pop("headers", {}), **({"authorization": f"Bearer {token}"} if token else {})}
        return await self.client.request(method, path, headers=headers, **more)

    async def deploy(self, token: str, source: str = MAIN, guild: GuildId = GUILD, **more: Any) -> httpx2.Response:
        body = {"entry": "main.ts", "files": [{"path": "main.ts", "contents": source}]}
        return await self.ask("POST", f"/api/deployments/{guild}", token, json=body | more.pop("body", {}), **more)


@asynccontextmanager
async def open_world(  # noqa: PLR0917
    folder: Path,
    bridge: Bridge,
    servers: ServerUrls,
    limits: StorageLimits,
    bundler: Bundler,
    environ: dict[str, str] | None = None,
    port: int = 0,
    *,
    real: bool = False,
    **needs_more: Any,
) -> AsyncIterator[World]:
    url = await fresh_database(bridge, servers.database, limits)
    config = load_config(None, {"API_PUBLIC_URL": "http://flora.test", **(environ or {})})
    people = People({(GUILD, ADA): MANAGE_GUILD, (GUILD, BOB): 0})
    deployed: list[tuple[GuildId, Any]] = []
    async with AsyncExitStack() as stack:
        enter = stack.enter_async_context
        database = await enter(open_database(bridge, url, limits))
        cache = await enter(open_cache(bridge, servers.cache, limits))
        await cache.run(_emptied)  # callers are counted there, and every world's first token is number 1
        kv = await enter(open_kv(folder / "kv", KvLimits(map_bytes=1 << 30, journal_bytes=1 << 20), _seconds))
        guild_logs = await enter(open_guild_logs(folder / "logs", GuildLogLimits(map_bytes=1 << 30), _seconds))
        logs = LogHub(guild_logs)
        ring = KeyRing([b"k" * 32])
        metrics = Metrics()
        runtime = await enter(_isolates(config, database, logs, metrics)) if real else FakeRuntime()
        work = Clockwork(database=database, runtime=runtime, logs=logs, now=_now, node=NodeId("n-1"))
        crons, timers = CronClock(work), TimerClock(work)
        nursery = await enter(trio.open_nursery())
        await nursery.start(crons.run)
        given: dict[str, Any] = {"directory": people, **needs_more}
        needs = ApiNeeds(
            **given,
            config=config,
            secret=Secret("s" * 40),
            runtime=runtime,
            database=database,
            cache=cache,
            kv=kv,
            ring=ring,
            logs=logs,
            metrics=metrics,
            vault=Vault(database, ring, trio.current_time),
            crons=crons,
            timers=timers,
            bundler=bundler,
            now=_now,
            deployed=lambda guild, registrations: deployed.append((guild, registrations)),
        )
        api = await enter(open_api(needs))
        stop = trio.Event()
        (address,) = await nursery.start(serve_app, api.app, Serving((f"127.0.0.1:{port}",), graceful_s=2), stop)
        client = await enter(httpx2.AsyncClient(base_url=address, timeout=30, trust_env=False))
        yield World(api, config, runtime, database, kv, logs, people, address, client, deployed, guild_logs.flush, stop)
        await client.aclose()
        stop.set()
        nursery.cancel_scope.cancel()
    async with open_database(bridge, servers.database, limits) as server:
        await server.run_alone(drop_database, 60, urlsplit(url.reveal()).path[1:])


async def _emptied(commands: Commands) -> None:
    await commands.eval("redis.call('FLUSHDB')", 0)


class _Nowhere:
    """Scripts of these tests ask Discord for nothing."""

    async def check(self, caller: Caller, target: ScopeTarget, value: str) -> None:  # noqa: ARG002
        raise OpRefusedError("SCOPE_FORBIDDEN", value)


def _isolates(
    config: Config, database: Database, logs: LogHub, metrics: Metrics
) -> AbstractAsyncContextManager[System]:
    around = Surroundings(
        ops=OpTable(),
        scopes=_Nowhere(),
        logs=logs,
        bundles=DatabaseBundles(database),
        observer=metrics,
        limits=config.runtime,
        isolate_limits=config.isolate,
    )
    return open_runtime(around, workers=2)


def _now() -> datetime:
    return datetime.now(UTC)


def _seconds() -> float:
    return _now().timestamp()


@pytest.fixture
async def bundler() -> AsyncGenerator[Bundler]:
    async with open_bundler() as opened:
        yield opened


@pytest.fixture
def opener(
    tmp_path: Path, bridge: Bridge, embedded: ServerUrls, limits: StorageLimits, bundler: Bundler
) -> Callable[..., AbstractAsyncContextManager[World]]:
    """Opens a world with settings of its own."""
    return partial(open_world, tmp_path, bridge, embedded, limits, bundler)


@pytest.fixture
async def world(
    tmp_path: Path, bridge: Bridge, embedded: ServerUrls, limits: StorageLimits, bundler: Bundler
) -> AsyncGenerator[World]:
    async with open_world(tmp_path, bridge, embedded, limits, bundler) as opened:
        yield opened


@pytest.fixture
async def real_world(
    tmp_path: Path, bridge: Bridge, embedded: ServerUrls, limits: StorageLimits, bundler: Bundler
) -> AsyncGenerator[World]:
    async with open_world(
        tmp_path, bridge, embedded, limits, bundler, {"RUNTIME_LOAD_TIMEOUT_SECS": "2"}, real=True
    ) as opened:
        yield opened
