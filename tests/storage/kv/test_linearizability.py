"""Concurrent writers of one key: the history they saw can be put into one order that explains it all.

The checker is Wing and Gong's: an operation may come next if no other one ended before it began; try each,
and go back when the register cannot have answered so. Seen states are remembered, which keeps it quick.
"""

import random
from dataclasses import dataclass
from functools import cache
from typing import Literal, TypeAlias

import trio

from storage.kv import KeyValueStore, StoreView
from storage.kv.operations import Mismatch
from tests.storage.kv.conftest import GUILD

Name: TypeAlias = Literal["get", "set", "increment", "cas", "delete"]
NAMES: tuple[Name, ...] = ("get", "set", "increment", "cas", "delete")


@dataclass(frozen=True)
class Register:
    """What the key holds; version 0 says that there is no such key."""

    value: object = None
    version: int = 0


@dataclass(frozen=True)
class Done:
    """One operation: when it began and ended, what it asked, and what it was told of the register."""

    began: int
    ended: int
    name: Name
    told: Register
    expected: int = 0
    """The version that a compare-and-set wanted."""
    happened: bool = True
    """Whether a compare-and-set wrote, or a delete found something."""


def explains(operation: Done, before: Register) -> Register | None:
    """The register afterwards, if it can have answered so; None if not."""
    told = operation.told
    fits, after = True, told
    match operation.name:
        case "get":
            fits = told == before
        case "set":
            pass
        case "increment":
            fits = told.value == (before.value if isinstance(before.value, int) else 0) + 1
        case "cas":
            fits = operation.happened == (operation.expected == before.version)
            after = told if operation.happened else before
            fits = fits and (operation.happened or told.version == before.version)
        case "delete":
            fits, after = operation.happened == (before.version != 0), Register()
    return after if fits else None


def is_linearizable(history: list[Done]) -> bool:
    @cache
    def search(remaining: frozenset[int], state: Register) -> bool:
        if not remaining:
            return True
        first_end = min(history[index].ended for index in remaining)
        for index in remaining:
            if history[index].began <= first_end:
                after = explains(history[index], state)
                if after is not None and search(remaining - {index}, after):
                    return True
        return False

    return search(frozenset(range(len(history))), Register())


class Recorder:
    """Runs operations and writes their history, by a clock that ticks at every beginning and end."""

    def __init__(self, store: StoreView, key: str) -> None:
        self.store = store
        self.key = key
        self.history: list[Done] = []
        self.tick = 0

    async def run(self, seed: int) -> None:
        chance = random.Random(seed)
        seen = 0
        for step in range(6):
            name, began = chance.choice(NAMES), self._now()
            told, happened = await self._do(name, seed * 100 + step, seen)
            self.history.append(Done(began, self._now(), name, told, seen, happened))
            seen = told.version

    async def _do(self, name: Name, value: int, expected: int) -> tuple[Register, bool]:
        match name:
            case "get":
                entry = await self.store.get(self.key)
                return (Register(entry.value, entry.version) if entry else Register()), True
            case "set":
                return Register(value, (await self.store.set(self.key, value)).version), True
            case "increment":
                done = await self.store.increment(self.key)
                return Register(done.value, done.version), True
            case "cas":
                outcome = await self.store.compare_and_set(self.key, expected, value)
                return Register(value, outcome.version), not isinstance(outcome, Mismatch)
            case "delete":
                deleted = await self.store.delete(self.key)
                assert not isinstance(deleted, Mismatch)
                return Register(), deleted.existed

    def _now(self) -> int:
        self.tick += 1
        return self.tick


async def test_concurrent_histories_of_a_key_are_linearizable(kv: KeyValueStore) -> None:
    recorders = [Recorder(kv.guild(GUILD).store(f"s{number % 3}"), f"key{number}") for number in range(30)]
    async with trio.open_nursery() as nursery:
        for number, recorder in enumerate(recorders):
            for writer in range(5):
                nursery.start_soon(recorder.run, number * 10 + writer)

    for recorder in recorders:
        assert len(recorder.history) == 30
        assert is_linearizable(recorder.history), recorder.history


def test_the_checker_refuses_a_lost_update_and_a_stale_read() -> None:
    lost = [Done(1, 4, "increment", Register(1, 1)), Done(2, 3, "increment", Register(1, 2))]
    stale = [Done(1, 2, "set", Register(5, 1)), Done(3, 4, "get", Register())]
    fine = [Done(1, 4, "set", Register(5, 1)), Done(2, 3, "get", Register())]

    assert not is_linearizable(lost)
    assert not is_linearizable(stale)
    assert is_linearizable(fine)


async def test_money_is_conserved_by_concurrent_transfers(kv: KeyValueStore) -> None:
    guild, make = kv.guild(GUILD), kv.operations
    for account in range(10):
        await guild.store("bank").set(f"{account}", 100)

    async def transfer(seed: int) -> None:
        chance = random.Random(seed)
        for _ in range(20):
            source, target = chance.sample(range(10), 2)
            with trio.move_on_after(chance.choice([0, 0.002, 60])):
                await guild.transact([], [make.increment("bank", f"{source}", -1), make.increment("bank", f"{target}")])

    async with trio.open_nursery() as nursery:
        for seed in range(40):
            nursery.start_soon(transfer, seed)
    entries = await guild.store("bank").get_many([f"{account}" for account in range(10)])
    assert sum(entry.value for entry in entries if entry and isinstance(entry.value, int)) == 1_000
