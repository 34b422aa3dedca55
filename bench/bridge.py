"""What it costs to bring an event into an isolate and its outcome back, without operations and with three awaited.

One isolate, payloads of some 820 bytes. Latency and CPU are measured with 1 event in flight, throughput and CPU
with 64: then one wake-up brings several. The isolate's CPU time is the kernel's own count of its only thread.
"""

import time
from dataclasses import dataclass
from typing import Final

from actors.isolate.isolate import Isolate
from actors.isolate.process import open_zygote
from bench._scripts import EVENT, EVENT_WITH_OPS
from bench._traffic import Traffic, start
from bench._tree import cpu_ns
from bench.harness import PERCENTS, Result, percentile, say

_IN_FLIGHT: Final = 64


@dataclass(frozen=True, slots=True)
class Sizes:
    """How many events each part takes, and how often the parts take turns."""

    rounds: int
    singly: int
    batched: int
    leak_warm_up: int
    leak: int


FULL: Final = Sizes(rounds=7, singly=2_000, batched=10_000, leak_warm_up=20_000, leak=200_000)
QUICK: Final = Sizes(rounds=3, singly=500, batched=3_000, leak_warm_up=5_000, leak=20_000)


async def run(quick: bool) -> Result:  # noqa: FBT001  the form of every bench
    return await measure(QUICK if quick else FULL)


async def measure(sizes: Sizes) -> Result:
    async with open_zygote() as zygote:
        isolate = await start(zygote)
        traffic = Traffic(isolate)
        rows: dict[str, list[_Row]] = {}
        for name in (EVENT, EVENT_WITH_OPS):  # compiled code, before anything counts
            await traffic.run(name, sizes.batched, _IN_FLIGHT)
        for _ in range(sizes.rounds):
            for name in (EVENT, EVENT_WITH_OPS):
                rows.setdefault(f"{name}/1", []).append(await _row(traffic, isolate, name, sizes.singly, 1))
                rows.setdefault(f"{name}/64", []).append(await _row(traffic, isolate, name, sizes.batched, _IN_FLIGHT))
        await isolate.close()
        leak = await _leak(await start(zygote), sizes)
    result: Result = {
        "no_ops": _summary(rows[f"{EVENT}/1"], rows[f"{EVENT}/64"]),
        "three_ops": _summary(rows[f"{EVENT_WITH_OPS}/1"], rows[f"{EVENT_WITH_OPS}/64"]),
        **leak,
    }
    result["cpu_us_per_event_3_ops"] = result["three_ops"]["cpu_us_per_event"]
    result["cpu_us_per_event_3_ops_1_in_flight"] = result["three_ops"]["cpu_us_per_event_1_in_flight"]
    for name in ("no_ops", "three_ops"):
        say(f"{name:>10}  " + "  ".join(f"{key} {value}" for key, value in result[name].items()))
    say(f"      leak  {leak}")
    return result


@dataclass(frozen=True, slots=True)
class _Row:
    per_s: float
    cpu_us: float
    daemon_us: float
    p50_us: float
    p95_us: float
    p99_us: float


async def _row(traffic: Traffic, isolate: Isolate, name: str, count: int, in_flight: int) -> _Row:
    pid = isolate.process.pid
    cpu, daemon = cpu_ns(pid), time.process_time_ns()
    seconds = await traffic.run(name, count, in_flight)
    return _Row(
        per_s=count / seconds,
        cpu_us=(cpu_ns(pid) - cpu) / count / 1000,
        daemon_us=(time.process_time_ns() - daemon) / count / 1000,
        **{f"p{percent}_us": percentile(traffic.latencies, percent) * 1e6 for percent in PERCENTS},
    )


def _summary(singly: list[_Row], batched: list[_Row]) -> dict[str, float]:
    """The median of the rounds, each."""

    def median(rows: list[_Row], name: str) -> float:
        return round(percentile([getattr(row, name) for row in rows], 50), 1)

    return {
        **{f"p{percent}_us": median(singly, f"p{percent}_us") for percent in PERCENTS},
        "events_per_s_1_in_flight": median(singly, "per_s"),
        "cpu_us_per_event_1_in_flight": median(singly, "cpu_us"),
        "daemon_cpu_us_per_event_1_in_flight": median(singly, "daemon_us"),
        "events_per_s": median(batched, "per_s"),
        "cpu_us_per_event": median(batched, "cpu_us"),
        "daemon_cpu_us_per_event": median(batched, "daemon_us"),
    }


async def _leak(isolate: Isolate, sizes: Sizes) -> Result:
    """Private memory after many events, above that after the warm-up; both after a thorough collection."""
    traffic = Traffic(isolate)
    await traffic.run(EVENT_WITH_OPS, sizes.leak_warm_up, _IN_FLIGHT)
    await traffic.collect()
    before, heap_before = isolate.process.private_bytes(), isolate.heap_bytes
    await traffic.run(EVENT_WITH_OPS, sizes.leak, _IN_FLIGHT)
    await traffic.collect()
    after, heap_after = isolate.process.private_bytes(), isolate.heap_bytes
    await isolate.close()
    return {
        "leaked_bytes_per_event": round((after - before) / sizes.leak, 2),
        "leaked_heap_bytes_per_event": round((heap_after - heap_before) / sizes.leak, 2),
        "leak_events": sizes.leak,
        "private_kb_before": before // 1024,
        "private_kb_after": after // 1024,
    }
