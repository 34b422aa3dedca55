"""A lock for many guilds: it goes to whichever of those waiting had it the longest ago.

A loud guild then gets its share and no more, and one that asks once in a while does not stand behind all that the loud
ones have queued. What is urgent goes before everybody.
"""

import heapq
from collections import OrderedDict, deque
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from typing import Final, TypeAlias

import trio

REMEMBERED: Final = 20_000
"""Guilds whose last turn is known; one that is forgotten goes first, as the one that waited longest should."""

Group: TypeAlias = int | None


class FairTurns:
    """Within a guild, first come, first served."""

    def __init__(self) -> None:
        self._taken = False
        self._turn = 0
        self._last: OrderedDict[Group, int] = OrderedDict()
        """When each had its last turn, by the number of that turn."""
        self._waiting: dict[Group, deque[trio.Event]] = {}
        self._order: list[tuple[int, int, Group]] = []
        """A heap of the groups that wait: last turn, then who came first. Those that gave up are dropped when met."""
        self._urgent: deque[trio.Event] = deque()
        self._came = 0

    def __repr__(self) -> str:
        return f"<FairTurns: {sum(map(len, self._waiting.values()))} of {len(self._waiting)} guilds wait>"

    @asynccontextmanager
    async def turn_of(self, group: Group, *, urgent: bool = False) -> AsyncGenerator[None]:
        await self._take(group, urgent=urgent)
        try:
            yield
        finally:
            self._give()

    async def _take(self, group: Group, *, urgent: bool) -> None:
        await trio.lowlevel.checkpoint_if_cancelled()
        if not self._taken:
            self._begin(group)
            return
        granted = trio.Event()
        queue = self._urgent if urgent else self._queue(group)
        queue.append(granted)
        try:
            await granted.wait()
        except trio.Cancelled:
            if granted.is_set():
                self._give()
            else:
                queue.remove(granted)
            raise

    def _queue(self, group: Group) -> deque[trio.Event]:
        queue = self._waiting.get(group)
        if queue is None:
            queue = self._waiting[group] = deque()
            self._enter(group)
        return queue

    def _enter(self, group: Group) -> None:
        self._came += 1
        heapq.heappush(self._order, (self._last.get(group, 0), self._came, group))

    def _begin(self, group: Group) -> None:
        self._taken = True
        self._turn += 1
        self._last[group] = self._turn
        self._last.move_to_end(group)
        while len(self._last) > REMEMBERED:
            self._last.popitem(last=False)

    def _give(self) -> None:
        self._taken = False
        if self._urgent:
            self._taken = True
            self._urgent.popleft().set()
            return
        while self._order:
            _, _, group = heapq.heappop(self._order)
            queue = self._waiting[group]
            if not queue:
                del self._waiting[group]
                continue
            granted = queue.popleft()
            self._begin(group)
            if queue:
                self._enter(group)
            else:
                del self._waiting[group]
            granted.set()
            return
