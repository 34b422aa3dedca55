"""Every limit: its unit, its default, why it is what it is, and the attack or accident that it stops.

A limit is always in force: zero and negative values are refused, and `math.inf` is the only way to lift one that
may be lifted. Units are in the names.
"""

import math
from dataclasses import dataclass, field, fields
from typing import Any, Final

KIB: Final = 1024
MIB: Final = 1024 * KIB


class LimitError(ValueError):
    """A limit was given a value that it cannot have."""


def _limit(default: Any, reason: str, stops: str) -> Any:
    return field(default=default, metadata={"reason": reason, "stops": stops})


@dataclass(frozen=True, slots=True, kw_only=True)
class IsolateLimits:
    """What one isolate may take. The daemon enforces times; the isolate itself and the kernel the rest."""

    boot_s: float = _limit(5.0, "a fork takes 3 ms; a machine short of memory takes seconds", "a hung boot")
    load_s: float = _limit(30.0, "a top level may await what it fetches", "a bundle that never finishes loading")
    dispatch_s: float = _limit(3.0, "Discord waits 3 s for an answer to an interaction", "handlers that never end")
    background_s: float = _limit(3.0, "as long as a dispatch", "timer callbacks that never yield")
    grace_s: float = _limit(0.1, "an interrupted script ends within 5 ms", "scripts that resist interruption")
    script_bytes: int = _limit(8 * MIB, "fifty times a large bot, bundled", "bundles that only fill memory")
    heap_bytes: int = _limit(64 * MIB, "a guild's script holds some MiB", "memory growing without end")
    process_bytes: int = _limit(
        128 * MIB, "the heap, and as much again outside it", "array buffers and strings outside the heap"
    )
    nursery_bytes: int = _limit(1 * MIB, "young objects of some dispatches", "idle memory of a thousand guilds")
    rest_s: float = _limit(
        10.0, "giving memory back takes some ms, and the next event some pages again", "memory of guilds that are quiet"
    )
    first_collection_mib: int = _limit(3, "collecting a small heap takes 1 ms", "garbage held for nothing")
    stack_bytes: int = _limit(
        512 * KIB, "a small function can call itself some 6,800 deep", "recursion into the guard page"
    )
    pending_ops: int = _limit(256, "a handler awaits a few at a time", "floods of operations")
    output_chars: int = _limit(8 * MIB, "eight of the largest KV values", "one dispatch that fills the door")
    log_lines: int = _limit(1000, "more than anybody reads of one event", "floods of console lines")
    log_lines_per_s: int = _limit(1000, "as many as one event may write", "a daemon that does nothing but log")
    log_line_chars: int = _limit(8 * KIB, "a stack and an object or two", "single lines of megabytes")
    timers: int = _limit(1000, "reminders belong into schedule()", "heaps of timers")
    timer_ms: float = _limit(1.0, "as in Node", "timers that are always due")
    timers_per_turn: int = _limit(64, "events must get their turn", "timers that starve events")
    record_bytes: int = _limit(16 * MIB, "the largest answer, with room", "frames without an end")
    door_records_per_s: int = _limit(200_000, "a busy guild sends a quarter", "a child that keeps the daemon reading")
    door_bytes_per_s: int = _limit(64 * MIB, "ten times a busy guild", "a child that floods the daemon")

    def __post_init__(self) -> None:
        _check_all(self)


