"""Concurrent writers of one key: the history they saw can be put into one order that explains it all.

The checker is Wing and Gong's: an operation may come next if no other one ended before it began; try each, and
go back when the register cannot have answered so. Seen states are remembered, which keeps it quick.
"""

import random
from dataclasses import dataclass
from functools import cache

import trio

from storage.kv import KeyValueStore, StoreView
from storage.kv.operations import Mismatch
from tests.storage.kv.conftest import GUILD


@dataclass(frozen=True)
class Done:
    """One operation: when it began and ended, what it asked and what it was told."""

    began: int
    ended: int
    name: str
    argument: object
    answer: object


def explains(operation: Done, state: object) -> tuple[bool, object]:
    """Whether a register in this state answers so, and its state afterwards. A state is a value and a version."""
    value, version = state if isinstance(state, tuple) else (None, 0)
    match operation.name, operation.argument, operation.answer:
        case "get", _, answer:
            return answer == (value, version), state
        case "set", written, new_version:
            return True, (written, new_version)
        case "increment", _, (total, new_version):
            return total == (value or 0) + 1, (total, new_version)
        case "cas", (_, _), Mismatch(found):
            return found == version and operation.argument[0] != version, state  # type: ignore[index]
        case "cas", (expected, written), new_version:
            return expected == version, (written, new_version)
        case "delete", _, existed:
            return existed == (version != 0), (None, 0)
        case _:
            raise AssertionError(operation)


def is_linearizable(history: list[Done], initial: object = (None, 0)) -> bool:
    everything = frozenset(range(len(history)))

    @cache
    def search(remaining: frozenset[int], state: object) -> bool:
        if not remaining:
            return True
        first_end = min(history[index].ended for index in remaining)
        for index in remaining:
            if history[index].began <= first_end:
                fits, after = explains(history[index], state)
                if fits and search(remaining - {index}, after):
                    return True
        return False

    return search(everything, initial)


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
            began = self._now()
            name = chance.choice(["get", "set", "increment", "cas", "delete"])
            argument: object = seed * 100 + step
            if name == "cas":
                argument = (seen, argument)
            answer = await self._do(name, argument)
            if name == "get" and isinstance(answer, tuple):
                seen = answer[1]
            self.history.append(Done(began, self._now(), name, argument, answer))

    async def _do(self, name: str, argument: object) -> object:
        match name, argument:
            case "get", _:
                entry = await self.store.get(self.key)
                return (entry.value, entry.version) if entry else (None, 0)
            case "set", value:
                return (await self.store.set(self.key, value)).version
            case "increment", _:
                done = await self.store.increment(self.key)
                return (done.value, done.version)
            case "cas", (int(version), value):
                outcome = await self.store.compare_and_set(self.key, version, value)
                return outcome if isinstance(outcome, Mismatch) else outcome.version
            case _:
                outcome = await self.store.delete(self.key)
                assert not isinstance(outcome, Mismatch)
                return outcome.existed

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
    lost = [Done(1, 4, "increment", 0, (1, 1)), Done(2, 3, "increment", 0, (1, 2))]
    stale = [Done(1, 2, "set", 5, 1), Done(3, 4, "get", 0, (None, 0))]
    fine = [Done(1, 4, "set", 5, 1), Done(2, 3, "get", 0, (None, 0))]

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
                await guild.transact(
                    [], [make.increment("bank", f"{source}", -1), make.increment("bank", f"{target}")]
                )

    async with trio.open_nursery() as nursery:
        for seed in range(40):
            nursery.start_soon(transfer, seed)
    entries = await guild.store("bank").get_many([f"{account}" for account in range(10)])
    assert sum(entry.value for entry in entries if entry and isinstance(entry.value, int)) == 1_000
