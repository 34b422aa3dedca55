"""How long from asking for an isolate until its first handler has run, beside other runtimes in the same run.

Every runtime has the same prelude, the SDK's, and runs the same small script. Flora and its peers take turns in
rounds, so that a machine that speeds up or slows down meanwhile does so for all of them. Ending an isolate is not part
of its start.

A zygote keeps one sealed process spare, which is what whoever asks gets; many who ask at once are forked for each. So
`flora` is a start as a guild has it, and `flora_forked` one of a zygote without a spare, all work in its time.
"""

import contextlib
import statistics
import time
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from actors.isolate.process import Zygote, open_zygote
from actors.outcomes import LoadOutcome, RunOutcome
from bench import _peers, _scripts
from bench._peer import Peer
from bench.harness import Result, milliseconds, say


@dataclass(frozen=True, slots=True)
class Sizes:
    """How much is measured."""

    rounds: int
    flora_in_round: int
    peers_in_round: int


FULL: Final = Sizes(rounds=25, flora_in_round=40, peers_in_round=6)
QUICK: Final = Sizes(rounds=4, flora_in_round=25, peers_in_round=3)


async def run(quick: bool) -> Result:  # noqa: FBT001  the form of every bench
    return await measure(QUICK if quick else FULL)


async def measure(sizes: Sizes, *, with_peers: bool = True) -> Result:
    samples: dict[str, list[float]] = {"flora": [], "flora_forked": []}
    steps: list[tuple[float, float, float]] = []
    peers = _peers.open_peers() if with_peers else _no_peers()
    async with open_zygote() as zygote, open_zygote(spare=False) as forking:
        await _start_one(zygote)
        await _start_one(forking)
        with peers as (present, missing):
            for _ in range(sizes.rounds):
                steps += [await _start_one(zygote) for _ in range(sizes.flora_in_round)]
                samples["flora_forked"] += [sum(await _start_one(forking)) for _ in range(sizes.peers_in_round)]
                for name, peer in present.items():
                    samples.setdefault(name, []).extend(peer.once() for _ in range(sizes.peers_in_round))
    samples["flora"] = [sum(step) for step in steps]
    return _report(samples, steps, missing)


@contextlib.contextmanager
def _no_peers() -> Iterator[tuple[dict[str, Peer], dict[str, str]]]:
    yield {}, dict.fromkeys(_peers.NAMES, "not asked for")


async def _start_one(zygote: Zygote) -> tuple[float, float, float]:
    """Milliseconds until the isolate is asked for, until its script is loaded, until its first handler has run."""
    began = time.perf_counter()
    isolate = await zygote.fork(wait=False)
    asked = time.perf_counter()
    load = await isolate.load(_scripts.GUILD_SCRIPT)
    loaded = time.perf_counter()
    run = await isolate.dispatch(_scripts.EVENT, _scripts.FIRST_EVENT.encode())
    over = time.perf_counter()
    if load.outcome is not LoadOutcome.LOADED or run.outcome is not RunOutcome.OK:
        raise RuntimeError(f"the isolate did not start: {load}, {run}")
    await isolate.close()
    return (asked - began) * 1000, (loaded - asked) * 1000, (over - loaded) * 1000


def _report(
    samples: dict[str, list[float]], steps: list[tuple[float, float, float]], missing: dict[str, str]
) -> Result:
    figures = {name: milliseconds([one / 1000 for one in values], digits=3) for name, values in samples.items()}
    flora, forked = figures.pop("flora"), figures.pop("flora_forked")
    peers: Result = {name: figures[name] if name in figures else {"missing": missing[name]} for name in _peers.NAMES}
    best = min(figures, key=lambda name: figures[name]["p50_ms"], default=None)
    asked, loaded, answered = (round(statistics.median(step), 3) for step in zip(*steps, strict=True))
    for name, row in {"flora": flora, "flora_forked": forked, **peers}.items():
        say(f"{name:>16}  " + "  ".join(f"{key} {value}" for key, value in row.items()))
    return {
        "flora": flora,
        "flora_forked": forked,
        "flora_steps_ms": {"asked": asked, "loaded": loaded, "first_handler": answered},
        "peers": peers,
        "versions": _peers.versions(),
        "best_peer": best,
        "ratio_to_best_peer": round(flora["p50_ms"] / figures[best]["p50_ms"], 3) if best else None,
        "samples": {name: len(values) for name, values in samples.items()},
    }
