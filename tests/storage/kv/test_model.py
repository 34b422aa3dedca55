"""The whole surface against a plain dict: whatever is done in whatever order, both answer alike."""

from collections.abc import Callable, Coroutine
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import trio
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from storage.kv import KeyValueStore, Listing, open_kv
from storage.kv.errors import KeyNotFound, NotANumber
from storage.kv.keys import HEAD
from storage.kv.operations import Committed, Mismatch, Written
from tests.storage.kv.conftest import LIMITS, DrivenClock, problems

GUILDS = st.sampled_from([1, 2])
STORES = st.sampled_from(["s", "t"])
LONG = "k" * (HEAD - 1)
KEYS = st.sampled_from(["a", "b", "ab", "é", LONG, LONG + "é", LONG + "k", LONG + "ka", LONG + "\U0001f338" * 28])
VALUES = st.one_of(st.none(), st.integers(-5, 5), st.text(max_size=3), st.binary(max_size=3), st.lists(st.booleans()))
TTLS = st.one_of(st.none(), st.integers(1, 20))
METADATA = st.one_of(st.none(), st.integers(0, 3))


class Remembered:
    """What a dict knows of an entry."""

    def __init__(self, value: object, expires: float | None, metadata: object | None, version: int) -> None:
        self.value, self.expires, self.metadata, self.version = value, expires, metadata, version


