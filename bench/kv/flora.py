"""Our own store."""

import time
from collections.abc import AsyncGenerator, Awaitable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

from storage.kv import KvLimits, StoreView, open_kv


@dataclass(frozen=True, slots=True)
class Flora:
    """One store of one guild."""

    store: StoreView

    def set(self, key: str, value: str) -> Awaitable[object]:
        """Durable when it returns."""
        return self.store.set(key, value)

    async def get(self, key: str) -> object:
        """The value."""
        entry = await self.store.get(key)
        return entry.value if entry else None


@asynccontextmanager
async def open_flora(folder: Path) -> AsyncGenerator[Flora]:
    """The store, in this process."""
    async with open_kv(folder, KvLimits(), time.time) as kv:  # noqa: TID251 -- a bench lives in real time
        yield Flora(kv.guild(1).store("bench"))
