"""The contract of every operation."""

import pytest
import trio
import trio.testing

from storage.kv import KeyValueStore, KvError, RawJson, StoreView
from storage.kv.errors import (
    AnswerTooLarge,
    InvalidExpiry,
    InvalidMetadata,
    InvalidNumber,
    InvalidValue,
    KeyNotFound,
    KvClosed,
    MetadataTooLarge,
    NotANumber,
    NumberOverflow,
    StaleEpoch,
    TooManyOperations,
    ValueTooLarge,
)
from storage.kv.limits import ENTRY_OVERHEAD, MIB
from storage.kv.operations import ABSENT, Committed, Deleted, Mismatch, Written
from storage.kv.values import SAFE_INTEGER
from tests.storage.kv.conftest import GUILD, DrivenClock

CYCLE: list[object] = []
CYCLE.append(CYCLE)


def nested(depth: int) -> object:
    value: object = 0
    for _ in range(depth):
        value = [value]
    return value


async def value_of(store: StoreView, key: str) -> object:
    entry = await store.get(key)
    return None if entry is None else entry.value


@pytest.mark.parametrize(
    "value", [None, True, 0, -1.5, "", "text 🌸", [1, [2]], {"a": {"b": None}}, b"", b"\x00\xff", 2**70]
)
async def test_what_was_set_is_what_is_got(store: StoreView, value: object) -> None:
    await store.set("key", value)

    assert await value_of(store, "key") == value
    assert await store.has("key")


async def test_json_text_from_an_isolate_is_stored_as_it_is(store: StoreView) -> None:
    await store.set("key", RawJson(b'{ "a" : 1 }'))

    entry = await store.get("key")
    assert entry is not None
    assert entry.data == b'{ "a" : 1 }'
    assert entry.value == {"a": 1}


@pytest.mark.parametrize(
    "value",
    [float("nan"), float("inf"), CYCLE, {1, 2}, object(), "\ud800", {"k": "\udfff"}, nested(100_000)]
    + [
        RawJson(text)
        for text in (b"", b"{", b"NaN", b"1e999", b"1" * 5_000, b"[" * 10_000, b"[" * 2_000 + b"]" * 2_000)
    ]
    + [RawJson(b'{"k":"%b"}' % text) for text in (b"\\ud800", b"\\udc00", b"\\ud83dx", b"\xed\xa0\x80", b"\xff")]
    + [RawJson(b'{"\\ud800":1}')],
)
async def test_a_value_that_is_not_json_is_refused_and_changes_nothing(store: StoreView, value: object) -> None:
    await store.set("key", "before")

    with pytest.raises(InvalidValue):
        await store.set("key", value)
    with pytest.raises(InvalidMetadata):
        await store.set("key", "after", metadata=value)
    assert await value_of(store, "key") == "before"


async def test_a_value_may_have_a_mebibyte_and_not_a_byte_more(store: StoreView) -> None:
    await store.set("bytes", b"x" * MIB)
    await store.set("json", "x" * (MIB - 2))

    for value in (b"x" * (MIB + 1), "x" * (MIB - 1), RawJson(b" " * (MIB + 1))):
        with pytest.raises(ValueTooLarge):
            await store.set("json", value)


async def test_metadata_of_ten_megabytes_is_refused(store: StoreView) -> None:
    with pytest.raises(MetadataTooLarge):
        await store.set("key", 1, metadata="x" * 10_000_000)
    assert not await store.has("key")


async def test_set_replaces_expiry_and_metadata_too(store: StoreView) -> None:
    await store.set("key", 1, ttl=60, metadata={"by": "alice"})
    first = await store.get("key")
    await store.set("key", 2)
    second = await store.get("key")

    assert first is not None
    assert second is not None
    assert (first.expires_at, first.metadata) == (1_800_000_060.0, {"by": "alice"})
    assert (second.expires_at, second.metadata) == (None, None)
    assert second.version > first.version


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


async def test_delete_says_whether_the_key_existed(store: StoreView) -> None:
    await store.set("key", 1)

    assert await store.delete("key") == Deleted(existed=True)
    assert await store.delete("key") == Deleted(existed=False)


async def test_get_many_answers_in_the_order_asked(store: StoreView) -> None:
    await store.set("a", 1)
    await store.set("b", 2)

    found = await store.get_many(["b", "missing", "a", "b"])
    assert [entry.value if entry else None for entry in found] == [2, None, 1, 2]
    assert await store.get_many([]) == []


