"""Flora beside the libraries that bots are written with, over the same gateway, with the same small bot.

The bot counts messages by author, answers `!ping N`, and has one slash command. flora is a whole daemon, with its
stores and its API, one script in each guild, each in a process of its own; the others are one process with one bot.

*Flat out*: events go out as fast as they are taken, but no more than a thousand are under way: after each 250 somebody
uses the slash command, and the fifth such block waits for the first one's answer. So nobody is flooded, which flora
would answer by shedding and the others by a growing queue. *Paced*: so many events a second, in steps of 10 ms.

CPU time is that of everybody's whole tree of processes, flora's stores among them. A latency is from before the event
was written to the socket until the request that answers it has arrived. On a machine that others use too, events per
second are what was left over; CPU time per event suffers less. Rounds take turns, and medians are given.
"""

import math
import statistics
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

import trio

from bench import _tree
from bench._corpus import EVERYTHING, MESSAGES, Corpus, Event, Place
from bench.harness import Result, percentile, say
from bench.race import entrants
from bench.race.arena import Arena, open_arena
from bench.race.entrants import Bot, MissingError, riding

_BLOCK: Final = 250
_UNDER_WAY: Final = 4
_STEP_S: Final = 0.01
_COMMAND_EVERY: Final = 50
_PING_EVERY: Final = 100
_MIXES: Final = {"messages": MESSAGES, "everything": EVERYTHING}


@dataclass(frozen=True, slots=True)
class Sizes:
    """How much is measured."""

    rounds: int
    events: int
    rates: tuple[int, ...]
    paced_s: float
    field: tuple[tuple[str, int], ...]
    """Who races, with how many guilds."""


FULL: Final = Sizes(
    rounds=3,
    events=20_000,
    rates=(200, 1_000),
    paced_s=5.0,
    field=(*((name, guilds) for guilds in (1, 100) for name in entrants.NAMES), ("flora", 10)),
)
QUICK: Final = Sizes(
    rounds=1, events=3_000, rates=(200,), paced_s=1.0, field=(*((name, 1) for name in entrants.NAMES), ("flora", 10))
)


async def run(quick: bool) -> Result:  # noqa: FBT001  the form of every bench
    return await measure(QUICK if quick else FULL)


async def measure(sizes: Sizes) -> Result:
    missing = await trio.to_thread.run_sync(entrants.install, {name for name, _ in sizes.field})
    rows: dict[str, dict[str, list[Result]]] = {}
    for number in range(sizes.rounds):
        for name, guilds in sizes.field:
            if name in missing:
                continue
            if row := await _ride(name, guilds, sizes, missing):
                rows.setdefault(name, {}).setdefault(f"{guilds}_guilds", []).append(row)
                say(f"round {number + 1}  {name:>10} {guilds:>4} guilds  {_line(row)}")
    figures = {name: {guilds: _median(found) for guilds, found in by.items()} for name, by in rows.items()}
    return {
        **figures,
        **{name: {"missing": why} for name, why in missing.items()},
        "ratio": ratios(figures),
        "versions": entrants.versions(),
        "rounds": sizes.rounds,
        "events": sizes.events,
    }


async def _ride(name: str, guilds: int, sizes: Sizes, missing: dict[str, str]) -> Result:
    """One bot's figures; nothing when it cannot be had, and why is noted."""
    row: Result = {}
    try:
        row = await _figures(name, guilds, sizes)
    except* MissingError as group:
        missing[name] = str(group.exceptions[0])
    return row


async def _figures(name: str, guilds: int, sizes: Sizes) -> Result:
    async with open_arena(guilds) as arena, riding(name, arena) as bot:
        course = Course(arena, bot, arena.places())
        ready = _tree.measure(bot.pid)
        await course.flat_out(MESSAGES, 1_000)
        row: Result = {}
        for mix, shares in _MIXES.items():
            row[mix] = await course.flat_out(shares, sizes.events)
        row["paced"] = {str(rate): await course.paced(EVERYTHING, rate, sizes.paced_s) for rate in sizes.rates}
        after = _tree.measure(bot.pid)
        row["memory_mb"] = {
            "ready": round(ready.memory_mb(), 1),
            "after": round(after.memory_mb(), 1),
            "after_without_stores": round(after.memory_mb(lambda one: not _tree.is_store(one)), 1),
        }
        if counts := await bot.counts():
            row["counts"] = counts
    return row


