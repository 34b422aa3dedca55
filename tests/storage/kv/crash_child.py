"""Writes as hard as it can and says on stdout what was acknowledged, until it is killed.

Each of 32 tasks owns a key and counts it up; the value carries the number again in its padding, so a torn one
would show. Every tenth write moves a pair of keys in one transaction; others clear and expire beside it.
"""

import os
import sys
import time
from pathlib import Path

import trio

from storage.kv import KeyValueStore, KvLimits, open_kv

TASKS = 32


def padded(number: int) -> str:
    return f"{number}:" + f"{number % 10}" * (number * 37 % 6_000)


async def write(kv: KeyValueStore, task: int) -> None:
    guild, make = kv.guild(task % 4), kv.operations
    store = guild.store("counts")
    found = await store.get(f"task{task}")
    number = int(str(found.value).split(":")[0]) if found else 0
    while True:
        number += 1
        if number % 10 == 0:
            pair = [make.put(name, f"pair{task}", number) for name in ("left", "right")]
            await guild.transact([], pair)
        if number % 25 == 0:
            await guild.store(f"scratch{task}").set("x", number, ttl=0.05)
            await guild.store(f"scratch{task}").clear()
        await store.set(f"task{task}", padded(number), ttl=10_000 if number % 2 else None)
        os.write(1, b"%d %d\n" % (task, number))


async def main(path: Path) -> None:
    limits = KvLimits(map_bytes=1 << 30, journal_bytes=1 << 20, gathered_rows=500)
    async with open_kv(path, limits, time.time) as kv, trio.open_nursery() as nursery:  # noqa: TID251
        for task in range(TASKS):
            nursery.start_soon(write, kv, task)


if __name__ == "__main__":
    trio.run(main, Path(sys.argv[1]))