async def test_get_many_is_bounded_in_keys_and_bytes(store: StoreView) -> None:
    for number in range(17):
        await store.set(f"{number}", b"x" * MIB)

    assert len(await store.get_many([f"{number}" for number in range(15)])) == 15
    with pytest.raises(AnswerTooLarge):
        await store.get_many([f"{number}" for number in range(17)])
    with pytest.raises(TooManyOperations):
        await store.get_many(["k"] * 1_001)


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


async def test_guilds_and_stores_do_not_see_each_other(kv: KeyValueStore) -> None:
    await kv.guild(1).store("s").set("key", "one")
    await kv.guild(2).store("s").set("key", "two")
    await kv.guild(1).store("t").set("key", "three")

    assert await value_of(kv.guild(1).store("s"), "key") == "one"
    assert [info.name for info in await kv.guild(1).stores()] == ["s", "t"]
    assert (await kv.guild(2).stores())[0].size == len("key") + len('"two"') + ENTRY_OVERHEAD


async def test_a_store_exists_while_it_holds_something(kv: KeyValueStore, store: StoreView) -> None:
    assert await kv.guild(GUILD).stores() == []
    await store.set("key", 1)
    assert [info.count for info in await kv.guild(GUILD).stores()] == [1]
    await store.delete("key")
    assert await kv.guild(GUILD).stores() == []
    assert (await kv.guild(GUILD).usage()).size == 0


async def test_clear_is_at_once_and_swept_in_slices(kv: KeyValueStore, store: StoreView) -> None:
    await kv.guild(GUILD).write([kv.operations.put("scores", f"{n}", n, ttl=60) for n in range(1_000)])
    await kv.guild(GUILD).write([kv.operations.put("scores", f"x{n}", n) for n in range(501)])

    assert (await store.clear()).entries == 1_501
    assert await store.count() == 0
    assert (await store.list_keys()).keys == ()
    await store.set("new", 1)
    await kv.sweep()
    assert (await kv.guild(GUILD).usage()).size == len("new") + 1 + ENTRY_OVERHEAD
    await kv.checkpoint()
    with kv.environment.read() as transaction:
        assert transaction.stat(kv.environment.databases.entries)["entries"] == 1


async def test_a_deleted_guild_is_gone_and_its_neighbour_is_not(kv: KeyValueStore) -> None:
    for guild in (1, 2):
        for store in ("a", "b"):
            puts = [kv.operations.put(store, f"{n}", n, ttl=60) for n in range(400)]
            await kv.write(guild, puts)

    assert await kv.delete_guild(1)
    assert not await kv.delete_guild(1)
    assert await kv.stores(1) == []
    await kv.guild(1).store("a").set("0", "again")
    await kv.sweep()
    assert await kv.guild(1).store("a").count() == 1
    assert await kv.guild(2).store("b").count() == 400
    await kv.checkpoint()
    with kv.environment.read() as transaction:
        assert transaction.stat(kv.environment.databases.entries)["entries"] == 801


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


async def test_a_lease_that_was_taken_over_writes_nothing(kv: KeyValueStore) -> None:
    await kv.guild(GUILD, epoch=2).store("s").set("key", "new")

    with pytest.raises(StaleEpoch):
        await kv.guild(GUILD, epoch=1).store("s").set("key", "old")
    await kv.delete_guild(GUILD, epoch=2)
    with pytest.raises(StaleEpoch):
        await kv.guild(GUILD, epoch=1).store("s").set("key", "old")
    assert await kv.stores(GUILD) == []


async def test_a_write_that_is_cancelled_in_the_queue_never_happens(kv: KeyValueStore, store: StoreView) -> None:
    await store.set("key", "before")
    with trio.CancelScope() as scope:
        scope.cancel()
        await store.set("key", "after")

    assert scope.cancelled_caught
    await store.set("other", 1)
    assert await value_of(store, "key") == "before"


async def test_what_waits_when_the_store_closes_is_written_and_nothing_more(
    kv: KeyValueStore, store: StoreView
) -> None:
    outcomes: list[str] = []

    async def write(name: str) -> None:
        try:
            await store.set(name, 1)
            outcomes.append("written")
        except KvClosed:
            outcomes.append("refused")

    async with trio.open_nursery() as nursery:
        nursery.start_soon(write, "waits")
        await trio.testing.wait_all_tasks_blocked()
        kv.close()
        nursery.start_soon(write, "late")
    assert sorted(outcomes) == ["refused", "written"]


def test_every_error_has_a_code_of_its_own() -> None:
    def family(error: type[KvError]) -> list[type[KvError]]:
        return [error, *(each for child in error.__subclasses__() for each in family(child))]

    codes = [error.code for error in family(KvError) if "code" in vars(error)]
    assert len(codes) == len(set(codes)) > 25
