"""Weeks of a gateway's life: guilds, threads, messages, webhooks, interactions come and go; memory does not grow."""

import gc
import itertools
import random
import tracemalloc
from collections.abc import Iterator, Sequence

import msgspec
import pytest
import trio
from trio.testing import MockClock

from actors.ops import OpRefusedError, ScopeRule
from actors.refs import GuildEvent
from gateway.envelope import Dispatch, ReadyBody, decode_ready
from gateway.gateway import Gateway, GatewayParts, GatewayState
from gateway.intents import DEFAULT
from gateway.scope import Scopes
from gateway.session_store import NoSessions
from gateway.shards import ShardConfig
from storage.ids import GuildId
from tests.gateway.world import KeptApi, KeptKeeper

GUILDS = 20
THREADS_A_DAY = 60
MESSAGES_A_DAY = 120
STRANGERS_A_DAY = 400
DAY_S = 86_400.0
FIRST = 10**17


class Forgetful:
    """A runtime that keeps nothing."""

    def deliver(self, events: Sequence[GuildEvent]) -> None: ...

    def hears(self, guild: GuildId) -> None: ...

    def heard(self) -> None: ...

    def guilds(self) -> Sequence[GuildId]:
        return ()


class Life:
    """What Discord tells in a day."""

    def __init__(self) -> None:
        self._ids = itertools.count(FIRST * 5)
        self._random = random.Random(4)
        self.guilds = [FIRST + number for number in range(GUILDS)]

    def new(self) -> str:
        return str(next(self._ids))

    def guild_create(self, guild: int) -> Dispatch:
        own = {"user": {"id": "900"}, "roles": [str(guild)]}
        channels = [{"id": str(guild * 10 + number), "type": 0} for number in range(20)]
        body = {"id": str(guild), "owner_id": "7", "roles": [{"id": str(guild), "permissions": "8"}],
                "channels": channels, "threads": [], "members": [own]}  # fmt: skip
        return event("GUILD_CREATE", body)

    def day(self) -> Iterator[Dispatch]:
        """Some guilds throw the bot out and have it back; the rest talk."""
        for guild in self._random.sample(self.guilds, 3):
            yield event("GUILD_DELETE", {"id": str(guild)})
            yield self.guild_create(guild)
        for guild in self.guilds:
            yield from self._threads(str(guild))
            yield from self._talk(str(guild))
            yield from self._changes(str(guild))

    def _threads(self, guild: str) -> Iterator[Dispatch]:
        for number in range(THREADS_A_DAY):
            thread = {"id": self.new(), "guild_id": guild, "parent_id": f"{guild}0", "type": 11}
            yield event("THREAD_CREATE", thread)
            if number % 10:
                yield event("THREAD_UPDATE", thread | {"thread_metadata": {"archived": True}})
            else:
                yield event("THREAD_DELETE", thread)

    def _talk(self, guild: str) -> Iterator[Dispatch]:
        for number in range(MESSAGES_A_DAY):
            message = {"id": self.new(), "guild_id": guild, "channel_id": f"{guild}1", "author": {"id": "7"},
                       "content": "x" * self._random.randrange(20, 400)}  # fmt: skip
            yield event("MESSAGE_CREATE", message)
            if number % 5 == 0:
                yield event("MESSAGE_UPDATE", message | {"content": "edited"})
            if number % 7 == 0:
                yield event("MESSAGE_DELETE", {key: message[key] for key in ("id", "guild_id", "channel_id")})

    def _changes(self, guild: str) -> Iterator[Dispatch]:
        role = {"id": self.new(), "permissions": "1"}
        channel = {"id": self.new(), "guild_id": guild, "type": 0,
                   "permission_overwrites": [{"id": guild, "allow": "1", "deny": "0"}]}  # fmt: skip
        yield event("CHANNEL_CREATE", channel)
        yield event("CHANNEL_DELETE", channel)
        yield event("GUILD_ROLE_CREATE", {"guild_id": guild, "role": role})
        yield event("GUILD_ROLE_DELETE", {"guild_id": guild, "role_id": role["id"]})
        yield event("WEBHOOKS_UPDATE", {"guild_id": guild, "channel_id": f"{guild}1"})
        for _ in range(30):
            number = self.new()
            yield event("INTERACTION_CREATE", {"id": number, "token": f"token {number}", "type": 2, "guild_id": guild})


def event(name: str, body: object) -> Dispatch:
    return Dispatch(name, msgspec.json.encode(body))


def ready() -> ReadyBody:
    return decode_ready(msgspec.Raw(b'{"session_id":"s","resume_gateway_url":"","user":{"id":"900"},"guilds":[]}'))


def batches(events: Iterator[Dispatch]) -> Iterator[list[Dispatch]]:
    while batch := list(itertools.islice(events, 50)):
        yield batch


async def live(gateway: Gateway, life: Life, days: int) -> None:
    scopes = gateway.state.scopes
    assert isinstance(scopes, Scopes)
    for _ in range(days):
        for batch in batches(life.day()):
            gateway.inbound.events(batch)
        for number in range(STRANGERS_A_DAY):
            asker = GuildId(life.guilds[number % GUILDS])
            rule = ScopeRule.WEBHOOK if number % 2 else ScopeRule.CHANNEL
            try:
                await scopes.owner(rule, int(life.new()), asker)
            except OpRefusedError:
                await trio.sleep(60)
        await trio.sleep(DAY_S)


def used() -> int:
    gc.collect()
    return tracemalloc.get_traced_memory()[0]


async def test_weeks_later_as_much_is_kept_as_after_the_first(
    autojump_clock: MockClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The bounds of what Discord was asked for are lowered, so that they are met within days."""
    monkeypatch.setattr("gateway.guild_cache.THREADS_LOOKED_UP_KEPT", 1000)
    monkeypatch.setattr("gateway.scope.STRANGERS_KEPT", 1000)
    api = KeptApi()
    gateway = Gateway(
        GatewayState(api), GatewayParts(api, NoSessions(), KeptKeeper()),
        ShardConfig(token="token", intents=DEFAULT), Forgetful(),
    )  # fmt: skip
    life = Life()
    async with trio.open_nursery() as nursery:
        nursery.start_soon(gateway.lifecycle.run)
        gateway.inbound.ready(ready(), lambda _: True)
        gateway.inbound.events([life.guild_create(guild) for guild in life.guilds])
        tracemalloc.start()
        try:
            await live(gateway, life, 5)
            api.asked.clear()
            after_the_first = used()
            kept = gateway.state.cache.memory_bytes(), gateway.old.memory_bytes
            await live(gateway, life, 10)
            api.asked.clear()
            weeks_later = used()
        finally:
            tracemalloc.stop()
        nursery.cancel_scope.cancel()
    assert gateway.state.cache.memory_bytes() <= kept[0] * 1.1
    assert gateway.old.memory_bytes <= kept[1] * 1.1
    assert len(gateway.state.cache) == GUILDS
    assert weeks_later < after_the_first * 1.05, f"{after_the_first} bytes, then {weeks_later}"
