"""A whole gateway against the scripted one: what it asks of Discord, the runtime and the stores is kept here."""

from collections.abc import AsyncGenerator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

import trio

from actors.refs import GuildEvent
from gateway.discord_api import DiscordRefusesError, GatewayAdvice, SessionStartLimit
from gateway.gateway import Gateway, GatewayParts, GatewayState, open_gateway
from gateway.inflate import Compression
from gateway.intents import DEFAULT
from gateway.session import StoredSession
from gateway.shards import ShardConfig
from storage.ids import GuildId


@dataclass
class KeptRuntime:
    """Takes events, and has the guilds it is told to have."""

    ours: list[GuildId] = field(default_factory=list[GuildId])
    taken: list[GuildEvent] = field(default_factory=list[GuildEvent])
    listened: frozenset[str] | None = None
    """Events to which somebody listens; None: to all."""
    changed: trio.Event = field(default_factory=trio.Event)

    def deliver(self, events: Sequence[GuildEvent]) -> None:
        self.taken += events
        self.changed.set()
        self.changed = trio.Event()

    def hears(self, guild: GuildId) -> frozenset[str] | None:  # noqa: ARG002
        return self.listened

    def heard(self) -> frozenset[str] | None:
        return self.listened

    def guilds(self) -> Sequence[GuildId]:
        return self.ours

    async def until(self, count: int) -> None:
        while len(self.taken) < count:
            await self.changed.wait()


@dataclass
class KeptApi:
    """Discord over HTTP."""

    url: str = ""
    shards: int = 1
    remaining: int = 900
    max_concurrency: int = 1
    flags: int = 0
    channels: dict[int, int] = field(default_factory=dict[int, int])
    webhooks: dict[int, int] = field(default_factory=dict[int, int])
    asked: list[int] = field(default_factory=list[int])
    said: list[tuple[int, str, str]] = field(default_factory=list[tuple[int, str, str]])
    heard: trio.Event = field(default_factory=trio.Event)
    refuses: bool = False

    async def gateway_advice(self) -> GatewayAdvice:
        await trio.lowlevel.checkpoint()
        if self.refuses:
            raise DiscordRefusesError
        return GatewayAdvice(
            self.url, self.shards, SessionStartLimit(1000, self.remaining, 3_600_000, self.max_concurrency)
        )

    async def application_flags(self) -> int:
        await trio.lowlevel.checkpoint()
        return self.flags

    async def guild_of_channel(self, channel: int, asker: GuildId) -> int | None:
        await trio.lowlevel.checkpoint()
        assert asker
        self.asked.append(channel)
        return self.channels.get(channel)

    async def guild_of_webhook(self, webhook: int, asker: GuildId) -> int | None:
        await trio.lowlevel.checkpoint()
        assert asker
        self.asked.append(webhook)
        return self.webhooks.get(webhook)

    async def say_it_failed(self, interaction: int, token: str, text: str) -> None:
        await trio.lowlevel.checkpoint()
        self.said.append((interaction, token, text))
        self.heard.set()


@dataclass
class KeptSessions:
    """A store that a test can look into."""

    sessions: dict[tuple[int, int], StoredSession | None] = field(
        default_factory=dict[tuple[int, int], StoredSession | None]
    )

    async def load(self, shard: int, count: int) -> StoredSession | None:
        await trio.lowlevel.checkpoint()
        return self.sessions.get((shard, count))

    async def save(self, shard: int, count: int, session: StoredSession | None) -> None:
        await trio.lowlevel.checkpoint()
        self.sessions[shard, count] = session


@dataclass
class KeptKeeper:
    done: list[tuple[str, GuildId]] = field(default_factory=list[tuple[str, GuildId]])
    archived: set[GuildId] = field(default_factory=set[GuildId])
    changed: trio.Event = field(default_factory=trio.Event)
    failures: int = 0

    async def archive(self, guild: GuildId) -> None:
        await trio.lowlevel.checkpoint()
        self.archived.add(guild)
        self._note("archive", guild)

    async def bring_back(self, guild: GuildId) -> bool:
        await trio.lowlevel.checkpoint()
        if guild not in self.archived:
            return False
        self.archived.remove(guild)
        self._note("bring back", guild)
        return True

    async def welcome(self, guild: GuildId) -> None:
        await trio.lowlevel.checkpoint()
        if self.failures:
            self.failures -= 1
            raise RuntimeError("the store is away")
        self._note("welcome", guild)

    def _note(self, what: str, guild: GuildId) -> None:
        self.done.append((what, guild))
        self.changed.set()
        self.changed = trio.Event()

    async def until(self, count: int) -> None:
        while len(self.done) < count:
            await self.changed.wait()


@dataclass
class World:
    """Made before the stub is up, for scripts speak of it."""

    runtime: KeptRuntime = field(default_factory=KeptRuntime)
    api: KeptApi = field(default_factory=KeptApi)
    sessions: KeptSessions = field(default_factory=KeptSessions)
    keeper: KeptKeeper = field(default_factory=KeptKeeper)
    grace_s: float = 300.0

    def gateway(self, compression: Compression = Compression.ZSTD) -> Gateway:
        config = ShardConfig(token="token", intents=DEFAULT, compression=compression)
        parts = GatewayParts(self.api, self.sessions, self.keeper)
        return Gateway(GatewayState(self.api), parts, config, self.runtime, grace_s=self.grace_s)

    @asynccontextmanager
    async def running(self, url: str) -> AsyncGenerator[Gateway]:
        self.api.url = url
        async with open_gateway(self.gateway()) as gateway:
            yield gateway
