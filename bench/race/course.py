"""What one bot is sent, and what is noted of how it takes it.

*Flat out*: events go out as fast as they are taken, but no more than a thousand a shard are under way: each block of
250 ends with somebody's use of the slash command, and the fifth block waits for the first one's answer. So nobody is
flooded, which flora would answer by shedding and the others by a growing queue. Time is up when every command is
answered, those that the mix has too. *Paced*: so many events a second, in steps of 10 ms.

A latency begins before the event is written to the socket. `entered` is until the handler was entered, which every bot
reads off its clock and says in its answer; the others are until the request that answers has arrived.
"""

import math
import time
from collections.abc import Mapping, Sequence
from typing import Final, NamedTuple

import trio

from bench import _tree
from bench._corpus import Corpus, Event
from bench._payloads import Place
from bench.harness import Result
from bench.race.arena import Arena
from bench.race.entrants import Bot
from bench.race.figures import Latencies

_BLOCK: Final = 250
_UNDER_WAY: Final = 4
_STEP_S: Final = 0.01
_COMMAND_EVERY: Final = 25
_PING_EVERY: Final = 50


class Moment(NamedTuple):
    """When something was sent, by the clock of answers and by that of handlers."""

    counter: float
    unix: float


def now() -> Moment:
    return Moment(time.perf_counter(), time.time_ns() / 1e9)


class _Block(NamedTuple):
    """Some events; the commands among them; and those at the end, whose answers say that the block was taken."""

    events: list[Event]
    commands: list[str]
    closing: list[str]


class Course:
    """One bot, and the events that it is sent."""

    def __init__(self, arena: Arena, bot: Bot) -> None:
        self._arena = arena
        self._bot = bot
        self._places = arena.places()
        self._corpus = Corpus(self._places)
        self._shards = _by_shard(self._places, len(bot.shards))
        self._pings = 0

    async def flat_out(self, mix: Mapping[str, float], count: int) -> Result:
        """As fast as they are taken."""
        size = _BLOCK * len(self._shards)
        blocks = [self._block(mix, min(size, count - at)) for at in range(0, count, size)]
        last = [self._corpus.used("hello", place) for place in self._places]
        total = sum(len(block.events) for block in blocks) + len(last)
        before, own, began = self._used(), time.process_time(), time.perf_counter()
        sent: dict[str, Moment] = {}
        for number, block in enumerate(blocks):
            if number >= _UNDER_WAY:
                await self._arena.answers(blocks[number - _UNDER_WAY].closing)
            sent |= dict.fromkeys(block.commands, now())
            await self._arena.replay(block.events)
        await self._arena.replay(last)
        await self._arena.answers([*sent, *(event.command for event in last)])
        wall = time.perf_counter() - began
        after = self._used()
        return {
            "events_per_s": round(total / wall),
            **_cpu(before, after, total),
            "cores_used": round(after.cpu_us_since(before) / wall / 1e6, 2),
            "arena_cpu_us_per_event": round((time.process_time() - own) / total * 1e6, 1),
            "answer": self._latencies({command: sent[command] for block in blocks for command in block.closing}),
        }

    def _block(self, mix: Mapping[str, float], count: int) -> _Block:
        """Events, and then a command to each shard."""
        used = [self._corpus.used("hello", self._corpus.one_of(places)) for places in self._shards]
        events = [*self._corpus.events(mix, count - len(used)), *used]
        return _Block(events, [event.command for event in events if event.command], [event.command for event in used])

    async def paced(self, mix: Mapping[str, float], rate: int, seconds: float) -> Result:
        """So many events a second; some are commands, some `!ping`."""
        planned, commands, pings = self._plan(mix, int(rate * seconds))
        before = self._used()
        began, sent = time.perf_counter(), dict[str, Moment]()
        at = 0
        while at < len(planned):
            await trio.sleep(max(0.0, began + (at + 1) / rate - time.perf_counter(), _STEP_S))
            moment = now()
            due = min(len(planned), max(at + 1, math.floor((moment.counter - began) * rate)))
            for what, _ in planned[at:due]:
                sent[what] = moment
            await self._arena.replay([event for _, event in planned[at:due]])
            at = due
        wall = time.perf_counter() - began
        await self._arena.answers([*commands, *pings])
        return {
            "events_per_s": round(len(planned) / wall),
            **_cpu(before, self._used(), len(planned)),
            "command": self._latencies({what: sent[what] for what in commands}),
            "ping": self._latencies({what: sent[what] for what in pings}),
        }

    def _plan(self, mix: Mapping[str, float], count: int) -> tuple[list[tuple[str, Event]], list[str], list[str]]:
        """Events with what their answers are known by; the commands among them; and the pings."""
        planned: list[tuple[str, Event]] = []
        pings: list[str] = []
        for number, drawn in enumerate(self._corpus.events(mix, count)):
            if number % _PING_EVERY == _COMMAND_EVERY // 2:
                self._pings += 1
                pings.append(f"pong {self._pings}")
                planned.append((pings[-1], self._corpus.said(f"!ping {self._pings}")))
            else:
                event = self._corpus.used("hello") if number % _COMMAND_EVERY == 0 else drawn
                planned.append((event.command, event))
        return planned, [event.command for _, event in planned if event.command], pings

    def _used(self) -> _tree.Use:
        return _tree.measure(*self._bot.pids)

    def _latencies(self, sent: Mapping[str, Moment]) -> Latencies:
        arrived, entered = self._arena.arrived, self._arena.entered
        return Latencies(
            answered=[arrived[what] - at.counter for what, at in sent.items()],
            entered=[entered[what] - at.unix for what, at in sent.items()],
        )


def _by_shard(places: Sequence[Place], shards: int) -> list[list[Place]]:
    """As Discord shares guilds out; a shard without any is nobody's concern."""
    found: dict[int, list[Place]] = {}
    for place in places:
        found.setdefault((place.guild >> 22) % shards, []).append(place)
    return list(found.values())


def _cpu(before: _tree.Use, after: _tree.Use, events: int) -> dict[str, float]:
    """Of the whole tree, and of its parts."""
    parts = {
        "cpu_us_per_event": after.cpu_us_since(before),
        "cpu_us_daemon": after.cpu_us_since(before, _tree.is_root),
        "cpu_us_stores": after.cpu_us_since(before, _tree.is_store),
    }
    return {name: round(value / events, 1) for name, value in parts.items()}