class KeyValueModel(RuleBasedStateMachine):
    """Each step runs one operation to its end inside a trio run that lasts as long as the machine."""

    def __init__(self) -> None:
        super().__init__()
        self.clock = DrivenClock()
        self.folder = TemporaryDirectory(prefix="flora-kv-model-")
        self.model: dict[tuple[int, str], dict[str, Remembered]] = {}

    def on(self, action: Callable[[KeyValueStore], Coroutine[Any, Any, None]]) -> None:
        """Open, act, close: so every step also proves that what was acknowledged survives that."""

        async def main() -> None:
            async with open_kv(Path(self.folder.name), LIMITS, self.clock) as kv:
                await action(kv)
                assert await problems(kv) == []

        trio.run(main)

    def live(self, guild: int, store: str) -> dict[str, Remembered]:
        entries = self.model.setdefault((guild, store), {})
        for key in [key for key, kept in entries.items() if kept.expires and kept.expires <= self.clock.now]:
            del entries[key]
        return entries

    def expiry(self, ttl: int | None) -> float | None:
        return None if ttl is None else self.clock.now + ttl

    @initialize()
    def start_empty(self) -> None:
        self.model.clear()

    @rule(guild=GUILDS, store=STORES, key=KEYS, value=VALUES, ttl=TTLS, metadata=METADATA)
    def set(self, guild: int, store: str, key: str, value: object, ttl: int | None, metadata: int | None) -> None:
        async def act(kv: KeyValueStore) -> None:
            written = await kv.guild(guild).store(store).set(key, value, ttl=ttl, metadata=metadata)
            self.live(guild, store)[key] = Remembered(value, self.expiry(ttl), metadata, written.version)

        self.on(act)

    @rule(guild=GUILDS, store=STORES, key=KEYS, value=VALUES)
    def set_if_absent(self, guild: int, store: str, key: str, value: object) -> None:
        async def act(kv: KeyValueStore) -> None:
            outcome = await kv.guild(guild).store(store).set_if_absent(key, value)
            entries = self.live(guild, store)
            if key in entries:
                assert outcome == Mismatch(entries[key].version)
            else:
                assert isinstance(outcome, Written)
                entries[key] = Remembered(value, None, None, outcome.version)

        self.on(act)

    @rule(guild=GUILDS, store=STORES, key=KEYS, stale=st.booleans(), value=VALUES)
    def compare_and_set(self, guild: int, store: str, key: str, *, stale: bool, value: object) -> None:
        async def act(kv: KeyValueStore) -> None:
            entries = self.live(guild, store)
            current = entries[key].version if key in entries else 0
            outcome = await kv.guild(guild).store(store).compare_and_set(key, current + stale, value)
            if stale:
                assert outcome == Mismatch(current)
            else:
                assert isinstance(outcome, Written)
                entries[key] = Remembered(value, None, None, outcome.version)

        self.on(act)

    @rule(guild=GUILDS, store=STORES, key=KEYS, amount=st.integers(-3, 3))
    def increment(self, guild: int, store: str, key: str, amount: int) -> None:
        async def act(kv: KeyValueStore) -> None:
            entries = self.live(guild, store)
            before = entries.get(key, Remembered(0, None, None, 0))
            try:
                outcome = await kv.guild(guild).store(store).increment(key, amount)
            except NotANumber:
                assert not isinstance(before.value, int)
                return
            assert isinstance(before.value, int)
            assert outcome.value == before.value + amount
            entries[key] = Remembered(outcome.value, before.expires, before.metadata, outcome.version)

        self.on(act)

    @rule(guild=GUILDS, store=STORES, key=KEYS, metadata=METADATA)
    def update_metadata(self, guild: int, store: str, key: str, metadata: int | None) -> None:
        async def act(kv: KeyValueStore) -> None:
            entries = self.live(guild, store)
            try:
                outcome = await kv.guild(guild).store(store).update_metadata(key, metadata)
            except KeyNotFound:
                assert key not in entries
                return
            entries[key].metadata, entries[key].version = metadata, outcome.version

        self.on(act)

    @rule(guild=GUILDS, store=STORES, key=KEYS)
    def delete(self, guild: int, store: str, key: str) -> None:
        async def act(kv: KeyValueStore) -> None:
            outcome = await kv.guild(guild).store(store).delete(key)
            existed = self.live(guild, store).pop(key, None) is not None
            assert not isinstance(outcome, Mismatch)
            assert outcome.existed == existed

        self.on(act)

    @rule(guild=GUILDS, key=KEYS, other=KEYS, stale=st.booleans())
    def move_between_stores(self, guild: int, key: str, other: str, *, stale: bool) -> None:
        """A transaction: out of one store and into the other, if nothing changed meanwhile."""

        async def act(kv: KeyValueStore) -> None:
            source, target, make = self.live(guild, "s"), self.live(guild, "t"), kv.operations
            version = source[key].version if key in source else 0
            outcome = await kv.guild(guild).transact(
                [make.check("s", key, version + stale)],
                [make.delete("s", key), make.put("t", other, "moved")],
            )
            if stale:
                assert outcome == Mismatch(version)
                return
            assert isinstance(outcome, Committed)
            written = outcome.outcomes[1]
            assert isinstance(written, Written)
            source.pop(key, None)
            target[other] = Remembered("moved", None, None, written.version)

        self.on(act)

    @rule(guild=GUILDS, store=STORES)
    def clear(self, guild: int, store: str) -> None:
        async def act(kv: KeyValueStore) -> None:
            await kv.guild(guild).store(store).clear()
            self.live(guild, store).clear()

        self.on(act)

    @rule(guild=GUILDS)
    def delete_guild(self, guild: int) -> None:
        async def act(kv: KeyValueStore) -> None:
            await kv.delete_guild(guild)
            for store in ("s", "t"):
                self.live(guild, store).clear()

        self.on(act)

    @rule(seconds=st.integers(1, 15))
    def pass_time(self, seconds: int) -> None:
        self.clock.advance(seconds)

    @precondition(lambda self: self.model)
    @rule()
    def sweep(self) -> None:
        async def act(kv: KeyValueStore) -> None:
            await kv.sweep()

        self.on(act)

    @rule(
        guild=GUILDS,
        store=STORES,
        prefix=st.sampled_from(["", "a", "é", LONG, LONG + "k"]),
        reverse=st.booleans(),
        limit=st.integers(1, 4),
    )
    def list_all(self, guild: int, store: str, prefix: str, *, reverse: bool, limit: int) -> None:
        async def act(kv: KeyValueStore) -> None:
            view, seen, cursor = kv.guild(guild).store(store), list[str](), None
            while True:
                page = await view.list_keys(Listing(prefix=prefix, reverse=reverse), limit=limit, cursor=cursor)
                seen += [key.key for key in page.keys]
                if (cursor := page.cursor) is None:
                    break
            names = [key for key in self.live(guild, store) if key.startswith(prefix)]
            assert seen == sorted(names, key=str.encode, reverse=reverse)

        self.on(act)

    @invariant()
    def everything_is_as_remembered(self) -> None:
        async def act(kv: KeyValueStore) -> None:
            for guild, store in list(self.model):
                entries, view = self.live(guild, store), kv.guild(guild).store(store)
                assert await view.count() == len(entries)
                for found, (key, kept) in zip(await view.get_many(list(entries)), entries.items(), strict=True):
                    assert found is not None, key
                    assert (found.value, found.metadata) == (kept.value, kept.metadata)
                    assert (found.expires_at, found.version) == (kept.expires, kept.version)

        self.on(act)

    def teardown(self) -> None:
        self.folder.cleanup()


TestKeyValueModel = KeyValueModel.TestCase
TestKeyValueModel.settings = settings(max_examples=12, stateful_step_count=25, deadline=None)