@dataclass(frozen=True, slots=True, kw_only=True)
class RuntimeLimits:
    """What guilds and workers may take of the daemon."""

    workers: int = _limit(4, "a worker is a failure domain; more than the cores gain nothing", "one zygote for all")
    interaction_s: float = _limit(
        2.7, "Discord waits 3 s; the rest is for telling the member that it failed", "members who get no answer"
    )
    cron_s: float = _limit(5.0, "crons do more than answers, and nobody waits for them", "crons that never end")
    in_flight: int = _limit(
        64,
        "handlers await a few at a time; twice as many of a script whose events end at once and ask for nothing",
        "a guild that holds everything it was ever sent",
    )
    mailbox: int = _limit(1024, "some seconds of a raid", "a guild that does not keep up")
    mailbox_never_shed: int = _limit(
        4096, "what is never shed still needs an end; Discord sends no guild as much", "a flood of interactions"
    )
    mailbox_reserve: int = _limit(
        1024, "for interactions and the guild's own life-cycle alone", "reactions and joins that cost members answers"
    )
    commands: int = _limit(64, "deploys and restarts of one guild wait for each other", "a loop that restarts a guild")
    backlog: int = _limit(2000, "of droppable events, for a whole worker", "a flood in one guild that delays others")
    max_resident: int = _limit(500, "1 to 2 MiB each when idle", "memory of guilds in which nothing happens")
    soft_cap_bytes: int = _limit(48 * MIB, "an isolate that grew is replaced while idle", "leaks, slow and small")
    sweep_s: float = _limit(5.0, "sleep and replacement are not urgent", "idle isolates that nobody looks at")
    quiesce_s: float = _limit(0.5, "handlers end within it, or the move is given up", "moves that pause a guild")
    drain_s: float = _limit(5.0, "what an old isolate began may end, as long as a cron", "old isolates that stay")
    kills: int = _limit(5, "accidents happen; a habit is another thing", "scripts that are restarted without end")
    kills_window_s: float = _limit(60.0, "the window in which kills are counted", "the same")
    first_pause_s: float = _limit(10.0, "doubled with each pause", "the same")
    longest_pause_s: float = _limit(3600.0, "an author may fix it meanwhile; a deploy ends the pause", "the same")
    starts_at_once: int = _limit(4, "more only wait for the same cores", "a restart that starves who is live")
    start_turn_s: float = _limit(
        0.5, "a start computes for milliseconds; one that waits lets another begin", "top levels that hold up others"
    )
    ops_per_guild: int = _limit(256, "as many as one isolate may have pending", "floods of operations")

    def __post_init__(self) -> None:
        _check_all(self)
        if self.workers > _WORKERS_MOST:
            raise LimitError(f"workers is {self.workers}: there may be up to {_WORKERS_MOST}")


_WORKERS_MOST: Final = 64


def _check_all(limits: "IsolateLimits | RuntimeLimits") -> None:
    for limit in fields(limits):
        value = getattr(limits, limit.name)
        if not value > 0:
            raise LimitError(f"{limit.name} is {value}: it must be above zero")
        if isinstance(value, float) and math.isnan(value):
            raise LimitError(f"{limit.name} is not a number")


def page() -> str:
    """docs/limits.md: every limit with its default, its reason, and what it stops."""
    return "\n".join([_PAGE_HEAD, *_rows(IsolateLimits()), _RUNTIME_HEAD, *_rows(RuntimeLimits())]) + "\n"


def _rows(limits: "IsolateLimits | RuntimeLimits") -> list[str]:
    return [
        f"| `{limit.name}` | {_shown(limit.name, getattr(limits, limit.name))} "
        f"| {limit.metadata['reason']} | {limit.metadata['stops']} |"
        for limit in fields(limits)
    ]


_PAGE_HEAD: Final = """# Limits, and what each one stops

Written by `make docs` from `actors/limits.py`; `make test` fails when it is out of date.
Those of storage are in [storage.md](storage.md) and [kv.md](kv.md).

## Of one isolate

| limit | default | why so much | what it stops |
|---|---|---|---|"""
_RUNTIME_HEAD: Final = """
## Of guilds and workers

| limit | default | why so much | what it stops |
|---|---|---|---|"""


def _shown(name: str, value: float) -> str:
    if name.endswith(("_bytes", "_chars", "_bytes_per_s")) and value >= KIB:
        unit = "MiB" if value >= MIB else "KiB"
        return f"{value / (MIB if unit == 'MiB' else KIB):g} {unit}" + ("/s" if name.endswith("_per_s") else "")
    units = {"_s": " s", "_ms": " ms", "_mib": " MiB"}
    return f"{value:g}" + next((unit for end, unit in units.items() if name.endswith(end)), "")
