"""Streams of server-sent events: a guild's log as it is written, to any number of readers.

One task follows each guild's log; its readers share what it read, already encoded. They are woken one by one, so that
a thousand of them never stand between an event of Discord's and its script. A reader that falls behind reads from
disk what it missed, in order and once; what is gone from there too is told as one `dropped` event with a number.
"""

from collections import deque
from collections.abc import AsyncGenerator, AsyncIterator, Awaitable, Callable
from contextlib import aclosing, asynccontextmanager
from dataclasses import dataclass, field
from typing import Any, Final

import msgspec
import trio

from actors.loghub import LogHub, Missed
from api.problems import unavailable
from storage.guild_logs import LogQuery
from storage.guild_logs.lines import Line
from storage.ids import GuildId

HEARTBEAT_S: Final = 15.0
_HEARTBEAT: Final = b": still here\n\n"
CHECK_S: Final = 30.0
"""How long somebody may still read whose token was revoked."""
_RECENT: Final = 500
"""Lines kept in memory for each guild that somebody reads."""
_APART_S: Final = 0.002
_PAGE: Final = 100


May = Callable[[], Awaitable[bool]]


async def _always() -> bool:  # noqa: ASYNC124  as a May is
    return True


class LogEntry(msgspec.Struct):
    """A line of a guild's log."""

    id: str
    timestamp: int
    """Unix milliseconds."""
    level: str
    message: str
    guild_id: str
    revision: str


def entry_of(guild: GuildId, line: Line) -> LogEntry:
    level = line.level.name.lower()
    return LogEntry(str(line.number), line.at_ms, level, line.text, str(guild), line.revision)


def event(data: Any, *, name: str = "", number: int | None = None) -> bytes:
    """One event; its data is JSON on one line."""
    head = (f"id: {number}\n" if number is not None else "") + (f"event: {name}\n" if name else "")
    return head.encode() + b"data: " + msgspec.json.encode(data) + b"\n\n"


@dataclass(frozen=True, slots=True)
class _Item:
    """A line, or (without one) something that is told in between and has no number of its own."""

    line: Line | None
    encoded: bytes


@dataclass(slots=True, eq=False)
class _Reader:
    woken: trio.Event = field(default_factory=trio.Event)
    waiting: bool = False


class _Feed:
    """What is read of one guild."""

    def __init__(self, guild: GuildId, last: int) -> None:
        self.guild = guild
        self.last = last
        """The number of the newest line seen."""
        self.items: deque[_Item] = deque(maxlen=_RECENT)
        self.taken = 0
        """How many items there ever were: the last of `items` has this place."""
        self.readers: dict[_Reader, None] = {}
        self.ended = trio.Event()
        self._added = trio.Event()

    def add(self, item: _Item) -> None:
        self.items.append(item)
        self.taken += 1
        if item.line is not None:
            self.last = item.line.number
        self._added.set()

    async def keep_waking(self) -> None:
        """Once for all that came together, and one reader after the other: what is to answer Discord runs in between.
        The last of a thousand hears of a line some two seconds later."""
        while True:
            await self._added.wait()
            self._added = trio.Event()
            for reader in list(self.readers):
                if reader.waiting:
                    reader.woken.set()
                    await trio.sleep(_APART_S)

    def since(self, place: int) -> list[_Item] | None:
        """The items after a place; None when some of them are gone from memory."""
        missing = self.taken - place
        if missing > len(self.items):
            return None
        return [self.items[index] for index in range(len(self.items) - missing, len(self.items))]


