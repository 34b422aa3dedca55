"""The guilds' logs on LMDB: appending never waits, writing shares commits, following reads what was written.

An environment of its own, beside the key-value data: log lines must not lengthen its commits, and they may be
lost where a set may not. Each commit syncs its data but not LMDB's meta page (`metasync=False`): a kill loses
nothing that was committed, a power cut at most the last commit, and neither harms the file. All reads and
writes of it happen in threads, so a slow disk is never waited for on the trio thread.

Followers are told after a commit, in this process, and then read from disk: so a follow has no gap between
the past and the present, and a follower that is slow costs no memory.
"""

import logging
from collections import Counter, deque
from collections.abc import AsyncGenerator, Callable, Iterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Final

import lmdb
import trio

from storage.guild_logs.limits import GuildLogLimits
from storage.guild_logs.lines import Extent, Level, Line, cut, line_key, pack_line, unpack_line
from storage.guild_logs.retention import drop_oldest
from storage.kv.environment import open_files
from storage.kv.keys import encode_guild
from storage.kv.pages import refuse_damage_after_a_crash

if TYPE_CHECKING:
    from storage.kv.environment import Database

_log = logging.getLogger(__name__)

_REVISION_BYTES: Final = 64
_FOLLOW_LINES: Final = 200
_AGE_SWEEP_SECONDS: Final = 600.0
_GUILDS_AT_ONCE: Final = 50


@dataclass(frozen=True, slots=True)
class LogQuery:
    """Which lines are wanted. Times in Unix seconds, without the moment `until`; text in any case."""

    level: Level = Level.DEBUG
    """This one and worse."""
    text: str = ""
    revision: str | None = None
    since: float | None = None
    until: float | None = None

    def matches(self, line: Line) -> bool:
        """Whether this is one of them."""
        return (
            line.level >= self.level
            and (self.revision is None or line.revision == self.revision)
            and (self.since is None or line.at_ms >= self.since * 1000)
            and (self.until is None or line.at_ms < self.until * 1000)
            and self.text.casefold() in line.text.casefold()
        )


@dataclass(frozen=True, slots=True)
class LogPage:
    """Lines in the order asked for, and the number to go on from; None when there are no more."""

    lines: tuple[Line, ...]
    next: int | None


class _Waiting:
    """Lines of all guilds that are not written yet, within bounds, and how many were dropped beyond them."""

    def __init__(self, limits: GuildLogLimits) -> None:
        self._limits = limits
        self.lines: deque[tuple[int, bytes]] = deque()
        self.size = 0
        self.of_guild: Counter[int] = Counter()
        self.dropped: Counter[int] = Counter()

    def add(self, guild: int, record: bytes) -> bool:
        """Whether there was room."""
        limits = self._limits
        full = len(self.lines) >= limits.queued_lines or self.size + len(record) > limits.queued_bytes
        if full or self.of_guild[guild] >= limits.queued_lines_of_a_guild:
            self.dropped[guild] += 1
            return False
        self.lines.append((guild, record))
        self.size += len(record)
        self.of_guild[guild] += 1
        return True


