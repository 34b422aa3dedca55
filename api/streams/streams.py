"""All who read, each with a task of its own: for what it missed, for what its connection does not take, for a sign of
life now and then, and for whether it may still read.

A reader that falls behind reads from disk what it missed, in order and once; what is gone from there too is told as one
`dropped` event with a number.
"""

from collections.abc import AsyncGenerator, AsyncIterator, Awaitable, Callable, Iterator
from contextlib import aclosing, asynccontextmanager, contextmanager
from typing import Any, Final

import trio

from actors.loghub import LogHub, Missed
from api.problems import unavailable
from api.streams.events import event, line_event
from api.streams.feed import Feed, Reader
from api.streams.pump import Pump
from api.streams.sinks import Sink
from storage.guild_logs import LogQuery
from storage.ids import GuildId

HEARTBEAT_S: Final = 15.0
CHECK_S: Final = 30.0
"""How long somebody may still read whose right to it ended elsewhere."""
HEARTBEAT: Final = b": still here\n\n"
_GREETING: Final = b": flora\nretry: 2000\n\n"
_PAGE: Final = 25
"""Lines of up to 8 KiB that are read at once for a reader that is behind."""

May = Callable[[], Awaitable[bool]]


async def _always() -> bool:  # noqa: ASYNC124  as a May is
    return True


