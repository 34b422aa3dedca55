"""A thousand moves between workers and a thousand deploys, while events flow: what is lost, repeated or out of order,
and for how long the guild stands still.

Each guild gets a numbered event every few milliseconds and its handler says the number. The pause of a move or deploy
is the longest time that one of the events that were due while it lasted had to wait for its handler. A bystander's is
the same of a guild with which nothing happens then: what the machine, and the handover of another, cost anybody.
"""

import time
from bisect import bisect_left
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Final

import trio

from actors.placement import WorkerId
from actors.refs import GuildEvent
from actors.system import System
from bench._runtime import TELLS, Watch, deploy, deploy_many, numbered, runtime
from bench.harness import PERCENTS, Result, percentile, percentiles, say
from storage.ids import GuildId

_TARGET_MS: Final = 50
_GUILDS: Final = 4
_EVERY_S: Final = 0.004
_KINDS: Final = ("moves", "deploys")


@dataclass(frozen=True, slots=True)
class Sizes:
    moves: int
    deploys: int


FULL: Final = Sizes(moves=1_000, deploys=1_000)
QUICK: Final = Sizes(moves=40, deploys=40)


@dataclass
class Flow:
    """The events of one guild: when each was due, and which were heard of, in their order."""

    guild: GuildId
    due: list[float] = field(default_factory=list[float])
    heard: list[tuple[int, float]] = field(default_factory=list[tuple[int, float]])
    spans: dict[str, list[tuple[float, float]]] = field(default_factory=lambda: {"moves": [], "deploys": []})

    def pauses_ms(self, spans: list[tuple[float, float]]) -> list[float]:
        heard_at = dict(self.heard)
        pauses: list[float] = []
        for began, ended in spans:
            during = range(max(0, bisect_left(self.due, began) - 1), bisect_left(self.due, ended))
            waits = [heard_at[number] - self.due[number] for number in during if number in heard_at]
            pauses.append(max(waits, default=0.0) * 1000)
        return pauses


async def run(quick: bool) -> Result:  # noqa: FBT001  the form of every bench
    return await measure(QUICK if quick else FULL)


async def measure(sizes: Sizes) -> Result:
    watch = Watch(TELLS)
    async with runtime(watch) as system:
        flows = {guild: Flow(guild) for guild in await deploy_many(system, watch, _GUILDS)}

        def on_line(guild: GuildId, _level: str, text: str) -> None:
            if text.isdecimal():
                flows[guild].heard.append((int(text), trio.current_time()))

        watch.on_line = on_line
        began = time.perf_counter()
        async with trio.open_nursery() as flowing:
            for flow in flows.values():
                flowing.start_soon(_flow, system, flow)
            await _hand_over(system, watch, list(flows.values()), sizes)
            flowing.cancel_scope.cancel()
        seconds = time.perf_counter() - began
        await watch.until(sum(len(flow.due) for flow in flows.values()))
    return _report(list(flows.values()), sizes, seconds)


async def _flow(system: System, flow: Flow) -> None:
    at = trio.current_time()
    while True:
        at += _EVERY_S
        await trio.sleep_until(at)
        number = len(flow.due)
        flow.due.append(at)
        system.deliver([GuildEvent(flow.guild, "messageCreate", numbered(number))])


async def _hand_over(system: System, watch: Watch, flows: list[Flow], sizes: Sizes) -> None:
    """Moves and deploys take turns, and so do the guilds: one handover at a time."""
    for turn in range(max(sizes.moves, sizes.deploys)):
        flow = flows[turn % len(flows)]
        if turn < sizes.moves:
            began = trio.current_time()
            status = system.status(flow.guild)
            assert status is not None
            await system.migrate(flow.guild, WorkerId(1 - (status.worker or 0)))
            flow.spans["moves"].append((began, trio.current_time()))
        await trio.sleep(_EVERY_S)
        if turn < sizes.deploys:
            began = trio.current_time()
            await deploy(system, watch, flow.guild)
            flow.spans["deploys"].append((began, trio.current_time()))
        await trio.sleep(_EVERY_S)


def _report(flows: list[Flow], sizes: Sizes, seconds: float) -> Result:
    lost = repeated = out_of_order = 0
    for flow in flows:
        numbers = [number for number, _ in flow.heard]
        lost += len(set(range(len(flow.due))) - set(numbers))
        repeated += len(numbers) - len(set(numbers))
        out_of_order += sum(after < before for before, after in pairwise(numbers))
    pauses = {kind: [one for flow in flows for one in flow.pauses_ms(flow.spans[kind])] for kind in _KINDS}
    every = [pause for kind in _KINDS for pause in pauses[kind]]
    bystanders = [
        pause
        for flow, bystander in zip(flows, [*flows[1:], flows[0]], strict=True)
        for kind in _KINDS
        for pause in bystander.pauses_ms(flow.spans[kind])
    ]
    result: Result = {
        "moves": sizes.moves,
        "deploys": sizes.deploys,
        "events": sum(len(flow.due) for flow in flows),
        "seconds": round(seconds, 1),
        "lost": lost,
        "repeated": repeated,
        "out_of_order": out_of_order,
        **{f"pause_p{percent}_ms": round(percentile(every, percent), 2) for percent in PERCENTS},
        "target_pause_p99_ms": _TARGET_MS,
        **{f"bystander_pause_p{percent}_ms": round(percentile(bystanders, percent), 2) for percent in PERCENTS},
        **{f"{kind}_pause_ms": percentiles(values, digits=2) for kind, values in pauses.items()},
    }
    say(f"{result}")
    return result
