"""Changes that look at what is there: numbers, versions, transactions, leases."""

import pytest

from storage.kv import KeyValueStore, StoreView
from storage.kv.errors import (
    InvalidNumber,
    KeyNotFound,
    NotANumber,
    NumberOverflow,
    StaleEpoch,
    TooManyOperations,
)
from storage.kv.limits import MIB
from storage.kv.operations import ABSENT, Committed, Deleted, Mismatch, Written
from storage.kv.values import SAFE_INTEGER
from tests.storage.kv.conftest import GUILD, value_of


async def test_increment_counts_as_javascript_does(store: StoreView) -> None:
    assert (await store.increment("n")).value == 1
    assert (await store.increment("n", 41)).value == 42
    assert (await store.increment("n", -42)).value == 0
    assert (await store.increment("n", 0.5)).value == 0.5
    whole = await store.increment("n", 0.5)
    assert repr(whole.value) == "1"
    assert (await store.increment("n", 1.0)).value == 2


async def test_increment_keeps_expiry_and_metadata(store: StoreView) -> None:
    await store.increment("n", ttl=60)
    await store.update_metadata("n", "mine")
    await store.increment("n", ttl=5_000)

    entry = await store.get("n")
    assert entry is not None
    assert (entry.value, entry.expires_at, entry.metadata) == (2, 1_800_000_060.0, "mine")


async def test_a_sum_beyond_2_53_is_refused(store: StoreView) -> None:
    await store.set("n", SAFE_INTEGER)
    await store.set("huge", 2**60)

    for key, amount in (("n", 1), ("n", 0.5), ("huge", 0), ("huge", -(2**52))):
        with pytest.raises(NumberOverflow):
            await store.increment(key, amount)
    assert (await store.increment("n", 0)).value == SAFE_INTEGER


@pytest.mark.parametrize("value", ["1", None, True, [1], b"1"])
async def test_only_numbers_are_incremented(store: StoreView, value: object) -> None:
    await store.set("n", value)

    with pytest.raises(NotANumber):
        await store.increment("n")
    assert await value_of(store, "n") == value


@pytest.mark.parametrize("amount", [float("nan"), float("inf"), True, 2**53, "1"])
async def test_only_numbers_are_added(store: StoreView, amount: float) -> None:
    with pytest.raises(InvalidNumber):
        await store.increment("n", amount)


async def test_compare_and_set_sees_every_write_in_between(store: StoreView) -> None:
    first = await store.set("key", 1)
    second = await store.compare_and_set("key", first.version, 2)
    assert isinstance(second, Written)

    assert await store.compare_and_set("key", first.version, 3) == Mismatch(second.version)
    assert await store.delete("key", if_version=first.version) == Mismatch(second.version)
    assert await store.compare_and_set("missing", 7, 3) == Mismatch(ABSENT)
    assert await value_of(store, "key") == 2
    assert await store.delete("key", if_version=second.version) == Deleted(existed=True)


async def test_versions_are_never_used_twice_even_within_one_commit(kv: KeyValueStore, store: StoreView) -> None:
    puts = [kv.operations.put("scores", "key", number) for number in range(3)]

    outcomes = await kv.guild(GUILD).write(puts)
    assert len({outcome.version for outcome in outcomes if isinstance(outcome, Written)}) == 3
    assert await value_of(store, "key") == 2


async def test_set_if_absent_writes_once(store: StoreView) -> None:
    first = await store.set_if_absent("key", 1)

    assert isinstance(first, Written)
    assert await store.set_if_absent("key", 2) == Mismatch(first.version)


async def test_update_metadata_leaves_value_and_expiry(store: StoreView) -> None:
    await store.set("key", {"v": 1}, ttl=60, metadata="old")
    await store.update_metadata("key", {"new": True})
    entry = await store.get("key")
    assert entry is not None
    assert (entry.value, entry.expires_at, entry.metadata) == ({"v": 1}, 1_800_000_060.0, {"new": True})

    await store.update_metadata("key", None)
    entry = await store.get("key")
    assert entry is not None
    assert entry.metadata is None
    with pytest.raises(KeyNotFound):
        await store.update_metadata("missing", {})


async def test_a_transaction_over_two_stores_happens_as_a_whole(kv: KeyValueStore) -> None:
    guild, make = kv.guild(GUILD), kv.operations
    alice, bank = guild.store("alice"), guild.store("bank")
    version = (await alice.set("coins", 10)).version

    outcome = await guild.transact(
        [make.check("alice", "coins", version), make.check("bank", "coins", ABSENT)],
        [
            make.increment("alice", "coins", -4),
            make.increment("bank", "coins", 4),
            make.increment("bank", "coins", 1),
        ],
    )
    assert isinstance(outcome, Committed)
    assert (await value_of(alice, "coins"), await value_of(bank, "coins")) == (6, 5)


async def test_a_transaction_that_fails_anywhere_changes_nothing(kv: KeyValueStore, store: StoreView) -> None:
    guild, make = kv.guild(GUILD), kv.operations
    await store.set("text", "x")

    mismatch = await guild.transact([make.check("scores", "text", 1 << 40)], [make.put("scores", "new", 1)])
    assert isinstance(mismatch, Mismatch)
    late = await guild.transact([], [make.put("scores", "new", 1), make.delete("scores", "text", if_version=1 << 40)])
    assert isinstance(late, Mismatch)
    assert late.check == 1
    with pytest.raises(NotANumber):
        await guild.transact([], [make.put("scores", "new", 1), make.increment("scores", "text")])
    assert not await store.has("new")


async def test_a_refused_operation_does_not_fail_its_neighbours(kv: KeyValueStore, store: StoreView) -> None:
    make = kv.operations
    await store.set("text", "x")

    good, bad, also_good = await kv.guild(GUILD).write(
        [make.put("scores", "a", 1), make.increment("scores", "text"), make.put("scores", "b", 2)]
    )
    assert isinstance(good, Written)
    assert isinstance(bad, NotANumber)
    assert isinstance(also_good, Written)
    assert await store.has("b")


async def test_a_request_is_bounded(kv: KeyValueStore) -> None:
    make = kv.operations
    with pytest.raises(TooManyOperations):
        await kv.guild(GUILD).write([make.delete("s", "k")] * 1_001)
    with pytest.raises(TooManyOperations):
        await kv.guild(GUILD).write([make.put("s", f"{n}", b"x" * MIB) for n in range(17)])
    with pytest.raises(TooManyOperations):
        make.transaction([], [make.delete("s", "k")] * 1_001)
    assert await kv.guild(GUILD).write([]) == []


async def test_a_lease_that_was_taken_over_writes_nothing(kv: KeyValueStore) -> None:
    await kv.guild(GUILD, epoch=2).store("s").set("key", "new")

    with pytest.raises(StaleEpoch):
        await kv.guild(GUILD, epoch=1).store("s").set("key", "old")
    await kv.delete_guild(GUILD, epoch=2)
    with pytest.raises(StaleEpoch):
        await kv.guild(GUILD, epoch=1).store("s").set("key", "old")
    assert await kv.stores(GUILD) == []
