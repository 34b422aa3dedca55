"""Our own store."""

import time
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from pathlib import Path

from storage.kv import KvLimits, StoreView, open_kv


class Flora:
    """One store of one guild, by the door that a script's operations use."""

    __slots__ = ("_store", "set")

    def __init__(self, store: StoreView) -> None:
        self._store = store
        self.set = store.set
        """Durable when it returns. Itself, as the other systems' is: one more call around it would be the bench's."""

    async def get(self, key: str) -> object:
        """The value."""
        entry = await self._store.get(key)
        return entry.value if entry else None


@asynccontextmanager
async def open_flora(folder: Path) -> AsyncGenerator[Flora]:
    """The store, in this process."""
    async with open_kv(folder, KvLimits(), time.time) as kv:  # noqa: TID251 -- a bench lives in real time
        yield Flora(kv.guild(1).store("bench"))
