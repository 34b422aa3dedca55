"""What an event costs on its whole way: router, worker, guild and isolate, there and back, with 1 to 1,000 guilds.

Events come in batches, as one wake-up of the gateway brings them, spread over the guilds. Throughput is measured with
a bounded number of events under way; CPU is that of the whole process tree, the bench's own part included. Latency is
measured at a tenth, half and nine tenths of that throughput, with arrivals at random: from when the event was due until
the host hears that its handler was entered.
"""

import os
import random
import statistics
import time
from dataclasses import dataclass
from typing import Final

import trio

from actors.refs import GuildEvent
from actors.system import System
from bench import _tree
from bench._runtime import COUNTS, PAYLOADS, TELLS, Watch, deploy_many, numbered, runtime
from bench.harness import Result, milliseconds, say
from storage.ids import GuildId

_BATCH: Final = 64
_UNDER_WAY: Final = 512
_LOADS: Final = (10, 50, 90)
_MARK_US: Final = 40


@dataclass(frozen=True, slots=True)
class Sizes:
    guilds: tuple[int, ...]
    events: int
    rounds: int
    seconds: float
    """Of each load."""


FULL: Final = Sizes(guilds=(1, 10, 100, 1000), events=30_000, rounds=5, seconds=4.0)
QUICK: Final = Sizes(guilds=(1, 10, 100, 1000), events=4_000, rounds=2, seconds=0.5)


async def run(quick: bool) -> Result:  # noqa: FBT001  the form of every bench
    return await measure(QUICK if quick else FULL)


async def measure(sizes: Sizes) -> Result:
    by_guilds = {str(count): await _with_guilds(count, sizes) for count in sizes.guilds}
    return {"mark_cpu_us_per_event": _MARK_US, "batch": _BATCH, "under_way": _UNDER_WAY, "guilds": by_guilds}


async def _with_guilds(count: int, sizes: Sizes) -> Result:
    watch = Watch(COUNTS)
    async with runtime(watch) as system:
        guilds = await deploy_many(system, watch, count)
        pids = [one.pid for one in _tree.family(os.getpid())]
        await _saturate(system, watch, guilds, max(sizes.events // 4, count * 4))
        rows = [await _throughput(system, watch, guilds, sizes.events, pids) for _ in range(sizes.rounds)]
    if set(watch.outcomes) != {"ok"}:
        raise RuntimeError(f"not all went well: {watch.outcomes}")
    per_s, cpu_us, daemon_us = (round(statistics.median(column), 1) for column in zip(*rows, strict=True))
    result: Result = {"events_per_s": per_s, "cpu_us_per_event": cpu_us, "daemon_cpu_us_per_event": daemon_us}
    watch = Watch(TELLS)
    async with runtime(watch) as system:
        guilds = await deploy_many(system, watch, count)
        for load in _LOADS:
            result[f"at_{load}_percent"] = await _latency(system, watch, guilds, per_s * load / 100, sizes.seconds)
    say(f"{count:>6} guilds  {result}")
    return result


async def _throughput(
    system: System, watch: Watch, guilds: list[GuildId], count: int, pids: list[int]
) -> tuple[float, float, float]:
    cpu, daemon, began = sum(map(_tree.cpu_ns, pids)), time.process_time_ns(), time.perf_counter()
    await _saturate(system, watch, guilds, count)
    seconds, daemon = time.perf_counter() - began, time.process_time_ns() - daemon
    cpu = sum(map(_tree.cpu_ns, pids)) - cpu
    return count / seconds, cpu / count / 1000, daemon / count / 1000


async def _saturate(system: System, watch: Watch, guilds: list[GuildId], count: int) -> None:
    """Keep a number of events under way until `count` have ended."""
    first = watch.ended
    for at in range(0, count, _BATCH):
        await watch.until(first + at - _UNDER_WAY)
        system.deliver(
            [
                GuildEvent(guilds[number % len(guilds)], "messageCreate", PAYLOADS[number % 64])
                for number in range(at, min(at + _BATCH, count))
            ]
        )
    await watch.until(first + count)


async def _latency(system: System, watch: Watch, guilds: list[GuildId], per_s: float, seconds: float) -> Result:
    source = random.Random(1)
    due: list[float] = []
    entered: dict[int, float] = {}

    def on_line(_guild: GuildId, _level: str, text: str) -> None:
        if text.isdecimal():  # else it is the runtime that speaks
            entered[int(text)] = trio.current_time()

    watch.on_line = on_line
    first, now = watch.ended, trio.current_time()
    end, at = now + seconds, now
    while at < end:
        await trio.sleep_until(at)
        now, batch = trio.current_time(), list[GuildEvent]()
        while at <= now:
            number = len(due)
            batch.append(GuildEvent(guilds[source.randrange(len(guilds))], "messageCreate", numbered(number)))
            due.append(at)
            at += source.expovariate(per_s)
        system.deliver(batch)
    await watch.until(first + len(due))
    latencies = [entered[number] - due[number] for number in range(len(due)) if number in entered]
    return {
        "per_s": round(len(due) / seconds),
        **milliseconds(latencies, digits=3),
        "dropped": len(due) - len(latencies),
    }
