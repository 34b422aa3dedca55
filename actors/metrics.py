"""What the daemon counts, for Prometheus.

The runtime tells what happens by plain calls that add to plain numbers. A scrape copies the numbers on the loop and
renders them in a thread. No label names a guild: a thousand guilds would make a scrape of megabytes; what one guild
uses is asked of the API.

Two sets of names are served: those that operators know from the documents (`flora_dispatch_success`, ...) and those of
the original's code (`flora_dispatch_errors_total`, ...).
"""

from bisect import bisect_left
from collections import Counter, deque
from collections.abc import Callable, Iterable, Mapping, Sequence
from itertools import accumulate, repeat
from typing import Final

import trio

from actors.exposition import Family, Kind, written
from actors.isolate.isolate import Run
from actors.outcomes import RunOutcome
from actors.refs import WorkerStatus

CONTENT_TYPE: Final = "text/plain; version=0.0.4; charset=utf-8"
DISPATCH_BUCKETS: Final = (0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0)
MIGRATION_BUCKETS: Final = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0)
_LATEST: Final = 1_000
_TIMEOUTS: Final = frozenset({RunOutcome.CPU, RunOutcome.WALL_TIME})

Source = Callable[[], Iterable[Family]]
"""Gives families of metrics, at each scrape. Must be quick: it runs on the loop."""


class Histogram:
    """Counts by bucket, without locks or labels."""

    def __init__(self, bounds: Sequence[float]) -> None:
        self._bounds = bounds
        self._counts = [0] * (len(bounds) + 1)
        self.sum = 0.0

    def __repr__(self) -> str:
        return f"<Histogram of {sum(self._counts)}>"

    def observe(self, value: float, count: int = 1) -> None:
        self._counts[bisect_left(self._bounds, value)] += count
        self.sum += value * count

    def family(self, name: str, documentation: str) -> Family:
        names = [*(f"{bound:g}" for bound in self._bounds), "+Inf"]
        buckets = [(name, float(count)) for name, count in zip(names, accumulate(self._counts), strict=True)]
        family = Family(name, documentation, Kind.HISTOGRAM)
        family.add_histogram(buckets, self.sum)
        return family


class Metrics:
    """What happens in the runtime (its Observer), and what others add to a scrape."""

    def __init__(self) -> None:
        self._outcomes: Counter[RunOutcome] = Counter()
        self._drops: Counter[str] = Counter()
        self._migrations: Counter[str] = Counter()
        self._out_of_memory = 0
        self._timed_out = 0
        self._restarts = 0
        self._cpu_us = 0
        self._dispatch = Histogram(DISPATCH_BUCKETS)
        self._quiesce = Histogram(MIGRATION_BUCKETS)
        self._pause = Histogram(MIGRATION_BUCKETS)
        self._latest: deque[float] = deque(maxlen=_LATEST)
        self._last_quiesce_s = 0.0
        self._sources: list[Source] = []

    def __repr__(self) -> str:
        return f"<Metrics of {self._outcomes.total()} dispatches>"

    # -- the runtime's Observer

    def dispatched(self, run: Run, wall_s: float) -> None:
        self._out_of_memory += run.out_of_memory or run.outcome is RunOutcome.MEMORY
        self._timed_out += run.outcome in _TIMEOUTS
        if run.outcome is RunOutcome.OK:
            self.ended_well(1, run.cpu_us, wall_s)
            return
        self._outcomes[run.outcome] += 1
        self._cpu_us += run.cpu_us
        self._dispatch.observe(wall_s)

    def ended_well(self, count: int, cpu_us: int, wall_s: float) -> None:
        self._outcomes[RunOutcome.OK] += count
        self._cpu_us += cpu_us
        self._dispatch.observe(wall_s, count)
        self._latest.extend(repeat(wall_s, count))

    def cut(self, outcome: RunOutcome) -> None:
        self._out_of_memory += outcome is RunOutcome.MEMORY
        self._timed_out += outcome in _TIMEOUTS

    def dropped(self, reason: str) -> None:
        self._drops[reason] += 1

    def restarted(self) -> None:
        self._restarts += 1

    def migrated(self, outcome: str, quiesced_s: float | None, paused_s: float | None) -> None:
        self._migrations[outcome] += 1
        if quiesced_s is not None:
            self._quiesce.observe(quiesced_s)
            self._last_quiesce_s = quiesced_s
        if paused_s is not None:
            self._pause.observe(paused_s)

    # -- scrapes

    def add(self, source: Source) -> None:
        """Let somebody else's numbers be in each scrape."""
        self._sources.append(source)

    async def render(self) -> bytes:
        """The text of a scrape. Copied here, written in a thread."""
        families = list(self._families())
        for source in self._sources:
            families += source()
        return await trio.to_thread.run_sync(written, families)

    def snapshot(self) -> Mapping[str, float]:
        """The original's JSON, under its keys."""
        latest = sorted(self._latest)
        return {
            "dispatch_total": self._outcomes.total(),
            "dispatch_errors": self._outcomes.total() - self._outcomes[RunOutcome.OK],
            "timeout_errors": self._timed_out,
            "oom_errors": self._out_of_memory,
            "isolate_restarts": self._restarts,
            "migration_success": self._migrations["ok"],
            "migration_timeout": self._migrations["timeout"],
            "migration_quiesce_duration_us": round(self._last_quiesce_s * 1e6),
            "avg_latency_us": round(sum(latest) / len(latest) * 1e6) if latest else 0,
            **{f"p{rank}_latency_us": _rank_us(latest, rank) for rank in (50, 95, 99)},
        }

    def _families(self) -> Iterable[Family]:
        errors = self._outcomes.total() - self._outcomes[RunOutcome.OK]
        yield count("flora_dispatch_success", "Events whose handlers ended well", self._outcomes[RunOutcome.OK])
        yield count("flora_dispatch_error", "Events that did not end well", errors)
        yield count("flora_dispatch", "Events dispatched", self._outcomes.total())
        yield count("flora_dispatch_errors", "The same as flora_dispatch_error_total", errors)
        yield count("flora_timeout_error", "Times a script was cut for its time or CPU", self._timed_out)
        yield count("flora_timeout_errors", "The same as flora_timeout_error_total", self._timed_out)
        yield count("flora_oom_error", "Times a script ran out of memory", self._out_of_memory)
        yield count("flora_oom_errors", "The same as flora_oom_error_total", self._out_of_memory)
        yield count("flora_isolate_restarted", "Isolates replaced after they ended", self._restarts)
        yield count("flora_isolate_restarts", "The same as flora_isolate_restarted_total", self._restarts)
        yield count("flora_migration_success", "Guilds moved between workers", self._migrations["ok"])
        yield count("flora_migration_timeout", "Moves given up at the deadline", self._migrations["timeout"])
        yield by_label("flora_migrations", "Moves by outcome", "outcome", self._migrations)
        yield by_label("flora_dispatch_outcomes", "Events by outcome", "outcome", _named(self._outcomes))
        yield by_label("flora_dropped", "Events dropped, by reason", "reason", self._drops)
        yield count("flora_script_cpu_seconds", "CPU that scripts used", self._cpu_us / 1e6)
        yield self._dispatch.family("flora_dispatch_duration_seconds", "From an isolate's frame to its answer")
        yield self._quiesce.family("flora_migration_quiesce_duration_seconds", "Until a moved guild's handlers ended")
        yield self._pause.family("flora_migration_pause_seconds", "How long a moved guild's events waited, in all")
        yield gauge("flora_migration_quiesce_duration_us", "The last move's", round(self._last_quiesce_s * 1e6))
        numbers = self.snapshot()
        for key in ("avg", "p50", "p95", "p99"):
            documentation = f"Of the last {_LATEST} events that ended well"
            yield gauge(f"flora_dispatch_latency_{key}_us", documentation, numbers[f"{key}_latency_us"])


