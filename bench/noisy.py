"""What one guild's members feel while another guild's script keeps a processor busy: flora beside the libraries.

The race's bots, in two guilds. In the noisy one somebody writes `!spin 50` ten times a second, and its handler computes
for 50 ms; in the quiet one members use a slash command now and then. Its answers' latency alone and beside the noise is
measured in rounds that take turns. A library runs both guilds' handlers in one thread; flora's are two processes; and
one bot of discord.js has a worker thread for each guild. At the end the noisy guild's handler computes without end, and
what counts is how many of the quiet guild's commands are answered at all.
"""

import random
import time
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import trio

from bench._corpus import MESSAGES, Corpus, Place
from bench.harness import Result, percentile, say
from bench.race import Course, entrants
from bench.race.arena import Arena, open_arena
from bench.race.entrants import MissingError, riding

_SPIN_MS: Final = 50
_SPIN_EVERY_S: Final = 0.1
_COMMANDS_PER_S: Final = 20.0
_ENDLESS_MS: Final = 600_000
_PATIENCE_S: Final = 5.0
"""For answers beside what does not end: Discord itself takes none after 3 s."""


@dataclass(frozen=True, slots=True)
class Sizes:
    """How much is measured."""

    rounds: int
    seconds: float
    names: Sequence[str] = (*entrants.NAMES, entrants.THREADS)


FULL: Final = Sizes(rounds=3, seconds=6.0)
QUICK: Final = Sizes(rounds=1, seconds=2.0)


async def run(quick: bool) -> Result:  # noqa: FBT001  the form of every bench
    return await measure(QUICK if quick else FULL)


async def measure(sizes: Sizes) -> Result:
    missing = await trio.to_thread.run_sync(entrants.install, sizes.names)
    result: Result = {}
    for name in sizes.names:
        try:
            result[name] = {"missing": missing[name]} if name in missing else await _beside(name, sizes)
        except* MissingError as group:
            result[name] = {"missing": str(group.exceptions[0])}
        say(f"{name:>12}  {result[name]}")
    return {**result, "spin_ms": _SPIN_MS, "versions": entrants.versions()}


async def _beside(name: str, sizes: Sizes) -> Result:
    alone: list[float] = []
    beside: list[float] = []
    async with open_arena(2) as arena, riding(name, arena) as bot:
        places = arena.places()
        noisy, quiet = places
        await Course(arena, bot, places).flat_out(MESSAGES, 1_000)
        corpus = Corpus(places, first_id=1_400_000_000_000_000_000)
        for _ in range(sizes.rounds):
            alone += await _use(arena, corpus, quiet, sizes.seconds)
            async with trio.open_nursery() as nursery:
                nursery.start_soon(_make_noise, arena, corpus, noisy)
                beside += await _use(arena, corpus, quiet, sizes.seconds)
                nursery.cancel_scope.cancel()
        answered = await _beside_endless(arena, corpus, noisy, quiet, sizes.seconds / 2)
    figures: Result = {"answered_beside_endless": round(answered, 2)}
    for kind, found in (("alone", alone), ("beside", beside)):
        figures |= {f"{kind}_p{percent}_ms": round(percentile(found, percent), 2) for percent in (50, 99)}
    return figures | {
        f"ratio_p{percent}": round(figures[f"beside_p{percent}_ms"] / figures[f"alone_p{percent}_ms"], 2)
        for percent in (50, 99)
    }


async def _use(arena: Arena, corpus: Corpus, quiet: Place, seconds: float) -> list[float]:
    """Milliseconds from each use of the command to its answer."""
    sent = await _send(arena, corpus, quiet, seconds)
    await arena.answers(sent)
    return [(arena.arrived[identity] - when) * 1000 for identity, when in sent.items()]


async def _beside_endless(arena: Arena, corpus: Corpus, noisy: Place, quiet: Place, seconds: float) -> float:
    """The share of commands that are answered while the other guild's handler does not end."""
    await arena.replay([corpus.said(f"!spin {_ENDLESS_MS}", noisy)])
    sent = await _send(arena, corpus, quiet, seconds)
    with trio.move_on_after(_PATIENCE_S):
        await arena.answers(sent)
    return sum(identity in arena.arrived for identity in sent) / len(sent)


async def _send(arena: Arena, corpus: Corpus, quiet: Place, seconds: float) -> dict[str, float]:
    """Uses of the command, and when each was sent."""
    source, sent = random.Random(3), dict[str, float]()
    began = trio.current_time()
    at = began
    while at < began + seconds:
        await trio.sleep_until(at)
        identity, event = corpus.used("hello", quiet)
        sent[identity] = time.perf_counter()
        await arena.replay([event])
        at += source.expovariate(_COMMANDS_PER_S)
    return sent


async def _make_noise(arena: Arena, corpus: Corpus, noisy: Place) -> None:
    while True:
        await arena.replay([corpus.said(f"!spin {_SPIN_MS}", noisy)])
        await trio.sleep(_SPIN_EVERY_S)
