"""What one guild's members feel while another guild's script misbehaves: flora beside the libraries.

The race's bots, in two guilds. In the noisy one somebody has the script compute for 50 ms, ten times a second; in the
quiet one members use a slash command now and then. Its answers' latency alone and beside the noise is measured in
rounds that take turns. A library runs both guilds' handlers in one thread; flora's are two processes; and one bot of
discord.js has a worker thread for each guild, with a heap as small as flora's, started anew when it ends.

Then the attacks, each on a bot that was just started: the noisy guild's script does it once, and what counts is how
many of the quiet guild's commands are answered from then on, what memory the bot takes, and whether it lives.
`bots/attacks.mjs` has their text, which flora and both bots of discord.js run as it stands; the libraries in Python
have only the one that computes without end.
"""

import random
import time
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import trio

from bench import _tree
from bench._corpus import MESSAGES, Corpus
from bench._payloads import Place
from bench.harness import Result, milliseconds, say
from bench.race import entrants
from bench.race.arena import Arena, open_arena
from bench.race.course import Course
from bench.race.entrants import Bot, MissingError, riding

_SPIN_MS: Final = 50
_SPIN_EVERY_S: Final = 0.1
_COMMANDS_PER_S: Final = 20.0
_PATIENCE_S: Final = 3.0
"""For answers beside an attack: Discord itself takes none after that."""
_LOOK_S: Final = 0.2
ENDLESS: Final = "spin"
ATTACKS: Final = {
    ENDLESS: "spin 600000",
    "promise jobs without end": "jobs",
    "throw": "throw",
    "throw from a timer": "throwLater",
    "memory without end": "memory",
    "1 GB of buffers": "buffers 1024",
    "kill the process": "crash",
}
_WITH_ATTACKS: Final = ("flora", "discord.js", entrants.THREADS)
_NODE: Final = {"NODE_OPTIONS": "--max-old-space-size=512"}
"""Else a Node that fills its heap takes two gigabytes of the machine first."""


@dataclass(frozen=True, slots=True)
class Sizes:
    """How much is measured."""

    rounds: int
    seconds: float
    attacked_s: float
    names: Sequence[str] = (*entrants.NAMES, entrants.THREADS)
    attacks: Sequence[str] = tuple(ATTACKS)


FULL: Final = Sizes(rounds=3, seconds=4.0, attacked_s=2.0)
QUICK: Final = Sizes(rounds=1, seconds=1.0, attacked_s=0.5, attacks=(ENDLESS, "memory without end", "kill the process"))


async def run(quick: bool) -> Result:  # noqa: FBT001  the form of every bench
    return await measure(QUICK if quick else FULL)


async def measure(sizes: Sizes) -> Result:
    missing = await trio.to_thread.run_sync(entrants.install, sizes.names)
    result: Result = {}
    for name in sizes.names:
        try:
            result[name] = {"missing": missing[name]} if name in missing else await _entrant(name, sizes)
        except* MissingError as group:
            result[name] = {"missing": str(group.exceptions[0])}
        say(f"{name:>12}  {result[name]}")
    return {**result, "spin_ms": _SPIN_MS, "versions": entrants.versions()}


async def _entrant(name: str, sizes: Sizes) -> Result:
    figures = await _beside_noise(name, sizes)
    attacks = [attack for attack in sizes.attacks if attack == ENDLESS or name in _WITH_ATTACKS]
    figures["attacks"] = {attack: await _attacked(name, ATTACKS[attack], sizes.attacked_s) for attack in attacks}
    return figures


async def _beside_noise(name: str, sizes: Sizes) -> Result:
    alone: list[float] = []
    beside: list[float] = []
    async with open_arena(2) as arena, riding(name, arena) as bot:
        corpus, noisy, quiet = await _warm(arena, bot)
        for _ in range(sizes.rounds):
            alone += await _use(arena, corpus, quiet, sizes.seconds)
            async with trio.open_nursery() as nursery:
                nursery.start_soon(_make_noise, arena, corpus, noisy)
                beside += await _use(arena, corpus, quiet, sizes.seconds)
                nursery.cancel_scope.cancel()
    figures: Result = {"alone": milliseconds(alone), "beside": milliseconds(beside)}
    ratios = {f"ratio_p{at}": figures["beside"][f"p{at}_ms"] / figures["alone"][f"p{at}_ms"] for at in (50, 99)}
    return figures | {ratio: round(value, 2) for ratio, value in ratios.items()}


async def _warm(arena: Arena, bot: Bot) -> tuple[Corpus, Place, Place]:
    noisy, quiet = places = arena.places()
    await Course(arena, bot).flat_out(MESSAGES, 1_000)
    return Corpus(places, first_id=1_400_000_000_000_000_000), noisy, quiet


async def _use(arena: Arena, corpus: Corpus, quiet: Place, seconds: float) -> list[float]:
    """Seconds from each use of the command to its answer."""
    sent = await _send(arena, corpus, quiet, seconds)
    await arena.answers(sent)
    return [arena.arrived[identity] - when for identity, when in sent.items()]


async def _send(arena: Arena, corpus: Corpus, quiet: Place, seconds: float) -> dict[str, float]:
    """Uses of the command, and when each was sent."""
    source, sent = random.Random(3), dict[str, float]()
    began = trio.current_time()
    at = began
    while at < began + seconds:
        await trio.sleep_until(at)
        used = corpus.used("hello", quiet)
        sent[used.command] = time.perf_counter()
        await arena.replay([used])
        at += source.expovariate(_COMMANDS_PER_S)
    return sent


async def _make_noise(arena: Arena, corpus: Corpus, noisy: Place) -> None:
    while True:
        await arena.replay([corpus.said(f"!attack spin {_SPIN_MS}", noisy)])
        await trio.sleep(_SPIN_EVERY_S)


async def _attacked(name: str, attack: str, seconds: float) -> Result:
    """What is left of the bot for the quiet guild."""
    async with open_arena(2) as arena, riding(name, arena, more=_NODE) as bot:
        corpus, noisy, quiet = await _warm(arena, bot)
        before = _tree.measure(*bot.pids).memory_mb()
        memory = [before]
        async with trio.open_nursery() as nursery:
            nursery.start_soon(_watch_memory, bot, memory)
            await arena.replay([corpus.said(f"!attack {attack}", noisy)])
            sent = await _send(arena, corpus, quiet, seconds)
            await _until_answered(arena, bot, sent)
            nursery.cancel_scope.cancel()
        lives = not bot.ended
        if name != "flora":
            bot.kill()  # what computes without end does not end when it is asked to
        answered = sum(identity in arena.arrived for identity in sent) / len(sent)
        return {
            "answered": round(answered, 2),
            "lives": lives,
            "memory_mb_more": round(max(memory) - before),
        }


async def _until_answered(arena: Arena, bot: Bot, sent: dict[str, float]) -> None:
    """Or until nobody answers any more."""
    with trio.move_on_after(_PATIENCE_S) as patience:
        async with trio.open_nursery() as nursery:
            nursery.start_soon(_end_with, bot, patience)
            await arena.answers(sent)
            nursery.cancel_scope.cancel()


async def _end_with(bot: Bot, scope: trio.CancelScope) -> None:
    await bot.until_ended()
    scope.cancel()


async def _watch_memory(bot: Bot, memory: list[float]) -> None:
    while True:
        memory.append(_tree.measure(*bot.pids).memory_mb())
        await trio.sleep(_LOOK_S)
