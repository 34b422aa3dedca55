"""The short way of a set says the same as the long one: what is refused, what waits, what a lease may."""

from collections.abc import Awaitable, Callable

import pytest
import trio
import trio.testing

from storage.kv import KeyValueStore, StoreView
from storage.kv.errors import (
    InvalidKey,
    InvalidStoreName,
    InvalidValue,
    KeyTooLong,
    KvClosed,
    KvError,
    StaleEpoch,
    ValueTooLarge,
)
from storage.kv.keys import HEAD
from storage.kv.limits import KEY_BYTES, MIB
from tests.storage.kv.conftest import GUILD, hold_journal, value_of


@pytest.mark.parametrize("key", ["k", "🌸", "k" * HEAD, "k" * (HEAD + 1), "🌸" * (KEY_BYTES // 4)])
@pytest.mark.parametrize("value", ["text", "", "\x1f" * 1_000, 5, b"\xff"])
async def test_both_ways_store_the_same(kv: KeyValueStore, key: str, value: object) -> None:
    for _ in range(2):  # a value over nothing, and one over a value that is there
        await kv.plain_setter(GUILD, "short")(key, value)
        await kv.write_one(GUILD, kv.operations.put("long", key, value))

    short, long = [await kv.get(GUILD, store, key) for store in ("short", "long")]
    assert short is not None
    assert long is not None
    assert (short.key, short.kind, short.data) == (long.key, long.kind, long.data)
    assert [info.size for info in await kv.stores(GUILD)] == [(await kv.usage(GUILD)).size // 2] * 2


@pytest.mark.parametrize(
    ("store", "key", "value", "refusal"),
    [
        ("", "k", "v", InvalidStoreName),
        ("s", "", "v", InvalidKey),
        ("s", "a\0b", "v", InvalidKey),
        ("s", "\ud800", "v", InvalidKey),
        ("s", "k" * (KEY_BYTES + 1), "v", KeyTooLong),
        ("s", "k", "\udfff", InvalidValue),
        ("s", "k", float("nan"), InvalidValue),
        ("s", "k", "v" * (MIB - 1), ValueTooLarge),
        ("s", "k" * KEY_BYTES, b"v" * (MIB + 1), ValueTooLarge),
    ],
)
async def test_both_ways_refuse_the_same(
    kv: KeyValueStore, store: str, key: str, value: object, refusal: type[KvError]
) -> None:
    with pytest.raises(refusal):
        await kv.plain_setter(GUILD, store)(key, value)
    with pytest.raises(refusal):
        kv.operations.put(store, key, value)
    assert await kv.stores(GUILD) == []


async def test_a_lease_that_was_taken_over_is_refused(kv: KeyValueStore) -> None:
    await kv.plain_setter(GUILD, "s", epoch=2)("k", "new")

    with pytest.raises(StaleEpoch):
        await kv.plain_setter(GUILD, "s", epoch=1)("k", "old")
    assert await value_of(kv.guild(GUILD).store("s"), "k") == "new"


async def test_in_one_batch_everything_happens_in_the_order_asked(
    kv: KeyValueStore, store: StoreView, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Also what does away with the store to which the sets before it were counted."""
    await store.set("k", "before")
    async with trio.open_nursery() as nursery:

        async def ask(question: Callable[[], Awaitable[object]]) -> None:
            await question()

        may_go_on = hold_journal(monkeypatch)
        for question in (
            lambda: store.set("other", 1),  # this one's batch is being written while the others gather
            lambda: store.set("k", "set"),
            store.clear,
            lambda: store.set("k", "again"),
            lambda: store.delete("k"),
            lambda: store.set("k", "last"),
        ):
            nursery.start_soon(ask, question)
            await trio.testing.wait_all_tasks_blocked()
        assert kv.statistics().queued == 5
        may_go_on.set()
    assert await value_of(store, "k") == "last"
    assert await store.count() == 1


async def test_a_set_after_the_end_is_refused(kv: KeyValueStore, store: StoreView) -> None:
    kv.close()
    with pytest.raises(KvClosed):
        await store.set("k", 1)
