"""A store in a folder of its own, on a clock that the test drives."""

from collections.abc import AsyncGenerator
from pathlib import Path

import pytest
import trio

from storage.kv import KeyValueStore, KvLimits, StoreView, open_kv
from storage.kv.check import check_rows
from storage.kv.journal import Journal

GUILD = 81384788765712384
LIMITS = KvLimits(map_bytes=1 << 30, journal_bytes=1 << 20)


async def problems(kv: KeyValueStore) -> list[str]:
    """What the checker finds, in what is committed and what the journal holds."""
    await kv._gathering.until_walkable()
    with kv._gathering.walk() as transaction:
        return check_rows(transaction, kv.environment.databases)


async def value_of(store: StoreView, key: str) -> object:
    """The value alone, or None when there is no such key."""
    entry = await store.get(key)
    return None if entry is None else entry.value


def hold_journal(monkeypatch: pytest.MonkeyPatch) -> trio.Event:
    """From now on nothing is appended to a journal before this event is set."""
    may_go_on = trio.Event()
    append = Journal.append

    async def slow(journal: Journal, frame: bytes) -> None:
        await may_go_on.wait()
        await append(journal, frame)

    monkeypatch.setattr(Journal, "append", slow)
    return may_go_on


class DrivenClock:
    """Unix seconds that move when told to."""

    def __init__(self) -> None:
        self.now = 1_800_000_000.0

    def __call__(self) -> float:
        return self.now

    def advance(self, seconds: float) -> None:
        """Later (or earlier)."""
        self.now += seconds


@pytest.fixture(name="clock")
def _clock() -> DrivenClock:
    return DrivenClock()


@pytest.fixture(name="kv")
async def _kv(tmp_path: Path, clock: DrivenClock) -> AsyncGenerator[KeyValueStore]:
    """Whatever a test did, the rows, counters and indexes agree at its end."""
    async with open_kv(tmp_path / "kv", LIMITS, clock) as kv:
        yield kv
        assert await problems(kv) == []


@pytest.fixture(name="store")
def _store(kv: KeyValueStore) -> StoreView:
    return kv.guild(GUILD).store("scores")
