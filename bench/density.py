"""Memory of many live isolates: private and proportional kB of each, with a script loaded and after 100 events.

Private is what the kernel would give back if that process ended. Proportional also has its share of what is shared
with the zygote and the others. MemAvailable sees the rest: page tables, kernel stacks, sockets.
"""

import resource
from dataclasses import dataclass
from typing import Final

from actors.isolate.isolate import Isolate
from actors.isolate.process import open_zygote
from bench._scripts import EVENT_WITH_OPS
from bench._traffic import Traffic, available_kb, start
from bench.harness import Result, percentile, say

EVENTS: Final = 100
_IN_FLIGHT: Final = 4


@dataclass(frozen=True, slots=True)
class Sizes:
    """How many isolates live at once, and which of these counts the figures without a count are of."""

    counts: tuple[int, ...]
    headline: int


FULL: Final = Sizes(counts=(200, 1_000), headline=200)
QUICK: Final = Sizes(counts=(50, 200), headline=200)


async def run(quick: bool) -> Result:  # noqa: FBT001  the form of every bench
    return await measure(QUICK if quick else FULL)


async def measure(sizes: Sizes) -> Result:
    _raise_descriptor_limit(3 * max(sizes.counts) + 200)
    by_count = {str(count): await _measure_count(count) for count in sizes.counts}
    headline = by_count[str(sizes.headline)]
    return {
        "isolates": sizes.headline,
        "idle_private_kb": headline["idle"]["private_kb"]["p50"],
        "after_100_events_private_kb": headline["after_100_events"]["private_kb"]["p50"],
        "by_count": by_count,
    }


async def _measure_count(count: int) -> Result:
    async with open_zygote() as zygote:
        before = available_kb()
        isolates = [await start(zygote) for _ in range(count)]
        idle = _memory(isolates, before)
        for isolate in isolates:
            await Traffic(isolate).run(EVENT_WITH_OPS, EVENTS, _IN_FLIGHT)
        used = _memory(isolates, before)
        for isolate in isolates:
            isolate.kill()
        for isolate in isolates:
            await isolate.wait_ended()
    result = {"idle": idle, f"after_{EVENTS}_events": used}
    for name, row in result.items():
        say(f"{count:>6} isolates, {name}: {row}")
    return result


def _memory(isolates: list[Isolate], available_before: int) -> Result:
    available = available_kb()
    return {
        "private_kb": _spread([isolate.process.private_bytes() // 1024 for isolate in isolates]),
        "proportional_kb": _spread([isolate.process.proportional_bytes() // 1024 for isolate in isolates]),
        "available_kb": round((available_before - available) / len(isolates)),
    }


def _spread(samples: list[int]) -> dict[str, float]:
    return {f"p{percent}": percentile(samples, percent) for percent in (50, 95)}


def _raise_descriptor_limit(wanted: int) -> None:
    """Two descriptors for each isolate here, one in the zygote, which inherits this limit."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    if hard != resource.RLIM_INFINITY and hard < wanted:
        raise RuntimeError(f"this machine allows {hard} descriptors, {wanted} are needed")
    resource.setrlimit(resource.RLIMIT_NOFILE, (max(soft, wanted), hard))