class Course:
    """One bot, and the events that it is sent."""

    def __init__(self, arena: Arena, bot: Bot, places: Sequence[Place]) -> None:
        self._arena = arena
        self._bot = bot
        self._places = places
        self._corpus = Corpus(places)
        self._pings = 0

    async def flat_out(self, mix: Mapping[str, float], count: int) -> Result:
        """As fast as they are taken."""
        blocks = [self._block(mix, min(_BLOCK, count - at)) for at in range(0, count, _BLOCK)]
        last = [self._corpus.used("hello", place) for place in self._places]
        total = sum(len(events) for _, events in blocks) + len(last)
        before, own, began = _tree.measure(self._bot.pid), time.process_time(), time.perf_counter()
        sent: dict[str, float] = {}
        for number, (identity, events) in enumerate(blocks):
            if number >= _UNDER_WAY:
                await self._arena.answers([blocks[number - _UNDER_WAY][0]])
            sent[identity] = time.perf_counter()
            await self._arena.replay(events)
        await self._arena.replay([event for _, event in last])
        await self._arena.answers([*sent, *(identity for identity, _ in last)])
        wall = time.perf_counter() - began
        after = _tree.measure(self._bot.pid)
        return {
            "events_per_s": round(total / wall),
            **_cpu(before, after, total),
            "cores_used": round(after.cpu_us_since(before) / wall / 1e6, 2),
            "arena_cpu_us_per_event": round((time.process_time() - own) / total * 1e6, 1),
            "answer": self._latency(sent),
        }

    def _block(self, mix: Mapping[str, float], count: int) -> tuple[str, list[Event]]:
        identity, used = self._corpus.used("hello")
        return identity, [*self._corpus.events(mix, count - 1), used]

    async def paced(self, mix: Mapping[str, float], rate: int, seconds: float) -> Result:
        """So many events a second; some are commands, some `!ping`."""
        planned, commands, pings = self._plan(mix, int(rate * seconds))
        before = _tree.measure(self._bot.pid)
        began, sent = time.perf_counter(), dict[str, float]()
        at = 0
        while at < len(planned):
            await trio.sleep(max(0.0, began + (at + 1) / rate - time.perf_counter(), _STEP_S))
            now = time.perf_counter()
            due = min(len(planned), max(at + 1, math.floor((now - began) * rate)))
            for what, _ in planned[at:due]:
                sent[what] = now
            await self._arena.replay([event for _, event in planned[at:due]])
            at = due
        wall = time.perf_counter() - began
        await self._arena.answers([*commands, *pings])
        after = _tree.measure(self._bot.pid)
        return {
            "events_per_s": round(len(planned) / wall),
            **_cpu(before, after, len(planned)),
            "command": self._latency({what: sent[what] for what in commands}),
            "ping": self._latency({what: sent[what] for what in pings}),
        }

    def _plan(self, mix: Mapping[str, float], count: int) -> tuple[list[tuple[str, Event]], list[str], list[str]]:
        planned: list[tuple[str, Event]] = []
        commands: list[str] = []
        pings: list[str] = []
        for number, event in enumerate(self._corpus.events(mix, count)):
            if number % _PING_EVERY == _PING_EVERY // 4:
                self._pings += 1
                pings.append(f"pong {self._pings}")
                planned.append((pings[-1], self._corpus.said(f"!ping {self._pings}")))
            elif number % _COMMAND_EVERY == 0:
                identity, used = self._corpus.used("hello")
                commands.append(identity)
                planned.append((identity, used))
            else:
                planned.append(("", event))
        return planned, commands, pings

    def _latency(self, sent: Mapping[str, float]) -> dict[str, float]:
        found = [(self._arena.arrived[what] - at) * 1000 for what, at in sent.items()]
        return {f"p{percent}_ms": round(percentile(found, percent), 2) for percent in (50, 99)}


def _cpu(before: _tree.Use, after: _tree.Use, events: int) -> dict[str, float]:
    """Of the whole tree, and of its parts."""
    parts = {
        "cpu_us_per_event": after.cpu_us_since(before),
        "cpu_us_daemon": after.cpu_us_since(before, _tree.is_root),
        "cpu_us_stores": after.cpu_us_since(before, _tree.is_store),
    }
    return {name: round(value / events, 1) for name, value in parts.items()}


def _median(rows: Sequence[Any]) -> Any:
    """Of each number over the rounds; of texts the first."""
    first = rows[0]
    if isinstance(first, dict):
        names: dict[str, None] = {name: None for row in rows for name in row}
        return {name: _median([row[name] for row in rows if name in row]) for name in names}
    return round(statistics.median(rows), 2) if isinstance(first, int | float) else first


def ratios(figures: Mapping[str, Any]) -> Result:
    """Above 1 where flora is better: the other's cost over flora's, with as many guilds."""
    found: Result = {}
    for name, by_guilds in figures.items():
        for guilds in by_guilds if name != "flora" else ():
            ours = figures.get("flora", {}).get(guilds)
            if ours is not None:
                found.setdefault(name, {})[guilds] = _beside(ours, by_guilds[guilds])
    hundred, one = figures.get("flora", {}).get("100_guilds"), figures.get("discord.js", {}).get("1_guilds")
    if hundred and one:
        found["memory_of_3_discord.js_to_100_guilds"] = round(
            3 * one["memory_mb"]["after"] / hundred["memory_mb"]["after"], 2
        )
    return found


def _beside(ours: Mapping[str, Any], theirs: Mapping[str, Any]) -> Result:
    ratios: Result = {
        f"cpu_{mix}": round(theirs[mix]["cpu_us_per_event"] / ours[mix]["cpu_us_per_event"], 3) for mix in _MIXES
    }
    for rate in ours["paced"]:
        other, own = theirs["paced"][rate], ours["paced"][rate]
        ratios[f"cpu_at_{rate}"] = round(other["cpu_us_per_event"] / own["cpu_us_per_event"], 3)
        ratios[f"p50_at_{rate}"] = round(other["command"]["p50_ms"] / own["command"]["p50_ms"], 3)
    return ratios | {"memory": round(theirs["memory_mb"]["after"] / ours["memory_mb"]["after"], 3)}


def _line(row: Result) -> str:
    parts = [f"{mix} {row[mix]['events_per_s']}/s {row[mix]['cpu_us_per_event']} us" for mix in _MIXES]
    parts += [
        f"at {rate}/s {paced['cpu_us_per_event']} us, p50 {paced['command']['p50_ms']} ms"
        for rate, paced in row["paced"].items()
    ]
    return "  ".join([*parts, f"{row['memory_mb']['after']} MB"])
