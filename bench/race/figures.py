"""What is made of the rounds: medians, and how flora stands to each of the others."""

import statistics
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from bench.harness import Result, milliseconds

MIXES: Final = ("messages", "everything")
ALL_CORES: Final = "all_cores"
THREE_TO_HUNDRED: Final = "memory_of_3_discord.js_to_100_guilds"
"""Three bots, each with one guild, beside one flora with a hundred."""
SAME_HUNDRED: Final = "memory_of_3_discord.js_of_the_same_100_guilds"
"""Three bots, each with the hundred guilds that flora has, and sent the same."""
_OF_THREE: Final = {THREE_TO_HUNDRED: "1_guilds", SAME_HUNDRED: "100_guilds"}
"""In which heat three of discord.js are looked at."""
_EVENTS_PER_CPU_S: Final = {"discord.js": 1.0, "discord.py": 3.0, "hikari": 3.0}
"""How many times theirs flora's should be, at least."""
_MEMORY: Final = {"": "rested", "_busy": "after"}
"""When memory is read, by the endings of its ratios' names."""


@dataclass(frozen=True, slots=True)
class Latencies:
    """Seconds from when each was sent until its answer arrived, and until its handler was entered."""

    answered: list[float]
    entered: list[float]


def together(rounds: Sequence[Latencies]) -> Result:
    """All rounds' samples as one lot, for the rare ones are too few in one."""
    answered = [one for latencies in rounds for one in latencies.answered]
    entered = [one for latencies in rounds for one in latencies.entered]
    return {"samples": len(answered), **milliseconds(answered), "entered": milliseconds(entered)}


def median(rows: Sequence[Any]) -> Any:
    """Of each number over the rounds; of latencies see `together`; of texts the first."""
    first = rows[0]
    if isinstance(first, Latencies):
        return together(rows)
    if isinstance(first, dict):
        names: dict[str, None] = {name: None for row in rows for name in row}
        return {name: median([row[name] for row in rows if name in row]) for name in names}
    return round(statistics.median(rows), 2) if isinstance(first, int | float) else first


def ratios(figures: Mapping[str, Any]) -> Result:
    """Above 1 where flora is better: the other's cost over flora's, in the same heat."""
    found: Result = {}
    for name, by_heat in figures.items():
        for heat in by_heat if name != "flora" else ():
            ours = figures.get("flora", {}).get(heat)
            if ours is not None:
                found.setdefault(name, {})[heat] = _beside(ours, by_heat[heat])
    hundred = figures.get("flora", {}).get("100_guilds")
    for key, heat in _OF_THREE.items():
        theirs = figures.get("discord.js", {}).get(heat)
        if hundred and theirs:
            for ending, when in _MEMORY.items():
                three = 3 * theirs["memory_mb"][when]
                found[f"{key}{ending}"] = round(three / hundred["memory_mb"][when], 2)
    return found


def aims(ratio: Mapping[str, Any]) -> Result:
    """What was set out for, beside what came of it; reached at 1 and above. Events per CPU second are with one guild
    script, of `messages` (each runs a handler) and of `everything` (the corpus)."""
    found: Result = {}
    for name, least in _EVENTS_PER_CPU_S.items():
        costs = ratio.get(name, {}).get("1_guilds")
        if costs is not None:
            reached: Result = {mix: round(costs[f"cpu_{mix}"] / least, 3) for mix in MIXES}
            found[f"events_per_cpu_s_beside_{name}"] = {"at_least": least, **reached}
    for key in _OF_THREE:
        if key in ratio:
            found[key] = {"at_least": 1.0, "rested": ratio[key], "busy": ratio[f"{key}_busy"]}
    return found


def _beside(ours: Mapping[str, Any], theirs: Mapping[str, Any]) -> Result:
    ratios: Result = {f"cpu_{mix}": _ratio(theirs, ours, mix, "cpu_us_per_event") for mix in MIXES}
    ratios |= {f"events_per_s_{mix}": _ratio(ours, theirs, mix, "events_per_s") for mix in MIXES}
    for rate in theirs.get("paced", ()):
        other, own = theirs["paced"][rate], ours["paced"][rate]
        ratios[f"cpu_at_{rate}"] = _ratio(other, own, "cpu_us_per_event")
        ratios[f"p50_at_{rate}"] = _ratio(other, own, "command", "p50_ms")
        ratios[f"entered_p50_at_{rate}"] = _ratio(other, own, "command", "entered", "p50_ms")
    return ratios | {f"memory{ending}": _ratio(theirs, ours, "memory_mb", when) for ending, when in _MEMORY.items()}


def _ratio(above: Any, below: Any, *path: str) -> float:
    for step in path:
        above, below = above[step], below[step]
    return round(float(above) / float(below), 3)


def line(row: Result) -> str:
    """For whoever waits."""
    parts = [f"{mix} {row[mix]['events_per_s']}/s {row[mix]['cpu_us_per_event']} us" for mix in MIXES]
    parts += [
        f"at {rate}/s {paced['cpu_us_per_event']} us, p50 {together([paced['command']])['p50_ms']} ms"
        for rate, paced in row.get("paced", {}).items()
    ]
    return "  ".join([*parts, f"{row['memory_mb']['after']} MB, {row['memory_mb']['rested']} rested"])
