"""The short way of a set says the same as the long one: what is refused, what waits, what a lease may."""

from collections.abc import Awaitable, Callable
from dataclasses import replace
from pathlib import Path

import pytest
import trio
import trio.testing

from storage.kv import KeyValueStore, StoreView, open_kv
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
from storage.kv.journal import Journal
from storage.kv.keys import HEAD
from storage.kv.limits import KEY_BYTES, MIB
from tests.storage.kv.conftest import GUILD, LIMITS, DrivenClock, hold_journal, value_of


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


async def test_who_gave_up_leaves_nothing_that_would_answer_another(
    kv: KeyValueStore, store: StoreView, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Requests are used again; one whose caller was cancelled is still the writer's."""
    writes = trio.Semaphore(0)
    append = Journal.append

    async def slow(journal: Journal, frame: bytes) -> None:
        await writes.acquire()
        await append(journal, frame)

    await store.set("first", 0)
    monkeypatch.setattr(Journal, "append", slow)
    answered: list[str] = []

    async def ask(key: str, scope: trio.CancelScope) -> None:
        with scope:
            await store.set(key, 1)
            answered.append(key)

    async with trio.open_nursery() as nursery:
        scope = trio.CancelScope()
        nursery.start_soon(ask, "given up", scope)
        await trio.testing.wait_all_tasks_blocked()
        scope.cancel()
        await trio.testing.wait_all_tasks_blocked()
        nursery.start_soon(ask, "waits", trio.CancelScope())
        await trio.testing.wait_all_tasks_blocked()

        writes.release()
        await trio.testing.wait_all_tasks_blocked()
        assert answered == []
        writes.release()
    assert answered == ["waits"]
    assert [await value_of(store, key) for key in ("given up", "waits")] == [1, 1]
    assert kv.statistics().queued == 0


async def test_who_gave_up_in_the_queue_is_dropped_from_a_later_batch_too(
    tmp_path: Path, clock: DrivenClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with open_kv(tmp_path, replace(LIMITS, commit_operations=2), clock) as kv:
        store = kv.guild(GUILD).store("s")
        scopes = [trio.CancelScope() for _ in range(7)]

        async def ask(number: int) -> None:
            with scopes[number]:
                await store.set(f"{number}", number)

        async with trio.open_nursery() as nursery:
            may_go_on = hold_journal(monkeypatch)
            for number in range(7):  # one is being written, and three batches wait
                nursery.start_soon(ask, number)
                await trio.testing.wait_all_tasks_blocked()
            for number in (2, 5):
                scopes[number].cancel()
            await trio.testing.wait_all_tasks_blocked()
            may_go_on.set()
        assert [await value_of(store, f"{number}") for number in range(7)] == [0, 1, None, 3, 4, None, 6]
