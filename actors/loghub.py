"""Everything that is said about a guild, as one stream: `console.*`, what its script throws, and the runtime's words.

Not an actor: appending must neither wait nor fail, so it is a plain call into the queue of `storage/guild_logs`, which
is bounded for each guild and for all. Followers read from disk what has been written there. A slow one holds nothing up
and costs no memory; when what it has not read yet is dropped for age or number, it is told how many lines it missed.
"""

import logging
from collections import Counter
from collections.abc import AsyncGenerator
from contextlib import aclosing
from dataclasses import dataclass
from typing import Final

from storage.guild_logs import GuildLogs, LogPage, LogQuery
from storage.guild_logs.lines import Extent, Level, Line
from storage.ids import GuildId

_log = logging.getLogger("flora.runtime")

LEVELS: Final = {
    "trace": Level.DEBUG,
    "debug": Level.DEBUG,
    "log": Level.INFO,
    "info": Level.INFO,
    "warn": Level.WARN,
    "warning": Level.WARN,
    "error": Level.ERROR,
}


@dataclass(frozen=True, slots=True)
class Missed:
    """So many lines are gone that this follower had not read."""

    lines: int


class LogHub:
    """The guilds' logs, as the runtime writes them and as authors read them."""

    def __init__(self, logs: GuildLogs) -> None:
        self._logs = logs
        self.lines: Counter[str] = Counter()
        """Lines taken, by level; for metrics."""
        self.followers = 0

    def __repr__(self) -> str:
        return f"<LogHub with {self.followers} followers>"

    @property
    def dropped(self) -> int:
        """Lines that were never written: more was logged than may wait."""
        return self._logs.dropped

    def append(self, guild: GuildId, level: str, text: str, revision: str = "") -> None:
        """Take a line. Never waits and never raises, whatever the script or the disk is like."""
        known = LEVELS.get(level, Level.INFO)
        try:
            self._logs.append(guild, known, text, revision=revision)
        except Exception as error:  # noqa: BLE001 -- a line of a log is not worth a guild's dispatch
            refused = type(error).__name__
            _log.error("A line of guild %s's log was refused (%s)", guild, refused, extra={"guild": guild})
            return
        self.lines[known.name.lower()] += 1

    async def search(
        self,
        guild: GuildId,
        query: LogQuery | None = None,
        *,
        start: int | None = None,
        limit: int = 100,
        newest_first: bool = True,
    ) -> LogPage:
        """Lines that match, from the line with the number `start` on; without it from the newest, or the oldest."""
        return await self._logs.search(guild, query, start=start, limit=limit, newest_first=newest_first)

    async def follow(
        self, guild: GuildId, *, after: int | None = None, query: LogQuery | None = None
    ) -> AsyncGenerator[Line | Missed]:
        """Every line after the one with this number (without one: from now on) that matches, in order and once.

        Use it with `contextlib.aclosing`.
        """
        self.followers += 1
        try:
            position = after if after is not None else (await self._logs.extent(guild)).last
            async with aclosing(self._logs.follow(guild, after=position)) as lines:
                async for line in lines:
                    if line.number > position + 1:
                        yield Missed(line.number - position - 1)  # noqa: ASYNC119 -- callers hold it with aclosing
                    position = line.number
                    if query is None or query.matches(line):
                        yield line  # noqa: ASYNC119
        finally:
            self.followers -= 1

    async def extent(self, guild: GuildId) -> Extent:
        """Which lines there are."""
        return await self._logs.extent(guild)

    async def delete_guild(self, guild: GuildId) -> None:
        """Drop all of a guild's lines; numbers go on where they were."""
        await self._logs.delete_guild(guild)
