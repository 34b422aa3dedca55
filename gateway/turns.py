"""One after another, and of those who wait always the lowest number first: the shards of a bucket."""

from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager

import trio


class Turns:
    """A lock whose queue is in the order of numbers."""

    def __init__(self) -> None:
        self._taken = False
        self._waiting: dict[int, trio.Event] = {}

    def __repr__(self) -> str:
        return f"<Turns: {len(self._waiting)} wait>"

    @asynccontextmanager
    async def turn_of(self, number: int) -> AsyncGenerator[None]:
        await self._take(number)
        try:
            yield
        finally:
            self._give()

    async def _take(self, number: int) -> None:
        if not self._taken:
            self._taken = True
            return
        granted = self._waiting[number] = trio.Event()
        try:
            await granted.wait()
        except trio.Cancelled:
            if granted.is_set():
                self._give()
            else:
                del self._waiting[number]
            raise

    def _give(self) -> None:
        if self._waiting:
            self._waiting.pop(min(self._waiting)).set()
        else:
            self._taken = False
