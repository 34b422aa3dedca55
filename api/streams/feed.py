"""What is new of one guild: followed once, encoded once, and kept for a moment for all who read it."""

from collections import deque
from dataclasses import dataclass, field
from itertools import islice
from typing import Final

import trio

from api.streams.events import event, line_event
from api.streams.sinks import Sink
from storage.guild_logs import LogQuery
from storage.guild_logs.lines import Line
from storage.ids import GuildId

_KEPT: Final = 500
_KEPT_BYTES: Final = 512 * 1024
_BATCH_BYTES: Final = 64 * 1024
"""What one reader is told at once, and so what a reader that takes nothing may hold."""


@dataclass(frozen=True, slots=True)
class _Item:
    """A line, or (without one) something that is told in between and has no number of its own."""

    line: Line | None
    encoded: bytes


@dataclass(frozen=True, slots=True)
class Batch:
    """What comes next for all readers of a place and a filter."""

    data: bytes
    place: int
    """Behind it."""
    position: int | None
    """The number of its last line, wanted or not; None without one."""


@dataclass(slots=True, eq=False)
class Reader:
    """One of a guild's. Either the pump writes for it (`follows`), or its own task does."""

    sink: Sink
    query: LogQuery
    who: str
    position: int
    """The number of the last line that it was told, or did not want."""
    place: int = -1
    """How many of the feed's items it has had; before all of them when it is behind."""
    follows: bool = False
    rest: bytes | memoryview = b""
    """What its connection did not take at once."""
    written_at: float = 0.0
    is_checked: bool = True
    woken: trio.Event = field(default_factory=trio.Event)

    def wake(self) -> None:
        """From here on its own task writes."""
        self.follows = False
        self.woken.set()


class Feed:
    """See the module."""

    def __init__(self, guild: GuildId, last: int) -> None:
        self.guild = guild
        self.last = last
        """The number of the newest line seen."""
        self.taken = 0
        """How many items there ever were: the last of them has this place."""
        self.readers: dict[Reader, None] = {}
        self.ended = trio.Event()
        self._items: deque[_Item] = deque()
        self._size = 0

    def add(self, line: Line) -> None:
        if line.number != self.last + 1:  # lines are gone that nobody here saw: readers look for them on disk
            self._items.clear()
            self._size = 0
            self.taken += 1
        self.last = line.number
        self._keep(_Item(line, line_event(self.guild, line)))

    def announce(self, name: str, data: object) -> None:
        self._keep(_Item(None, event(data, name=name)))

    def _keep(self, item: _Item) -> None:
        self._items.append(item)
        self._size += len(item.encoded)
        self.taken += 1
        while len(self._items) > _KEPT or (self._size > _KEPT_BYTES and len(self._items) > 1):
            self._size -= len(self._items.popleft().encoded)

    def reaches(self, place: int) -> bool:
        """Whether everything after it is still here."""
        return self.taken - place <= len(self._items)

    def batch(self, place: int, query: LogQuery) -> Batch:
        """The next items after a place that is reached."""
        wanted: list[bytes] = []
        size, position = 0, None
        for item in islice(self._items, len(self._items) - (self.taken - place), None):
            if size >= _BATCH_BYTES:
                break
            place += 1
            if item.line is not None:
                position = item.line.number
                if not query.matches(item.line):
                    continue
            wanted.append(item.encoded)
            size += len(item.encoded)
        return Batch(b"".join(wanted), place, position)
