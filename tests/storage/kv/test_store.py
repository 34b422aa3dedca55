"""What is set is what is got; what is refused changes nothing; stores, guilds and the end."""

import pytest
import trio
import trio.testing

from storage.kv import KeyValueStore, KvError, RawJson, StoreView
from storage.kv.errors import (
    AnswerTooLarge,
    InvalidMetadata,
    InvalidValue,
    KvClosed,
    MetadataTooLarge,
    TooManyOperations,
    ValueTooLarge,
)
from storage.kv.limits import ENTRY_OVERHEAD, MIB
from storage.kv.operations import Deleted
from tests.storage.kv.conftest import GUILD, value_of

CYCLE: list[object] = []
CYCLE.append(CYCLE)


def nested(depth: int) -> object:
    value: object = 0
    for _ in range(depth):
        value = [value]
    return value


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
