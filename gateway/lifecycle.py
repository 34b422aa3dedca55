"""What follows from guilds coming and going: archived when they are left, brought back when they return, welcomed.

`gateway/roster.py` decides, this carries it out, one guild after another, and tries again what failed. It never keeps
events waiting.
"""

import logging
from collections.abc import Awaitable, Callable, Iterable
from typing import Final, Protocol

import trio

from gateway.roster import Arrival, Roster
from storage.ids import GuildId

logger = logging.getLogger(__name__)
AGAIN_S: Final = 30.0
STEP_S: Final = 60.0
"""Longer than a script may load."""
_WAITING: Final = 100_000
"""Guilds that may wait for their turn: more than a process has."""


class GuildKeeper(Protocol):
    """Stops and starts guilds, in the stores and the runtime. The composition root has one."""

    async def archive(self, guild: GuildId) -> None:
        """Stop the guild's script, and keep everything for the day when the bot returns."""
        ...

    async def bring_back(self, guild: GuildId) -> bool:
        """Start what was archived; False when nothing was."""
        ...

    async def welcome(self, guild: GuildId) -> None:
        """A guild that never had a script: deploy the one that the operator chose for newcomers, if there is one."""
        ...


class Lifecycle:
    """Told by the inbound path, without waiting."""

    def __init__(self, roster: Roster, keeper: GuildKeeper) -> None:
        self.roster = roster
        self._keeper = keeper
        self._arrived: dict[GuildId, float] = {}
        """When each is to be looked at; a guild that comes and goes is looked at once."""
        self._changed = trio.Event()

    def __repr__(self) -> str:
        return f"<Lifecycle of {self.roster!r}, {len(self._arrived)} to look at>"

    def ready(self, announced: Iterable[GuildId], ours: Iterable[GuildId]) -> None:
        self.roster.ready(announced, ours, trio.current_time())
        self._changed.set()

    def created(self, guild: GuildId) -> Arrival:
        arrival = self.roster.created(guild)
        if arrival is Arrival.JOINED and len(self._arrived) < _WAITING:
            self._arrived[guild] = trio.current_time()
            self._changed.set()
        return arrival

    def unavailable(self, guild: GuildId) -> None:
        self.roster.unavailable(guild)

    def removed(self, guild: GuildId) -> None:
        self._arrived.pop(guild, None)
        self.roster.removed(guild, trio.current_time())
        self._changed.set()

    async def run(self) -> None:
        """Until cancelled."""
        while True:
            self._changed = trio.Event()
            now = trio.current_time()
            for guild in self.roster.take_left(now):
                await self._step(self._archive, guild)
            for guild in [guild for guild, at in self._arrived.items() if at <= now]:
                del self._arrived[guild]
                await self._step(self._arrive, guild)
            with trio.move_on_at(min(self.roster.next_due, min(self._arrived.values(), default=float("inf")))):
                await self._changed.wait()

    async def _step(self, step: Callable[[GuildId], Awaitable[None]], guild: GuildId) -> None:
        try:
            with trio.fail_after(STEP_S):
                await step(guild)
        except Exception:  # whatever the stores or a script come up with must not end the gateway
            told = "guild %d: what follows from its coming or going failed; again in %g s"
            logger.exception(told, guild, AGAIN_S, extra={"guild": guild})
            self._again(step, guild)

    def _again(self, step: Callable[[GuildId], Awaitable[None]], guild: GuildId) -> None:
        if step == self._arrive:
            self._arrived[guild] = trio.current_time() + AGAIN_S
        elif self.roster.presence(guild) is None:
            self.roster.removed(guild, trio.current_time())

    async def _archive(self, guild: GuildId) -> None:
        await self._keeper.archive(guild)
        logger.info("guild %d: the bot was removed; its script is archived", guild, extra={"guild": guild})

    async def _arrive(self, guild: GuildId) -> None:
        if await self._keeper.bring_back(guild):
            logger.info("guild %d: the bot is back, and so is its script", guild, extra={"guild": guild})
        else:
            await self._keeper.welcome(guild)
