"""Flora beside the libraries that bots are written with, over the same gateway, with the same small bot.

The bot counts messages by author, answers `!ping N`, and has one slash command. flora is a whole daemon, with its
stores and its API, one script in each guild, each in a process of its own; the others are one process with one bot, and
in the heat `all_cores` one process for each processor, each with a shard of the guilds. flora's figures there are those
of its daemon with as many guilds, which has every processor anyway.

CPU time and memory are those of everybody's whole tree of processes, flora's stores among them. Memory is read twice:
with the last event just over, and when everybody has had the same time to rest, with nothing but heartbeats; what that
rest took of CPU time stands beside it. On a machine that others use too, events per second are what was left over; CPU
time per event suffers less. Rounds take turns, and medians are given, of latencies the percentiles of all rounds
together. What is sent, and what a latency is, says `course.py`.
"""

import os
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import trio

from bench import _tree
from bench._corpus import EVERYTHING, MESSAGES
from bench.harness import SETTLE_S, Result, say
from bench.race import entrants
from bench.race.arena import open_arena
from bench.race.course import Course
from bench.race.entrants import MissingError, riding
from bench.race.figures import ALL_CORES, aims, line, median, ratios

MIXES: Final = {"messages": MESSAGES, "everything": EVERYTHING}


@dataclass(frozen=True, slots=True)
class Heat:
    """Who rides, and how."""

    entrant: str
    guilds: int
    shards: int = 1

    @property
    def label(self) -> str:
        return f"{self.guilds}_guilds" if self.shards == 1 else ALL_CORES


@dataclass(frozen=True, slots=True)
class Sizes:
    """How much is measured."""

    rounds: int
    events: int
    paced: tuple[tuple[int, float], ...]
    """Events a second, and for how many."""
    heats: tuple[Heat, ...]
    settle_s: float = SETTLE_S


def _heats(*guilds: int, flora_alone: tuple[int, ...]) -> tuple[Heat, ...]:
    """Everybody with so many guilds, flora with others too; and the most guilds on all processors."""
    processes = max(2, len(os.sched_getaffinity(0)))
    return (
        *(Heat(name, count) for count in guilds for name in entrants.NAMES),
        *(Heat("flora", count) for count in flora_alone),
        *(Heat(name, max(*guilds, *flora_alone), processes) for name in entrants.NAMES if name != "flora"),
    )


FULL: Final = Sizes(rounds=3, events=20_000, paced=((200, 6.0), (1_000, 3.0)), heats=_heats(1, 100, flora_alone=(10,)))
QUICK: Final = Sizes(rounds=1, events=3_000, paced=((200, 1.0),), heats=_heats(1, flora_alone=(100,)))


PROFILED: Final = Sizes(
    rounds=1, events=30_000, paced=((200, 10.0),), heats=(Heat("flora", 1), Heat("flora", 10)), settle_s=0.0
)


async def profiled(_quick: bool) -> Result:  # noqa: FBT001
    """flora alone, and for longer."""
    return await measure(PROFILED)


async def run(quick: bool) -> Result:  # noqa: FBT001  the form of every bench
    return await measure(QUICK if quick else FULL)


async def measure(sizes: Sizes) -> Result:
    missing = await trio.to_thread.run_sync(entrants.install, {heat.entrant for heat in sizes.heats})
    rows: dict[str, dict[str, list[Result]]] = {}
    for number in range(sizes.rounds):
        for heat in sizes.heats:
            if heat.entrant in missing:
                continue
            if row := await _ride(heat, sizes, missing):
                rows.setdefault(heat.entrant, {}).setdefault(heat.label, []).append(row)
                say(f"round {number + 1}  {heat.entrant:>10} {heat.label:>10}  {line(row)}")
    figures = {name: {label: median(found) for label, found in by.items()} for name, by in rows.items()}
    share(figures, sizes.heats)
    ratio = ratios(figures)
    return {
        **figures,
        **{name: {"missing": why} for name, why in missing.items()},
        "ratio": ratio,
        "aims": aims(ratio),
        "versions": entrants.versions(),
        "rounds": sizes.rounds,
        "events": sizes.events,
        "settle_s": sizes.settle_s,
    }


def share(figures: dict[str, Result], heats: Sequence[Heat]) -> None:
    """flora in the heat of all cores: there is no other way to run it than that in which it rode already."""
    for heat in heats:
        ours = figures.get("flora", {}).get(f"{heat.guilds}_guilds")
        if heat.label == ALL_CORES and ours is not None:
            figures["flora"][ALL_CORES] = {name: ours[name] for name in (*MIXES, "memory_mb", "guilds", "processes")}


async def _ride(heat: Heat, sizes: Sizes, missing: dict[str, str]) -> Result:
    """One bot's figures; nothing when it cannot be had, and why is noted."""
    row: Result = {}
    try:
        row = await _figures(heat, sizes)
    except* MissingError as group:
        missing[heat.entrant] = str(group.exceptions[0])
    return row


async def _figures(heat: Heat, sizes: Sizes) -> Result:
    async with open_arena(heat.guilds) as arena, riding(heat.entrant, arena, heat.shards) as bot:
        course = Course(arena, bot)
        ready = _tree.measure(*bot.pids)
        await course.flat_out(MESSAGES, 1_000)
        row: Result = {"guilds": heat.guilds, "processes": len(ready.processes)}
        for mix, shares in MIXES.items():
            row[mix] = await course.flat_out(shares, sizes.events)
        if heat.shards == 1:
            row["paced"] = {str(rate): await course.paced(EVERYTHING, rate, s) for rate, s in sizes.paced}
        after = _tree.measure(*bot.pids)
        await trio.sleep(sizes.settle_s)
        rested = _tree.measure(*bot.pids)
        row["memory_mb"] = {
            "ready": round(ready.memory_mb(), 1),
            **_memory("after", after),
            **_memory("rested", rested),
        }
        row["resting_cpu_ms"] = round(rested.cpu_us_since(after) / 1000, 1)
        if counts := await bot.counts():
            row["counts"] = counts
    return row


def _memory(when: str, used: _tree.Use) -> dict[str, float]:
    stores = used.memory_mb(_tree.is_store)
    return {when: round(used.memory_mb(), 1), f"{when}_without_stores": round(used.memory_mb() - stores, 1)}
