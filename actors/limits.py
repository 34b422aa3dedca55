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
    first_collection_mib: int = _limit(3, "collecting a small heap takes 1 ms", "garbage held for nothing")
    stack_bytes: int = _limit(
        512 * KIB, "a small function can call itself some 6,800 deep", "recursion into the guard page"
    )
    pending_ops: int = _limit(256, "a handler awaits a few at a time", "floods of operations")
    output_chars: int = _limit(8 * MIB, "eight of the largest KV values", "one dispatch that fills the door")
    log_lines: int = _limit(1000, "more than anybody reads of one event", "floods of console lines")
    log_line_chars: int = _limit(8 * KIB, "a stack and an object or two", "single lines of megabytes")
    timers: int = _limit(1000, "reminders belong into schedule()", "heaps of timers")
    timer_ms: float = _limit(1.0, "as in Node", "timers that are always due")
    timers_per_turn: int = _limit(64, "events must get their turn", "timers that starve events")
    record_bytes: int = _limit(16 * MIB, "the largest answer, with room", "frames without an end")
    door_records_per_s: int = _limit(200_000, "a busy guild sends a quarter", "a child that keeps the daemon reading")
    door_bytes_per_s: int = _limit(64 * MIB, "ten times a busy guild", "a child that floods the daemon")

    def __post_init__(self) -> None:
        for limit in fields(self):
            value = getattr(self, limit.name)
            if not value > 0:
                raise LimitError(f"{limit.name} is {value}: it must be above zero")
            if isinstance(value, float) and math.isnan(value):
                raise LimitError(f"{limit.name} is not a number")


def page() -> str:
    """docs/limits.md: every limit with its default, its reason, and what it stops."""
    lines = [_PAGE_HEAD]
    for limit in fields(IsolateLimits):
        told = f"{limit.metadata['reason']} | {limit.metadata['stops']}"
        lines.append(f"| `{limit.name}` | {_shown(limit.name, limit.default)} | {told} |")
    return "\n".join(lines) + "\n"


_PAGE_HEAD: Final = """# Limits, and what each one stops

Written by `make docs` from `actors/limits.py`; `make test` fails when it is out of date.
Those of storage are in [storage.md](storage.md) and [kv.md](kv.md).

## Of one isolate

| limit | default | why so much | what it stops |
|---|---|---|---|"""


def _shown(name: str, value: float) -> str:
    if name.endswith(("_bytes", "_chars", "_bytes_per_s")) and value >= KIB:
        unit = "MiB" if value >= MIB else "KiB"
        return f"{value / (MIB if unit == 'MiB' else KIB):g} {unit}" + ("/s" if name.endswith("_per_s") else "")
    units = {"_s": " s", "_ms": " ms", "_mib": " MiB"}
    return f"{value:g}" + next((unit for end, unit in units.items() if name.endswith(end)), "")