def of_workers(
    workers: Callable[[], Sequence[WorkerStatus]], zygote_restarts: Callable[[], int], computing: Callable[[], int]
) -> Source:
    """Isolates, queues and zygotes, from the runtime's own status; restarts also of workers that have left since."""

    def source() -> Iterable[Family]:
        found = workers()
        yield gauge("flora_workers", "Workers that run", len(found))
        yield gauge("flora_guilds", "Guilds that are placed on a worker", sum(one.guilds for one in found))
        live = sum(one.live for one in found)
        yield gauge("flora_isolate_count", "Isolates that run", live)
        yield gauge("flora_isolates_sleeping", "Guilds without an isolate", sum(one.guilds for one in found) - live)
        yield gauge("flora_guilds_computing", "Guilds whose scripts compute without end", computing())
        yield count("flora_runtime_restarts", "Zygotes started anew", zygote_restarts())
        backlog = Family("flora_worker_backlog", "Events that wait in a worker", Kind.GAUGE, ["worker"])
        warm = Family("flora_zygote_warm", "1 when isolates are forked warm, 0 when cold", Kind.GAUGE, ["worker"])
        for one in found:
            backlog.add([str(one.worker)], one.backlog)
            warm.add([str(one.worker)], float(one.zygote_warm))
        yield backlog
        yield warm

    return source


def of_mailboxes(mailboxes: Callable[[], Mapping[str, tuple[int, int]]]) -> Source:
    """What waits, and has waited, in each kind of mailbox."""

    def source() -> Iterable[Family]:
        waiting = Family("flora_mailbox_waiting", "What waits in the fullest", Kind.GAUGE, ["mailbox"])
        peak = Family("flora_mailbox_peak", "The most that ever waited in one", Kind.GAUGE, ["mailbox"])
        for name, (now, most) in mailboxes().items():
            waiting.add([name], now)
            peak.add([name], most)
        return [waiting, peak]

    return source


def gauge(name: str, documentation: str, value: float) -> Family:
    """One number that goes up and down."""
    return _of_one(Family(name, documentation, Kind.GAUGE), value)


def count(name: str, documentation: str, value: float) -> Family:
    """One number that only grows, since the start."""
    return _of_one(Family(name, documentation, Kind.COUNTER), value)


def _of_one(family: Family, value: float) -> Family:
    family.add((), value)
    return family


def by_label(name: str, documentation: str, label: str, counts: Mapping[str, int]) -> Family:
    """One counter for each of a closed list of names."""
    family = Family(name, documentation, Kind.COUNTER, [label])
    for value, number in counts.items():
        family.add([str(value)], number)
    return family


def _rank_us(ordered: Sequence[float], rank: int) -> int:
    if not ordered:
        return 0
    return round(ordered[max(0, -(-len(ordered) * rank // 100) - 1)] * 1e6)


def _named(counts: Mapping[RunOutcome, int]) -> dict[str, int]:
    return {outcome.value: number for outcome, number in counts.items()}
