"""The inbound half of Discord, put together: `open_gateway` is what the composition root calls.

async with open_gateway(parts, config) as gateway:
    await gateway.shards.ended.wait()
"""

import random
from collections.abc import AsyncGenerator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

import trio

from actors.ops import ScopeResolver
from gateway.asking import Asking
from gateway.discord_api import DiscordApi
from gateway.envelope import Opcode
from gateway.guild_cache import GuildCache
from gateway.inbound import Events, Inbound
from gateway.interactions import OpenInteractions
from gateway.lifecycle import GuildKeeper, Lifecycle
from gateway.old_messages import OldMessages
from gateway.roster import GRACE_S, Roster
from gateway.scope import Scopes
from gateway.shards import SessionStore, ShardConfig, Shards, ShardStatus, open_shards
from gateway.unanswered import Unanswered
from storage.ids import GuildId


@dataclass(frozen=True, slots=True)
class GatewayParts:
    """What the gateway needs of the layers around it."""

    api: DiscordApi
    sessions: SessionStore
    keeper: GuildKeeper


@dataclass(frozen=True, slots=True)
class GatewayStatistics:
    """For metrics, the API and `flora doctor`."""

    shards: list[ShardStatus]
    guilds: Mapping[str, int]
    delivered: int
    dropped: Mapping[str, int]
    cache_bytes: int
    old_message_bytes: int


@dataclass(slots=True)
class GatewayState:
    """What is known before a connection stands, and what the table of ops needs: made first, for the runtime's ops ask
    it, and the gateway in turn delivers to the runtime."""

    api: DiscordApi
    cache: GuildCache = field(default_factory=GuildCache)
    interactions: OpenInteractions = field(default_factory=OpenInteractions)
    scopes: ScopeResolver = field(init=False)
    unanswered: Unanswered = field(init=False)

    def __post_init__(self) -> None:
        self.scopes = Scopes(self.cache, self.interactions, self.api)
        self.unanswered = Unanswered(self.interactions, self.api)


class Gateway:
    """Made by `open_gateway`."""

    def __init__(
        self,
        state: GatewayState,
        parts: GatewayParts,
        config: ShardConfig,
        runtime: Events,
        *,
        grace_s: float = GRACE_S,
    ) -> None:
        self.state = state
        self.roster = Roster(grace_s)
        self.lifecycle = Lifecycle(self.roster, parts.keeper)
        self.old = OldMessages()
        self.asking = Asking(self._send, lambda: state.cache.own_user)
        self.inbound = Inbound(runtime, state.cache, state.interactions, self.old, self.lifecycle, self.asking)
        self.shards = Shards(config, parts.api, parts.sessions, self.inbound, random.SystemRandom().random)

    def __repr__(self) -> str:
        return f"<Gateway: {self.shards!r}, {self.roster!r}>"

    def statistics(self) -> GatewayStatistics:
        return GatewayStatistics(
            shards=self.shards.statuses(),
            guilds=self.roster.counts(),
            delivered=self.inbound.delivered,
            dropped=dict(self.inbound.dropped),
            cache_bytes=self.state.cache.memory_bytes(),
            old_message_bytes=self.old.memory_bytes,
        )

    async def _send(self, guild: GuildId, op: Opcode, body: Mapping[str, Any], timeout_s: float) -> None:
        await self.shards.send(guild, op, body, timeout_s)


@asynccontextmanager
async def open_gateway(gateway: Gateway) -> AsyncGenerator[Gateway]:
    """Listens inside the block. Leaving it closes the sockets so that the next start resumes, and stores the
    sessions; events taken by then have been delivered."""
    async with trio.open_nursery() as nursery:
        nursery.start_soon(gateway.lifecycle.run)  # noqa: ASYNC113  what it is told waits for it
        nursery.start_soon(gateway.state.unanswered.run)  # noqa: ASYNC113  so does this
        async with open_shards(gateway.shards):
            yield gateway
        nursery.cancel_scope.cancel()
