"""Durable sets and gets: flora's LMDB store beside Valkey and SQLite, in one run, on one disk.

Every system answers a set only once it is on disk. Each runs under the same load: so many trio tasks, each
with one operation in flight, over a few thousand keys with values of 200 bytes, so that the cost of the
tasks is in every figure alike.

- `flora`: a journal before LMDB, group commit (storage/kv).
- `valkey`: the server with `appendonly yes`, `appendfsync always`, over a unix socket. One connection on
  which all callers pipeline: what is waiting goes out in one write, and the server syncs once for all of it.
  It is the fastest client we know for it, and what `ratio_to_valkey_100` is measured against.
- `valkey_redis_py`: the same server through redis-py, a connection for each caller: what a Python program gets.
- `sqlite`: WAL, `synchronous=FULL`, one transaction for each set, in the one thread that owns the connection.
- `sqlite_grouped`: the same with group commit as flora does it: all that wait share one transaction.
"""

import tempfile
from collections.abc import Awaitable, Callable
from contextlib import AbstractAsyncContextManager
from pathlib import Path
from typing import Final, Protocol

import trio

from bench import harness
from bench.kv.flora import open_flora
from bench.kv.sqlite import open_sqlite, open_sqlite_grouped
from bench.kv.valkey import open_redis_py, open_valkey

CALLERS: Final = (1, 16, 100, 1_000)
KEYS: Final = 5_000
VALUE: Final = "v" * 200
_ROUNDS: Final = 3


class System(Protocol):
    """What is measured."""

    def set(self, key: str, value: str) -> Awaitable[object]:
        """Durable when it returns."""
        ...

    async def get(self, key: str) -> object:
        """The value."""
        ...


SYSTEMS: Final[dict[str, Callable[[Path], AbstractAsyncContextManager[System]]]] = {
    "flora": open_flora,
    "valkey": open_valkey,
    "valkey_redis_py": open_redis_py,
    "sqlite": open_sqlite,
    "sqlite_grouped": open_sqlite_grouped,
}


async def run(quick: bool) -> harness.Result:  # noqa: FBT001 -- the harness calls it so
    """Rounds alternate between the systems, and the best of each counts: a noisy neighbour hits all alike."""
    seconds = 0.25 if quick else 2.0
    sets: dict[str, dict[str, int]] = {name: {} for name in SYSTEMS}
    gets: dict[str, dict[str, int]] = {name: {} for name in SYSTEMS}
    for round_ in range(2 if quick else _ROUNDS):
        for name, open_system in SYSTEMS.items():
            with tempfile.TemporaryDirectory(prefix="flora-bench-kv-", dir=Path.cwd()) as folder:
                async with open_system(Path(folder)) as system:
                    await _measure(system, seconds, sets[name], gets[name])
            harness.say(f"round {round_ + 1}, {name}: sets/s {sets[name]}, gets/s {gets[name]}")
    return {
        "sets_per_s": sets,
        "gets_per_s": gets,
        "ratio_to_valkey_redis_py_100": round(sets["flora"]["100"] / sets["valkey_redis_py"]["100"], 2),
        "ratio_to_valkey_100": round(sets["flora"]["100"] / sets["valkey"]["100"], 2),
        "value_bytes": len(VALUE),
    }


async def _measure(system: System, seconds: float, sets: dict[str, int], gets: dict[str, int]) -> None:
    for callers in CALLERS:
        rate = await _rate(callers, seconds, lambda key: system.set(key, VALUE))
        sets[str(callers)] = max(rate, sets.get(str(callers), 0))
    for callers in CALLERS:
        rate = await _rate(callers, seconds, system.get)
        gets[str(callers)] = max(rate, gets.get(str(callers), 0))


async def _rate(callers: int, seconds: float, operation: Callable[[str], Awaitable[object]]) -> int:
    """Operations per second, counted between a start that all callers share and the last answer."""
    done = 0

    async def call(caller: int) -> None:
        nonlocal done
        number = caller
        while trio.current_time() < deadline:
            await operation(f"key:{number % KEYS}")
            number += callers
            done += 1
            if number % 64 == 0:
                await trio.lowlevel.checkpoint()

    started = trio.current_time()
    deadline = started + seconds
    async with trio.open_nursery() as nursery:
        for caller in range(callers):
            nursery.start_soon(call, caller)
    return round(done / (trio.current_time() - started))
