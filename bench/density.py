"""Memory of many live isolates: private and proportional kB of each, with a script loaded, after 100 events, and when
they have rested from these.

Private is what the kernel would give back if that process ended. Proportional also has its share of what is shared
with the zygote and the others. MemAvailable sees the rest: page tables, kernel stacks, sockets.

And beside others: what a tree of processes has more, in proportional kB, for each unit that was started in it, ran its
first handler and lives on, after two that came before. Units are what `coldstart` starts.
"""

import resource
from dataclasses import dataclass
from typing import Final

import trio

from actors.isolate.isolate import Isolate
from actors.isolate.process import Zygote, open_zygote
from bench import _peers, _scripts, _tree
from bench._peer import Peer
from bench._scripts import EVENT_WITH_OPS
from bench._traffic import Traffic, available_kb, start
from bench.harness import PERCENTS, SETTLE_S, Result, percentile, say

EVENTS: Final = 100
_IN_FLIGHT: Final = 4
_FIRST: Final = 2
"""Units that pay for what all share."""


@dataclass(frozen=True, slots=True)
class Sizes:
    """How many isolates live at once, and which of these counts the figures without a count are of."""

    counts: tuple[int, ...]
    headline: int
    held: int
    settle_s: float = SETTLE_S


FULL: Final = Sizes(counts=(200, 1_000), headline=200, held=30)
QUICK: Final = Sizes(counts=(50, 200), headline=200, held=8)


async def run(quick: bool) -> Result:  # noqa: FBT001  the form of every bench
    return await measure(QUICK if quick else FULL)


async def measure(sizes: Sizes, *, with_peers: bool = True) -> Result:
    _raise_descriptor_limit(3 * max(sizes.counts) + 200)
    by_count = {str(count): await _measure_count(count, sizes.settle_s) for count in sizes.counts}
    headline = by_count[str(sizes.headline)]
    held = {"flora": {"kb": await _flora_held(sizes.held)}, **(_peers_held(sizes.held) if with_peers else {})}
    for name, row in held.items():
        say(f"{name:>16}  {row}")
    best = min(
        (name for name in held if name != "flora" and "kb" in held[name]), key=lambda name: held[name]["kb"], default=""
    )
    return {
        "isolates": sizes.headline,
        "idle_private_kb": headline["idle"]["private_kb"]["p50"],
        "after_100_events_private_kb": headline["after_100_events"]["private_kb"]["p50"],
        "rested_private_kb": headline["rested"]["private_kb"]["p50"],
        "settle_s": sizes.settle_s,
        "by_count": by_count,
        "held": held,
        "versions": _peers.versions(),
        "best_peer": best or None,
        "ratio_to_best_peer": round(held["flora"]["kb"] / held[best]["kb"], 3) if best else None,
    }


async def _flora_held(count: int) -> int:
    async with open_zygote() as zygote:
        first = [await _used_once(zygote) for _ in range(_FIRST)]
        before = _tree.measure(zygote.pid).memory_mb()
        more = [await _used_once(zygote) for _ in range(count)]
        after = _tree.measure(zygote.pid).memory_mb()
        for isolate in first + more:
            isolate.kill()
    return round((after - before) * 1024 / count)


async def _used_once(zygote: Zygote) -> Isolate:
    isolate = await start(zygote)
    await isolate.dispatch(_scripts.EVENT, _scripts.FIRST_EVENT.encode())
    return isolate


def _peers_held(count: int) -> Result:
    with _peers.open_peers() as (present, missing):
        return {
            **{name: {"kb": _held_by(peer, count)} for name, peer in present.items()},
            **{name: {"missing": why} for name, why in missing.items()},
        }


def _held_by(peer: Peer, count: int) -> int:
    for _ in range(_FIRST):
        peer.hold()
    before = _tree.measure(*peer.pids()).memory_mb()
    for _ in range(count):
        peer.hold()
    return round((_tree.measure(*peer.pids()).memory_mb() - before) * 1024 / count)


async def _measure_count(count: int, settle_s: float) -> Result:
    async with open_zygote() as zygote:
        before = available_kb()
        isolates = [await start(zygote) for _ in range(count)]
        idle = _memory(isolates, before)
        for isolate in isolates:
            await Traffic(isolate).run(EVENT_WITH_OPS, EVENTS, _IN_FLIGHT)
        used = _memory(isolates, before)
        await trio.sleep(settle_s)
        rested = _memory(isolates, before)
        for isolate in isolates:
            isolate.kill()
        for isolate in isolates:
            await isolate.wait_ended()
    result = {"idle": idle, f"after_{EVENTS}_events": used, "rested": rested}
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
    return {f"p{percent}": percentile(samples, percent) for percent in PERCENTS}


def _raise_descriptor_limit(wanted: int) -> None:
    """Two descriptors for each isolate here, one in the zygote, which inherits this limit."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    if hard != resource.RLIM_INFINITY and hard < wanted:
        raise RuntimeError(f"this machine allows {hard} descriptors, {wanted} are needed")
    resource.setrlimit(resource.RLIMIT_NOFILE, (max(soft, wanted), hard))
