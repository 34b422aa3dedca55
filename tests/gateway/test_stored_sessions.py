"""Sessions in a real Valkey: a daemon that starts again resumes, hears what it missed, and spends no identify."""

from collections.abc import AsyncGenerator, Generator
from contextlib import asynccontextmanager

import pytest
import trio

from gateway.asks import DiscordAsks
from gateway.gateway import Gateway, GatewayParts, GatewayState, open_gateway
from gateway.inflate import Compression
from gateway.intents import DEFAULT
from gateway.local.discord import LocalConfig, LocalDiscord, open_local_discord
from gateway.rest import RestConfig, open_rest
from gateway.session import StoredSession
from gateway.session_store import LIFE_S, CachedSessions
from gateway.shards import ShardConfig
from storage.bridge import open_bridge
from storage.confidential import ServerUrl
from storage.limits import StorageLimits
from storage.redis.client import Cache, Commands, open_cache
from storage.redis.values import TimedValues
from tests.gateway.test_with_local_discord import messages
from tests.gateway.world import KeptKeeper, KeptRuntime
from tests.storage.servers import running_servers

SESSION = StoredSession("5e55", "ws://127.0.0.1:1", 41, 4)


@pytest.fixture(scope="session")
def valkey() -> Generator[ServerUrl]:
    with running_servers() as urls:
        yield urls.cache


@pytest.fixture
async def cache(valkey: ServerUrl) -> AsyncGenerator[Cache]:
    async with open_bridge() as bridge, open_cache(bridge, valkey, StorageLimits(cache_wait=30)) as opened:
        yield opened


async def test_what_is_saved_is_loaded_and_what_is_gone_is_gone(cache: Cache) -> None:
    sessions = CachedSessions(cache, "bot-a")
    assert await sessions.load(3, 4) is None
    await sessions.save(3, 4, SESSION)
    assert await CachedSessions(cache, "bot-a").load(3, 4) == SESSION
    assert await sessions.load(3, 8) is None, "another number of shards is another session"
    assert await CachedSessions(cache, "bot-b").load(3, 4) is None, "two bots on one cache do not meet"
    await sessions.save(3, 4, None)
    assert await sessions.load(3, 4) is None


async def test_a_stored_session_has_an_end(cache: Cache) -> None:
    await CachedSessions(cache, "bot-c").save(0, 1, SESSION)
    key = TimedValues(cache, "gateway-session", LIFE_S).key("bot-c/0/1")

    async def life_ms(commands: Commands) -> int:
        return int(await commands.eval("return redis.call('PTTL', KEYS[1])", 1, key))

    assert 0 < await cache.run(life_ms) <= LIFE_S * 1000


async def test_what_makes_no_sense_there_only_costs_an_identify(cache: Cache, caplog: pytest.LogCaptureFixture) -> None:
    await TimedValues(cache, "gateway-session", LIFE_S).put("bot-d/0/1", {"session_id": 5})
    assert await CachedSessions(cache, "bot-d").load(0, 1) is None
    assert "it identifies" in caplog.text


@asynccontextmanager
async def daemon(local: LocalDiscord, cache: Cache, runtime: KeptRuntime) -> AsyncGenerator[Gateway]:
    async with open_rest(RestConfig(token=local.token, api_url=local.api_url)) as rest:
        asks = DiscordAsks(rest.plain)
        parts = GatewayParts(asks, CachedSessions(cache, local.application_id), KeptKeeper())
        config = ShardConfig(token=local.token, intents=DEFAULT, compression=Compression.ZLIB)
        gateway = Gateway(GatewayState(asks), parts, config, runtime)
        async with open_gateway(gateway):
            with trio.fail_after(60):
                await gateway.shards.wait_live()
                yield gateway


async def test_a_daemon_that_starts_again_resumes_and_hears_what_it_missed(cache: Cache) -> None:
    runtime = KeptRuntime()
    async with open_local_discord(LocalConfig()) as local:
        person = local.world.people[0]
        channel = local.world.backend.get_guild(local.world.guild_id).channel_ids[0]
        async with daemon(local, cache, runtime) as gateway:
            local.people.say(person, channel, "before")
            while not messages(runtime):
                await runtime.changed.wait()
            assert gateway.shards.statuses()[0].statistics.identifies == 1
        local.people.say(person, channel, "meanwhile")
        async with daemon(local, cache, runtime) as gateway:
            local.people.say(person, channel, "after")
            while len(messages(runtime)) < 3:
                await runtime.changed.wait()
            assert gateway.shards.statuses()[0].statistics.identifies == 0
            assert gateway.shards.statuses()[0].statistics.resumes == 1
    assert messages(runtime) == ["before", "meanwhile", "after"]