class Streams:
    """All readers of the daemon. Made by `open_streams`."""

    def __init__(self, logs: LogHub, nursery: trio.Nursery, most: int) -> None:
        self._logs = logs
        self._nursery = nursery
        self._most = most
        self._pump = Pump()
        self._feeds: dict[GuildId, Feed] = {}
        self._opening: dict[GuildId, trio.Lock] = {}
        self.closing = trio.Event()
        self.count = 0

    def __repr__(self) -> str:
        return f"<Streams: {self.count} readers of {len(self._feeds)} guilds>"

    async def run(self, task_status: trio.TaskStatus[None] = trio.TASK_STATUS_IGNORED) -> None:
        task_status.started()
        await self._pump.run()

    def close(self) -> None:
        """End every stream: the daemon stops."""
        self.closing.set()
        self._wake_all(lambda _reader: True)

    def recheck(self, who: str) -> None:
        """Something about this caller changed: ask again now whether it may read."""

        def asked(reader: Reader) -> bool:
            if reader.who == who:
                reader.is_checked = False
            return reader.who == who

        self._wake_all(asked)

    def _wake_all(self, wanted: Callable[[Reader], bool]) -> None:
        for feed in self._feeds.values():
            for reader in feed.readers:
                if wanted(reader):
                    reader.wake()

    def announce(self, guild: GuildId, name: str, data: Any) -> None:
        """Tell the guild's readers of something that is no line: a deploy."""
        feed = self._feeds.get(guild)
        if feed is not None and not self.closing.is_set():
            feed.announce(name, data)
            self._pump.due(feed)

    def refuse_when_full(self, guild: GuildId) -> None:
        """Raises Problem. One guild's readers are at most half of all."""
        if self.closing.is_set():
            raise unavailable("closing", "flora is stopping")
        feed = self._feeds.get(guild)
        if self.count >= self._most or (feed is not None and len(feed.readers) * 2 >= self._most > 1):
            raise unavailable("too_many_streams", "too many streams are open")

    @contextmanager
    def one_more(self) -> Iterator[None]:
        """A stream of another kind: it counts among them."""
        self.count += 1
        try:
            yield
        finally:
            self.count -= 1

    async def push(
        self, guild: GuildId, query: LogQuery, after: int | None, sink: Sink, *, may: May = _always, who: str = ""
    ) -> None:
        """A guild's log from behind the line `after` (without it: from now), until the reader may not any more, or
        flora stops. Raises trio.BrokenResourceError when the reader is gone."""
        feed: Feed | None = None
        reader: Reader | None = None
        self.count += 1
        try:
            feed = await self._feed(guild)
            behind = after is not None and after < feed.last
            reader = Reader(sink, query, who, after if behind and after is not None else feed.last)
            reader.place = -1 if behind else feed.taken
            feed.readers[reader] = None
            await _write(reader, _GREETING)
            await self._attend(feed, reader, may)
        finally:
            self.count -= 1
            if feed is not None and reader is not None:
                reader.follows = False
                feed.readers.pop(reader, None)
                if not feed.readers:
                    self._end(feed)

    async def _attend(self, feed: Feed, reader: Reader, may: May) -> None:
        checked = trio.current_time()
        while True:
            if not reader.is_checked or trio.current_time() - checked > CHECK_S:
                reader.is_checked, checked = True, trio.current_time()
                if not await may():
                    return
            await self._catch_up(feed, reader)
            if self.closing.is_set():
                return
            self._pump.follow(feed, reader)
            with trio.move_on_at(reader.written_at + HEARTBEAT_S):
                await reader.woken.wait()
            reader.follows = False
            if reader.rest:
                await reader.sink.write(reader.rest)
                reader.rest = b""
            elif trio.current_time() >= reader.written_at + HEARTBEAT_S:
                await _write(reader, HEARTBEAT)

    async def _catch_up(self, feed: Feed, reader: Reader) -> None:
        """From disk, until memory reaches back to where the reader is."""
        while not feed.reaches(reader.place) and not self.closing.is_set():
            place = feed.taken
            async with aclosing(self._from_disk(feed.guild, reader, feed.last)) as pages:
                async for page in pages:
                    if page:
                        await _write(reader, page)
            reader.place = place

    async def _from_disk(self, guild: GuildId, reader: Reader, until: int) -> AsyncGenerator[bytes]:
        """The lines between, page by page; the reader's position goes along."""
        first = (await self._logs.extent(guild)).first
        if first > reader.position + 1:
            missed = min(first, until + 1) - reader.position - 1
            reader.position += missed
            yield event({"missed": missed}, name="dropped", number=reader.position)  # noqa: ASYNC119
        start: int | None = reader.position + 1
        while start is not None and start <= until and not self.closing.is_set():
            page = await self._logs.search(guild, reader.query, start=start, limit=_PAGE, newest_first=False)
            lines = [line for line in page.lines if line.number <= until]
            reader.position = lines[-1].number if lines else reader.position
            yield b"".join(line_event(guild, line) for line in lines)  # noqa: ASYNC119
            start = page.next
        reader.position = until

    async def _feed(self, guild: GuildId) -> Feed:
        lock = self._opening.setdefault(guild, trio.Lock())
        async with lock:
            feed = self._feeds.get(guild)
            if feed is None:
                last = (await self._logs.extent(guild)).last
                feed = self._feeds[guild] = Feed(guild, last)
                self._nursery.start_soon(self._follow, feed)
        if not lock.statistics().tasks_waiting:
            self._opening.pop(guild, None)
        return feed

    def _end(self, feed: Feed) -> None:
        feed.ended.set()
        if self._feeds.get(feed.guild) is feed:
            del self._feeds[feed.guild]

    async def _follow(self, feed: Feed) -> None:
        async with trio.open_nursery() as nursery:
            nursery.start_soon(_until, feed.ended, nursery.cancel_scope)
            async with aclosing(self._logs.follow(feed.guild, after=feed.last)) as lines:
                async for line in lines:
                    if not isinstance(line, Missed):  # the feed sees the gap, and what is left on disk says its size
                        feed.add(line)
                        self._pump.due(feed)


async def _write(reader: Reader, data: bytes) -> None:
    await reader.sink.write(reader.sink.frame(data))
    reader.written_at = trio.current_time()


async def _until(ended: trio.Event, scope: trio.CancelScope) -> None:
    await ended.wait()
    scope.cancel()


@asynccontextmanager
async def open_streams(logs: LogHub, most: int = 2_000) -> AsyncIterator[Streams]:
    async with trio.open_nursery() as nursery:
        streams = Streams(logs, nursery, most)
        await nursery.start(streams.run)
        try:
            yield streams
        finally:
            streams.close()
            nursery.cancel_scope.cancel()