class Streams:
    """All readers of the daemon. Made by `open_streams`."""

    def __init__(self, logs: LogHub, nursery: trio.Nursery, most: int) -> None:
        self._logs = logs
        self._nursery = nursery
        self._most = most
        self._feeds: dict[GuildId, _Feed] = {}
        self._opening: dict[GuildId, trio.Lock] = {}
        self.closing = trio.Event()
        self.count = 0

    def __repr__(self) -> str:
        return f"<Streams: {self.count} readers of {len(self._feeds)} guilds>"

    def close(self) -> None:
        """End every stream: the daemon stops."""
        self.closing.set()
        for feed in self._feeds.values():
            for reader in feed.readers:
                reader.woken.set()

    def announce(self, guild: GuildId, name: str, data: Any) -> None:
        """Tell the guild's readers of something that is no line: a deploy."""
        feed = self._feeds.get(guild)
        if feed is not None and not self.closing.is_set():
            feed.add(_Item(None, event(data, name=name)))

    def refuse_when_full(self) -> None:
        """Raises Problem."""
        if self.closing.is_set():
            raise unavailable("closing", "flora is stopping")
        if self.count >= self._most:
            raise unavailable("too_many_streams", "too many streams are open")

    async def guild(
        self, guild: GuildId, query: LogQuery, after: int | None, may: May = _always
    ) -> AsyncGenerator[bytes]:
        """A guild's log from behind the line `after` (without it: from now), until the reader may not any more. Use it
        with aclosing."""
        self.count += 1
        reader = _Reader()
        feed: _Feed | None = None
        try:
            feed = await self._feed(guild)
            feed.readers[reader] = None
            position = feed.last if after is None or after > feed.last else after
            async with aclosing(self._events(feed, reader, query, position)) as events:
                yield b": flora\nretry: 2000\n\n"  # noqa: ASYNC119 -- callers hold it with aclosing
                checked = trio.current_time()
                async for chunk in events:
                    if trio.current_time() - checked > CHECK_S:
                        if not await may():
                            return
                        checked = trio.current_time()
                    yield chunk  # noqa: ASYNC119
        finally:
            self.count -= 1
            if feed is not None:
                feed.readers.pop(reader, None)
                if not feed.readers:
                    self._end(feed)

    async def _events(self, feed: _Feed, reader: _Reader, query: LogQuery, position: int) -> AsyncGenerator[bytes]:
        place = feed.taken
        while not self.closing.is_set() and not feed.ended.is_set():
            items = feed.since(place)
            if items is None or (position < feed.last and not _starts_at(items, position)):
                place = feed.taken
                async with aclosing(self._from_disk(feed.guild, query, position, feed.last)) as pages:
                    async for number, chunk in pages:
                        position = number
                        if chunk:
                            yield chunk  # noqa: ASYNC119 -- held with aclosing
                continue
            place += len(items)
            position = max([position, *(item.line.number for item in items if item.line is not None)])
            wanted = [item.encoded for item in items if item.line is None or query.matches(item.line)]
            if wanted:
                yield b"".join(wanted)  # noqa: ASYNC119
            elif not items and not await self._wait(reader):
                yield _HEARTBEAT  # noqa: ASYNC119

    async def _wait(self, reader: _Reader) -> bool:
        """Until something came; False when it is time for a sign of life."""
        reader.woken = trio.Event()
        reader.waiting = True
        try:
            with trio.move_on_after(HEARTBEAT_S):
                await reader.woken.wait()
                return True
            return False
        finally:
            reader.waiting = False

    async def _from_disk(
        self, guild: GuildId, query: LogQuery, position: int, until: int
    ) -> AsyncGenerator[tuple[int, bytes]]:
        """The lines between, page by page, each with the number of the last one looked at."""
        first = (await self._logs.extent(guild)).first
        if first > position + 1:
            missed = min(first, until + 1) - position - 1
            yield position + missed, event({"missed": missed}, name="dropped", number=position + missed)  # noqa: ASYNC119
            position += missed
        start: int | None = position + 1
        while start is not None and start <= until:
            page = await self._logs.search(guild, query, start=start, limit=_PAGE, newest_first=False)
            lines = [line for line in page.lines if line.number <= until]
            yield (lines[-1].number if lines else position, b"".join(map(_encoded(guild), lines)))  # noqa: ASYNC119
            start = page.next
        yield until, b""  # noqa: ASYNC119

    async def _feed(self, guild: GuildId) -> _Feed:
        lock = self._opening.setdefault(guild, trio.Lock())
        async with lock:
            feed = self._feeds.get(guild)
            if feed is None:
                last = (await self._logs.extent(guild)).last
                feed = self._feeds[guild] = _Feed(guild, last)
                self._nursery.start_soon(self._follow, feed)
        if not lock.statistics().tasks_waiting:
            self._opening.pop(guild, None)
        return feed

    def _end(self, feed: _Feed) -> None:
        feed.ended.set()
        if self._feeds.get(feed.guild) is feed:
            del self._feeds[feed.guild]

    async def _follow(self, feed: _Feed) -> None:
        async with trio.open_nursery() as nursery:
            nursery.start_soon(_until, feed.ended, nursery.cancel_scope)
            nursery.start_soon(feed.keep_waking)
            encode = _encoded(feed.guild)
            async with aclosing(self._logs.follow(feed.guild, after=feed.last)) as lines:
                async for line in lines:
                    if not isinstance(line, Missed):  # readers see the gap, and what is left on disk says its size
                        feed.add(_Item(line, encode(line)))


def _starts_at(items: list[_Item], position: int) -> bool:
    """Whether these go on where a reader is."""
    numbers = [item.line.number for item in items if item.line is not None]
    return bool(numbers) and numbers[0] <= position + 1


def _encoded(guild: GuildId) -> Callable[[Line], bytes]:
    return lambda line: event(entry_of(guild, line), number=line.number)


async def _until(ended: trio.Event, scope: trio.CancelScope) -> None:
    await ended.wait()
    scope.cancel()


@asynccontextmanager
async def open_streams(logs: LogHub, most: int = 2_000) -> AsyncIterator[Streams]:
    async with trio.open_nursery() as nursery:
        streams = Streams(logs, nursery, most)
        try:
            yield streams
        finally:
            streams.close()
            nursery.cancel_scope.cancel()
