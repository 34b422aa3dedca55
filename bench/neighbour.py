"""What a quiet guild feels of its neighbours: its p99 while others spin, allocate, flood, throw or wait for ever, as a
ratio to its p99 alone.

The quiet guild gets an event now and then; its latency is from when that was due until the host hears that the handler
was entered. Rounds alone and rounds beside each kind of attacker take turns, so that a busy machine spoils both alike.
Attackers live in the same worker as the quiet guild, and get events of their own all the while.
"""

import random
import statistics
from dataclasses import dataclass
from typing import Final

import trio

from actors.limits import IsolateLimits, RuntimeLimits
from actors.refs import GuildEvent
from actors.system import System
from bench._runtime import PAYLOADS, TELLS, Watch, deploy, numbered, runtime
from bench.harness import PERCENTS, Result, percentile, say
from storage.ids import GuildId

_QUIET: Final = GuildId(1)
_TARGET: Final = 2.0
_ATTACKS: Final = {
    "spin": 'on("messageCreate", () => { for (;;) {} });',
    "allocate": 'on("messageCreate", () => { const all = []; for (;;) all.push(new Array(10_000).fill(1)); });',
    "flood_log": 'on("messageCreate", () => { for (let i = 0; i < 5_000; i++) console.log("a line of many", i); });',
    "flood_events": 'on("messageCreate", () => {});',
    "throw": 'on("messageCreate", () => { throw new Error("no"); });',
    "await_for_ever": 'on("messageCreate", () => new Promise(() => {}));',
}
_PATIENT: Final = RuntimeLimits(kills=1_000_000, drain_s=1.0)
"""A guild that is paused for its kills would be no attacker any more."""
_EVENTS_PER_S: Final = {"flood_events": 1_000.0}
"""To each attacker; to the others fewer, since each of theirs does harm enough."""
_USUALLY_PER_S: Final = 20.0
_RAMP_UP_S: Final = 0.2
"""Some four events to each attacker: its harm is under way before the quiet guild is timed, and that is not timed."""


@dataclass(frozen=True, slots=True)
class Sizes:
    attackers: int
    rounds: int
    seconds: float
    quiet_per_s: float


FULL: Final = Sizes(attackers=4, rounds=5, seconds=4.0, quiet_per_s=100.0)
QUICK: Final = Sizes(attackers=4, rounds=3, seconds=1.0, quiet_per_s=100.0)


async def run(quick: bool) -> Result:  # noqa: FBT001  the form of every bench
    return await measure(QUICK if quick else FULL)


async def measure(sizes: Sizes) -> Result:
    attacks: Result = {}
    for name in _ATTACKS:
        attacks[name] = await _beside(name, sizes)
        say(f"{name:>16}  {attacks[name]}")
    worst = max(attacks, key=lambda name: attacks[name]["ratio_p99"])
    return {
        "attackers": sizes.attackers,
        "target_ratio_p99": _TARGET,
        "ratio_p99": attacks[worst]["ratio_p99"],
        "worst_attack": worst,
        "attacks": attacks,
    }


async def _beside(attack: str, sizes: Sizes) -> Result:
    watch = Watch(TELLS)
    alone: list[list[float]] = []
    beside: list[list[float]] = []
    async with runtime(watch, _PATIENT, workers=1, isolates=IsolateLimits()) as system:
        await deploy(system, watch, _QUIET)
        attackers = [GuildId(number) for number in range(2, 2 + sizes.attackers)]
        for guild in attackers:
            await deploy(system, watch, guild, _ATTACKS[attack])
        await _quiet(system, watch, sizes)
        for _ in range(sizes.rounds):
            alone.append(await _quiet(system, watch, sizes))
            async with trio.open_nursery() as nursery:
                nursery.start_soon(_attack, system, attackers, _EVENTS_PER_S.get(attack, _USUALLY_PER_S))
                await trio.sleep(_RAMP_UP_S)
                beside.append(await _quiet(system, watch, sizes))
                nursery.cancel_scope.cancel()
            for guild in attackers:
                await system.restart(guild)
    return {
        **{f"alone_p{percent}_ms": _median(alone, percent) for percent in PERCENTS},
        **{f"p{percent}_ms": _median(beside, percent) for percent in PERCENTS},
        "ratio_p99": round(_median(beside, 99) / _median(alone, 99), 2),
    }


def _median(rounds: list[list[float]], percent: float) -> float:
    return round(statistics.median(percentile(latencies, percent) for latencies in rounds) * 1000, 3)


async def _attack(system: System, attackers: list[GuildId], per_s: float) -> None:
    source, at = random.Random(2), trio.current_time()
    while True:
        await trio.sleep_until(at)
        batch: list[GuildEvent] = []
        while at <= trio.current_time():
            batch += [GuildEvent(guild, "messageCreate", PAYLOADS[0]) for guild in attackers]
            at += source.expovariate(per_s)
        system.deliver(batch)


async def _quiet(system: System, watch: Watch, sizes: Sizes) -> list[float]:
    """Latencies of the quiet guild, in seconds."""
    source = random.Random(3)
    due: dict[int, float] = {}
    latencies: list[float] = []
    all_told = trio.Event()
    count = int(sizes.seconds * sizes.quiet_per_s)

    def on_line(guild: GuildId, _level: str, text: str) -> None:
        if guild == _QUIET and text.isdecimal():
            latencies.append(trio.current_time() - due[int(text)])
            if len(latencies) == count:
                all_told.set()

    watch.on_line = on_line
    at = trio.current_time()
    for number in range(count):
        at += source.expovariate(sizes.quiet_per_s)
        await trio.sleep_until(at)
        due[number] = at
        system.deliver([GuildEvent(_QUIET, "messageCreate", numbered(number))])
    await all_told.wait()
    return latencies
