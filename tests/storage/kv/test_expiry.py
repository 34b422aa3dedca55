"""When a key is gone: by the clock, at once, and swept in slices."""

import pytest

from storage.kv import KeyValueStore, StoreView
from storage.kv.errors import (
    InvalidExpiry,
    KeyNotFound,
)
from storage.kv.operations import Deleted, Written
from tests.storage.kv.conftest import GUILD, DrivenClock


async def test_a_key_is_gone_the_moment_it_expires_swept_or_not(
    kv: KeyValueStore, store: StoreView, clock: DrivenClock
) -> None:
    await store.set("relative", 1, ttl=10)
    await store.set("absolute", 1, expires_at=clock.now + 10)
    await store.set("stays", 1)

    clock.advance(9.999)
    assert await store.count() == 3
    clock.advance(0.001)
    assert not await store.has("relative")
    assert not await store.has("absolute")
    assert [key.key for key in (await store.list_keys()).keys] == ["stays"]
    assert await store.count() == 1
    assert (await kv.sweep()).expired <= 2
    assert await store.count() == 1
    assert (await kv.stores(GUILD))[0].count == 1


async def test_an_expired_key_counts_as_absent_for_every_write(store: StoreView, clock: DrivenClock) -> None:
    for key in ("absent", "number", "metadata", "delete"):
        await store.set(key, 5, ttl=1)
    clock.advance(1)

    assert isinstance(await store.set_if_absent("absent", 1), Written)
    assert (await store.increment("number")).value == 1
    with pytest.raises(KeyNotFound):
        await store.update_metadata("metadata", {})
    assert await store.delete("delete") == Deleted(existed=False)


@pytest.mark.parametrize("ttl", [0, -1, float("nan"), float("inf"), 1e18, True])
async def test_a_ttl_that_is_no_time_to_come_is_refused(store: StoreView, ttl: float) -> None:
    with pytest.raises(InvalidExpiry):
        await store.set("key", 1, ttl=ttl)
    assert not await store.has("key")


async def test_an_expiry_in_the_past_or_in_milliseconds_is_refused(store: StoreView, clock: DrivenClock) -> None:
    for expires_at in (clock.now, clock.now - 1, 0, clock.now * 1000):
        with pytest.raises(InvalidExpiry):
            await store.set("key", 1, expires_at=expires_at)
    with pytest.raises(InvalidExpiry):
        await store.set("key", 1, ttl=1, expires_at=clock.now + 1)


async def test_a_small_step_back_of_the_clock_brings_nothing_back(store: StoreView, clock: DrivenClock) -> None:
    await store.set("key", 1, ttl=10)
    clock.advance(10)
    assert not await store.has("key")

    clock.advance(-5)
    assert not await store.has("key")


async def test_a_large_step_back_is_followed_and_said(
    kv: KeyValueStore, store: StoreView, clock: DrivenClock, caplog: pytest.LogCaptureFixture
) -> None:
    clock.advance(10_000)
    await store.set("key", 1, ttl=10)
    clock.advance(-10_000)
    await store.set("other", 1, ttl=10)

    clock.advance(10)
    assert not await store.has("other")
    assert await store.has("key")
    assert kv.statistics().clock_corrections == 1
    assert "The clock was set back" in caplog.text


async def test_expiry_is_swept_in_slices(kv: KeyValueStore, clock: DrivenClock) -> None:
    for start in range(0, 1_500, 500):
        puts = [kv.operations.put("s", f"{n}", n, ttl=1 + n / 1_000) for n in range(start, start + 500)]
        await kv.write(GUILD, puts)
    before = kv.statistics().commits

    clock.advance(60)
    await kv.sweep()
    assert kv.statistics().commits - before >= 3
    assert await kv.stores(GUILD) == []
    await kv.checkpoint()
    with kv.environment.read() as transaction:
        assert transaction.stat(kv.environment.databases.entries)["entries"] == 0