class GuildLogs:
    """All guilds' logs; made by `open_guild_logs`."""

    def __init__(self, environment: lmdb.Environment, limits: GuildLogLimits, clock: Callable[[], float]) -> None:
        self.limits = limits
        self.dropped = 0
        """Lines that were never written, since the start; for metrics."""
        self._environment = environment
        self._clock = clock
        self._lines: Database = environment.open_db(b"lines")
        self._guilds: Database = environment.open_db(b"guilds")
        self._waiting = _Waiting(limits)
        self._something_to_do = trio.Event()
        self._written: dict[int, trio.Event] = {}
        self._closing = False
        self._thread = trio.CapacityLimiter(1)

    def append(self, guild: int, level: Level, text: str, *, revision: str = "") -> bool:
        """Take a line; never waits. False when it was dropped because too much waits already."""
        encode_guild(guild)
        record = pack_line(
            int(self._clock() * 1000),
            level,
            cut(revision, _REVISION_BYTES),
            cut(text, self.limits.line_bytes),
        )
        taken = not self._closing and self._waiting.add(guild, record)
        self.dropped += not taken
        self._something_to_do.set()
        return taken

    async def search(
        self,
        guild: int,
        query: LogQuery | None = None,
        *,
        start: int | None = None,
        limit: int = 100,
        newest_first: bool = True,
    ) -> LogPage:
        """Lines that match, from the line `start` on (from the newest, or the oldest, without it)."""
        size = max(1, min(limit, self.limits.page_lines))
        look = partial(self._search, guild, query or LogQuery(), start, size, newest_first=newest_first)
        return await trio.to_thread.run_sync(look)

    async def follow(self, guild: int, *, after: int | None = None) -> AsyncGenerator[Line]:
        """Every line after the one with this number (or from now on), for ever.

        Use it with `contextlib.aclosing`. Numbers have no gaps, so a first line beyond `after + 1` says that
        the lines between were dropped by age or number.
        """
        position = after if after is not None else (await self.extent(guild)).last
        while True:
            written = self._written.setdefault(guild, trio.Event())
            lines = await trio.to_thread.run_sync(self._read_after, guild, position)
            for line in lines:
                yield line
                position = line.number
            if not lines:
                await written.wait()

    async def extent(self, guild: int) -> Extent:
        """Which lines there are."""
        return await trio.to_thread.run_sync(self._extent, guild)

    async def delete_guild(self, guild: int) -> None:
        """Drop all lines; numbers go on where they were."""
        await self.flush()
        await trio.to_thread.run_sync(self._delete, guild, limiter=self._thread)

    async def flush(self) -> None:
        """Write what waits, now."""
        lines, dropped = self._waiting.lines, self._waiting.dropped
        self._waiting = _Waiting(self.limits)
        now_ms = int(self._clock() * 1000)
        for guild, count in dropped.items():
            text = f"{count} lines were dropped here: more was logged than could be written"
            lines.append((guild, pack_line(now_ms, Level.WARN, b"", text.encode())))
        try:
            await trio.to_thread.run_sync(self._write, lines, now_ms, limiter=self._thread)
        except (lmdb.Error, OSError) as error:
            _log.error("%d lines of the guilds' logs could not be written: %s", len(lines), error)
            self._waiting.dropped += Counter(guild for guild, _record in lines)
            self.dropped += len(lines)
        for guild in {guild for guild, _record in lines}:
            if (event := self._written.pop(guild, None)) is not None:
                event.set()

    async def run_writer(self) -> None:
        """Write what waits, pause, and again; shielded, so that what was taken is written whatever ends."""
        with trio.CancelScope(shield=True):
            while self._waiting.lines or not self._closing:
                await self._something_to_do.wait()
                self._something_to_do = trio.Event()
                if self._closing:
                    self._something_to_do.set()
                await self.flush()
                if not self._closing:
                    await trio.sleep(self.limits.linger_seconds)

    async def run_age_sweeper(self) -> None:
        """Drop what is too old, also where nothing is logged any more."""
        while True:
            await self.sweep()
            await trio.sleep(_AGE_SWEEP_SECONDS)

    async def sweep(self) -> None:
        """Drop what is too old, some guilds at a time."""
        after: int | None = -1
        try:
            while after is not None:
                after = await trio.to_thread.run_sync(self._sweep, after, limiter=self._thread)
        except lmdb.Error as error:
            _log.error("Old lines of the guilds' logs could not be dropped: %s", error)

    def close(self) -> None:
        """Take no more lines."""
        self._closing = True
        self._something_to_do.set()

    def _write(self, lines: "deque[tuple[int, bytes]]", now_ms: int) -> None:
        extents: dict[int, Extent] = {}
        with self._environment.begin(write=True) as transaction:
            for guild, record in lines:
                if guild not in extents:
                    extents[guild] = Extent.unpack(transaction.get(encode_guild(guild), db=self._guilds))
                extent = extents[guild]
                extent.last += 1
                extent.size += len(record)
                transaction.put(line_key(guild, extent.last), record, db=self._lines)
            for guild, extent in extents.items():
                self._retain(transaction, guild, extent, now_ms)

    def _retain(self, transaction: "lmdb.Transaction[bytes]", guild: int, extent: Extent, now_ms: int) -> None:
        oldest_ms = now_ms - self.limits.age_seconds * 1000
        drop_oldest(transaction, self._lines, guild, extent, self.limits, oldest_ms)
        transaction.put(encode_guild(guild), extent.pack(), db=self._guilds)

    def _sweep(self, after: int) -> int | None:
        """Retain a few guilds' lines; answers the last guild seen, None at the end."""
        now_ms = int(self._clock() * 1000)
        with self._environment.begin(write=True) as transaction:
            with transaction.cursor(self._guilds) as cursor:
                found = cursor.set_range(encode_guild(after + 1))
                rows = [item for item, _ in zip(cursor, range(_GUILDS_AT_ONCE), strict=False)] if found else []
            for key, row in rows:
                self._retain(transaction, int.from_bytes(key, "big"), Extent.unpack(row), now_ms)
        return int.from_bytes(rows[-1][0], "big") if len(rows) == _GUILDS_AT_ONCE else None

    def _delete(self, guild: int) -> None:
        with self._environment.begin(write=True) as transaction:
            extent = Extent.unpack(transaction.get(encode_guild(guild), db=self._guilds))
            for number in range(extent.first, extent.last + 1):
                transaction.delete(line_key(guild, number), db=self._lines)
            row = Extent(extent.last + 1, extent.last, 0).pack()
            transaction.put(encode_guild(guild), row, db=self._guilds)

    def _extent(self, guild: int) -> Extent:
        with self._environment.begin() as transaction:
            return Extent.unpack(transaction.get(encode_guild(guild), db=self._guilds))

    def _read_after(self, guild: int, number: int) -> list[Line]:
        with self._environment.begin() as transaction:
            lines = self._walk(transaction, guild, number + 1, backwards=False)
            return [line for line, _ in zip(lines, range(_FOLLOW_LINES), strict=False)]

    def _search(self, guild: int, query: LogQuery, start: int | None, size: int, *, newest_first: bool) -> LogPage:
        found: list[Line] = []
        with self._environment.begin() as transaction:
            first = start if start is not None else (1 << 64) - 1 if newest_first else 0
            for line in self._walk(transaction, guild, first, backwards=newest_first):
                if query.matches(line):
                    if len(found) == size:
                        return LogPage(tuple(found), line.number)
                    found.append(line)
        return LogPage(tuple(found), None)

    def _walk(
        self, transaction: "lmdb.Transaction[bytes]", guild: int, number: int, *, backwards: bool
    ) -> Iterator[Line]:
        """The guild's lines from this number on, in one direction."""
        prefix, key = encode_guild(guild), line_key(guild, number)
        with transaction.cursor(self._lines) as cursor:
            found = cursor.set_range(key)
            if backwards and not (found and cursor.key() == key):
                found = cursor.prev() if found else cursor.last()
            step = cursor.prev if backwards else cursor.next
            while found and cursor.key().startswith(prefix):
                yield unpack_line(*cursor.item())
                found = step()


@asynccontextmanager
async def open_guild_logs(path: Path, limits: GuildLogLimits, clock: Callable[[], float]) -> AsyncGenerator[GuildLogs]:
    """Open the logs in this folder and run their writer; `clock` says Unix seconds. Raises `KvCannotOpen`."""
    await refuse_damage_after_a_crash(path)
    with open_files(path, limits.map_bytes, 2, metasync=False) as environment:
        logs = GuildLogs(environment, limits, clock)
        async with trio.open_nursery() as nursery, trio.open_nursery() as background:
            nursery.start_soon(logs.run_writer)
            background.start_soon(logs.run_age_sweeper)
            try:
                yield logs
            finally:
                background.cancel_scope.cancel()
                logs.close()
