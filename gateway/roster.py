"""Which guilds the bot is in, as Discord tells it. Pure: the caller brings the time.

READY names the guilds of a shard; each then arrives with a GUILD_CREATE. A guild can become *unavailable*, when a
part of Discord is down: it waits, and nothing is stopped. When the bot is removed, GUILD_DELETE says so without
`unavailable`; after a grace (bots are removed and invited again while somebody repairs their permissions) the guild
is left. A guild that was removed while flora was away is missing from READY, and is treated the same.
"""

import enum
from collections.abc import Iterable
from typing import Final

from storage.ids import GuildId

GRACE_S: Final = 300.0


class Presence(enum.Enum):
    EXPECTED = "expected"
    """Announced; its GUILD_CREATE has not come."""
    AVAILABLE = "available"
    UNAVAILABLE = "unavailable"
    LEAVING = "leaving"
    """The bot was removed; the grace runs."""


class Arrival(enum.Enum):
    """What a GUILD_CREATE means."""

    EXPECTED = "expected"
    """Announced by READY: scripts have seen nothing happen."""
    BACK = "back"
    """Available again, or told again."""
    RETURNED = "returned"
    """Removed and invited again within the grace: nothing was stopped."""
    JOINED = "joined"
    """New to us, or left before."""


class Roster:
    """Of all shards of this process."""

    def __init__(self, grace_s: float = GRACE_S) -> None:
        self._guilds: dict[GuildId, Presence] = {}
        self._left_at: dict[GuildId, float] = {}
        self._grace_s = grace_s

    def __repr__(self) -> str:
        return f"<Roster of {len(self._guilds)} guilds, {len(self._left_at)} leaving>"

    def __len__(self) -> int:
        return len(self._guilds)

    def presence(self, guild: GuildId) -> Presence | None:
        return self._guilds.get(guild)

    def has(self, guild: GuildId) -> bool:
        """Whether the bot is known to be in it. A session that a new process resumes does not name its guilds."""
        return self._guilds.get(guild) not in {None, Presence.LEAVING}

    def counts(self) -> dict[str, int]:
        """By presence, for metrics."""
        counts = {presence.value: 0 for presence in Presence}
        for presence in self._guilds.values():
            counts[presence.value] += 1
        return counts

    def ready(self, announced: Iterable[GuildId], ours: Iterable[GuildId], now: float) -> None:
        """A shard's new session: these guilds will arrive. `ours` are those of the same shard that have something
        here; the ones that are not announced were left."""
        announced = set(announced)
        for guild in announced:
            self._left_at.pop(guild, None)
            self._guilds[guild] = Presence.EXPECTED
        for guild in ours:
            if guild not in announced:
                self.removed(guild, now)

    def created(self, guild: GuildId) -> Arrival:
        before = self._guilds.get(guild)
        self._guilds[guild] = Presence.AVAILABLE
        self._left_at.pop(guild, None)
        match before:
            case None:
                return Arrival.JOINED
            case Presence.EXPECTED:
                return Arrival.EXPECTED
            case Presence.LEAVING:
                return Arrival.RETURNED
            case _:
                return Arrival.BACK

    def unavailable(self, guild: GuildId) -> None:
        if self._guilds.get(guild) is not Presence.LEAVING:
            self._guilds[guild] = Presence.UNAVAILABLE

    def removed(self, guild: GuildId, now: float) -> None:
        if self._guilds.get(guild) is not Presence.LEAVING:
            self._guilds[guild] = Presence.LEAVING
            self._left_at[guild] = now

    @property
    def next_due(self) -> float:
        """When a grace ends next."""
        return min(self._left_at.values(), default=float("inf")) + self._grace_s

    def take_left(self, now: float) -> list[GuildId]:
        """The guilds whose grace is over; they are forgotten here."""
        left = [guild for guild, since in self._left_at.items() if since + self._grace_s <= now]
        for guild in left:
            del self._left_at[guild]
            del self._guilds[guild]
        return left
