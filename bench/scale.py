"""Ten thousand deployed guilds of which at most five hundred live: the memory of it all, what it takes to wake one that
sleeps, and whether an event to one that lives costs more than with ten guilds.

Latencies are of one event at a time, from its delivery until the host hears that its handler was entered.
"""

import os
import random
import statistics
import time
from dataclasses import dataclass
from typing import Final

import trio

from actors.limits import RuntimeLimits
from actors.refs import GuildEvent, GuildPhase
from actors.system import System
from bench import _tree
from bench._runtime import TELLS, Watch, numbered, runtime
from bench.harness import PERCENTS, Result, percentile, say
from storage.ids import GuildId

_FEW: Final = 10
_TARGET: Final = 1.3


@dataclass(frozen=True, slots=True)
class Sizes:
    guilds: int
    live: int
    wakes: int
    dispatches: int
    """Of each round."""
    rounds: int


FULL: Final = Sizes(guilds=10_000, live=500, wakes=1_000, dispatches=500, rounds=9)
QUICK: Final = Sizes(guilds=1_000, live=50, wakes=60, dispatches=100, rounds=3)


async def run(quick: bool) -> Result:  # noqa: FBT001  the form of every bench
    return await measure(QUICK if quick else FULL)


async def measure(sizes: Sizes) -> Result:
    few, many = Watch(TELLS), Watch(TELLS)
    limits = RuntimeLimits(max_resident=sizes.live, drain_s=1.0)
    async with runtime(few, limits) as small:
        await _restore(small, few, _FEW)
        alone_mb = _tree.measure(os.getpid()).memory_mb()
        async with runtime(many, limits) as large:
            began = time.perf_counter()
            await _restore(large, many, sizes.guilds)
            restored_s = time.perf_counter() - began
            live = _live(large)
            total_mb = _tree.measure(os.getpid()).memory_mb() - alone_mb
            rows = [
                (await _dispatch(small, few, _live(small), sizes), await _dispatch(large, many, live, sizes))
                for _ in range(sizes.rounds)
            ]
            wakes = await _wake(large, many, sizes)
            resident = len(_live(large))
    few_s, many_s = ([one for samples in column for one in samples] for column in zip(*rows, strict=True))
    ratios = [percentile(beside, 50) / percentile(alone, 50) for alone, beside in rows]
    result: Result = {
        "guilds": sizes.guilds,
        "most_live": sizes.live,
        "live_after_wakes": resident,
        "restored_s": round(restored_s, 2),
        "memory_mb": round(total_mb, 1),
        "memory_kb_per_guild": round(total_mb * 1024 / sizes.guilds, 1),
        **{f"wake_p{percent}_ms": round(percentile(wakes, percent) * 1000, 3) for percent in PERCENTS},
        **{f"dispatch_p{percent}_ms_10_guilds": round(percentile(few_s, percent) * 1000, 3) for percent in PERCENTS},
        **{f"dispatch_p{percent}_ms": round(percentile(many_s, percent) * 1000, 3) for percent in PERCENTS},
        "dispatch_p50_ratio": round(statistics.median(ratios), 3),
        "target_dispatch_p50_ratio": _TARGET,
    }
    say(f"{result}")
    return result


async def _restore(system: System, watch: Watch, count: int) -> None:
    """As at a start: all are known at once, and as many as may live come up."""
    watch.bundles = {GuildId(number): watch.bundle for number in range(1, count + 1)}
    await system.restore(dict.fromkeys(watch.bundles, ""))
    wanted = min(count, _most_live(system))
    while True:
        await trio.sleep(0.05)  # a look costs a walk over all guilds, and this wait is not what is timed
        if sum(worker.live for worker in system.workers()) >= wanted:
            return


def _most_live(system: System) -> int:
    return system._around.limits.max_resident * 9 // 10  # they are not spread quite evenly


def _live(system: System) -> list[GuildId]:
    lanes = system._router.lanes  # a status of ten thousand would read the kernel's books of all
    return [guild for guild, lane in lanes.items() if lane.book.phase is GuildPhase.LIVE]


async def _dispatch(system: System, watch: Watch, guilds: list[GuildId], sizes: Sizes) -> list[float]:
    """The times to a handler of the same ten guilds, which are warm."""
    chosen = guilds[:_FEW]
    for guild in chosen * 5:
        await _once(system, watch, guild)
    return [await _once(system, watch, chosen[number % _FEW]) for number in range(sizes.dispatches)]


async def _wake(system: System, watch: Watch, sizes: Sizes) -> list[float]:
    lanes = system._router.lanes
    source = random.Random(1)
    asleep = [guild for guild, lane in lanes.items() if lane.book.phase is not GuildPhase.LIVE]
    return [await _once(system, watch, guild) for guild in source.sample(asleep, sizes.wakes)]


async def _once(system: System, watch: Watch, guild: GuildId) -> float:
    entered = trio.Event()

    def on_line(_guild: GuildId, _level: str, _text: str) -> None:
        entered.set()

    watch.on_line = on_line
    ended = watch.ended
    began = time.perf_counter()
    system.deliver([GuildEvent(guild, "messageCreate", numbered(1))])
    await entered.wait()
    seconds = time.perf_counter() - began
    await watch.until(ended + 1)
    return seconds
