"""Our client against the local Discord: asked where the gateway is, connected, told, and asked again."""

from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from typing import Any

import msgspec
import trio

from gateway.asks import DiscordAsks
from gateway.gateway import Gateway, GatewayParts, GatewayState, open_gateway
from gateway.inflate import Compression
from gateway.intents import DEFAULT
from gateway.local.discord import LocalConfig, LocalDiscord, open_local_discord
from gateway.rest import RestCall, RestClient, RestConfig, open_rest
from gateway.session_store import NoSessions
from gateway.shards import ShardConfig
from storage.ids import GuildId
from tests.gateway.world import KeptKeeper, KeptRuntime


def _decoded(body: bytes) -> Any:
    return msgspec.json.decode(body)


@asynccontextmanager
async def connected(
    runtime: KeptRuntime, discord: LocalConfig | None = None
) -> AsyncGenerator[tuple[LocalDiscord, RestClient, Gateway, str]]:
    """A local Discord, our two halves on it, and a text channel of its guild."""
    async with (
        open_local_discord(discord or LocalConfig()) as local,
        open_rest(RestConfig(token=local.token, api_url=local.api_url)) as rest,
    ):
        asks = DiscordAsks(rest.plain)
        config = ShardConfig(token=local.token, intents=DEFAULT, compression=Compression.ZSTD)
        gateway = Gateway(GatewayState(asks), GatewayParts(asks, NoSessions(), KeptKeeper()), config, runtime)
        async with open_gateway(gateway):
            with trio.fail_after(60):
                await gateway.shards.wait_live()
                path = {"guild_id": str(local.guild_id)}
                channels = _decoded((await rest.request(RestCall("GET", "/guilds/{guild_id}/channels", path))).body)
                yield local, rest, gateway, next(one["id"] for one in channels if one["type"] == 0)


async def say(rest: RestClient, channel: str, text: str) -> None:
    await rest.request(
        RestCall("POST", "/channels/{channel_id}/messages", {"channel_id": channel}, json={"content": text})
    )


def messages(runtime: KeptRuntime) -> list[str]:
    return [_decoded(event.payload)["content"] for event in runtime.taken if event.name == "messageCreate"]


async def test_a_message_goes_out_over_rest_and_comes_back_over_the_gateway() -> None:
    runtime = KeptRuntime()
    async with connected(runtime) as (local, rest, gateway, channel):
        await say(rest, channel, "hello")
        while not messages(runtime):
            await runtime.changed.wait()
        guild = GuildId(int(local.guild_id))
        assert gateway.state.cache.guild_of_channel(int(channel)) == guild
    assert messages(runtime) == ["hello"]
    assert {event.guild for event in runtime.taken} == {guild}
    assert rest.limits.refused == 0


async def test_dropped_lines_and_reconnects_lose_and_double_nothing() -> None:
    """Whatever is said while a line is down comes with the resume; no identify is spent on it."""
    runtime = KeptRuntime()
    async with connected(runtime) as (local, rest, gateway, channel):
        faults = (
            local.faults.drop_connections,
            local.faults.reconnect,
            lambda: local.faults.invalidate(resumable=True),
        )
        for number in range(12):
            if number % 3 == 1:
                faults[number // 3 % 3]()
            await say(rest, channel, f"message {number}")
        while len(messages(runtime)) < 12:
            await runtime.changed.wait()
        (status,) = gateway.shards.statuses()
        assert status.statistics.identifies == 1
        assert status.statistics.connections > 1
    assert messages(runtime) == [f"message {number}" for number in range(12)]


async def test_a_line_on_which_nothing_passes_is_left_and_resumed() -> None:
    """Half-open: the socket stays, and neither events nor acks nor a goodbye come. The heartbeat tells."""
    runtime = KeptRuntime()
    async with connected(runtime, LocalConfig(heartbeat_ms=150)) as (local, rest, gateway, channel):
        for number in range(3):
            before = gateway.shards.statuses()[0].statistics.connections
            local.faults.freeze_connections()
            await say(rest, channel, f"message {number}")
            while len(messages(runtime)) <= number:
                await runtime.changed.wait()
            assert gateway.shards.statuses()[0].statistics.connections > before
        assert gateway.shards.statuses()[0].statistics.identifies == 1
    assert messages(runtime) == [f"message {number}" for number in range(3)]
