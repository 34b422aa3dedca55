"""Whether anything got worse since the results that are kept: ratios only, for absolute times are the machine's.

    python -m bench check [NAME ...] [--full]

Each bench is run anew and beside its kept result. A ratio that is worse by more than the noise allows is measured a
second time, and named only when it is worse again.
"""

import argparse
import json
import math
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any, Final, cast

from bench.harness import RESULTS, Result, say
from bench.noisy import ATTACKS
from bench.report import at

NOISE: Final = 1.35
"""Ratios of one run beside the other's differ by a fifth on a machine that others use, by less on a quiet one."""
_NOISE_OF: Final = {"p99": 2.5, "p50": 2.0, "events_per_s": 2.0}
"""Ratios of latencies and of rates, by what their names hold: one late wake-up moves them."""
LOWER: Final = {
    "api": ("streams/dispatch_p99_ratio",),
    "cli": ("ratio_to_bare_python",),
    "coldstart": ("ratio_to_best_peer",),
    "neighbour": ("ratio_p99",),
    "noisy": ("flora/ratio_p50",),
    "scale": ("dispatch_p50_ratio",),
}
HIGHER: Final = {
    "gateway": ("ratio_to_library",),
    "kv": ("ratio_to_valkey_100", "ratio_to_valkey_redis_py_100"),
    "noisy": tuple(f"flora/attacks/{attack}/answered" for attack in ATTACKS),
    "race": ("ratio",),
    "rest": ("ratio",),
}
"""By bench: paths of ratios, or of what holds ratios only."""


@dataclass(frozen=True, slots=True)
class Worse:
    """One ratio that got worse."""

    bench: str
    figure: str
    kept: float
    now: float

    def __str__(self) -> str:
        return f"{self.bench} {self.figure}: {self.kept:g} when kept, {self.now:g} now"


def main(words: list[str], results: Path = RESULTS) -> int:
    """The exit status says whether something got worse."""
    guarded = sorted({*LOWER, *HIGHER})
    parser = argparse.ArgumentParser(prog="python -m bench check", description=__doc__)
    parser.add_argument("names", nargs="*", metavar="NAME", help=", ".join(guarded))
    parser.add_argument("--full", action="store_true", help="runs as long as those that are kept")
    options = parser.parse_args(words)
    names = [name for name in guarded if (results / f"{name}.json").exists() and name in (options.names or guarded)]
    worse = [found for name in names for found in worse_in(name, partial(run_anew, full=options.full), results)]
    for found in worse:
        say(f"worse: {found}")
    print(json.dumps({"checked": names, "worse": [str(found) for found in worse]}))
    return 1 if worse else 0


def worse_in(name: str, run: Callable[[str], Result], results: Path = RESULTS) -> list[Worse]:
    """What is worse than it was, twice."""
    kept = cast("Result", json.loads((results / f"{name}.json").read_text()))
    first = compare(kept, run(name))
    if not first:
        return []
    say(f"{name} looks worse, and is measured again")
    again = {found.figure: found for found in compare(kept, run(name))}
    return [again[found.figure] for found in first if found.figure in again]


def compare(kept: Result, now: Result) -> list[Worse]:
    """The ratios that both have and that are worse now, beyond noise."""
    name = kept["bench"]
    found: list[Worse] = []
    for paths, factor in ((LOWER.get(name, ()), 1.0), (HIGHER.get(name, ()), -1.0)):
        for path in paths:
            before = dict(_numbers(at(kept, path), path))
            for figure, value in _numbers(at(now, path), path):
                was = before.get(figure)
                if was and _times_worse(was, value, factor) > _noise(figure):
                    found.append(Worse(name, figure, was, value))
    return found


def _times_worse(was: float, now: float, factor: float) -> float:
    if now == 0:
        return math.inf if factor < 0 else 0.0
    return now / was if factor > 0 else was / now


def _noise(figure: str) -> float:
    return next((noise for part, noise in _NOISE_OF.items() if part in figure), NOISE)


def _numbers(value: Any, name: str) -> Iterator[tuple[str, float]]:
    if isinstance(value, dict):
        for key, inner in cast("Mapping[str, Any]", value).items():
            yield from _numbers(inner, f"{name}/{key}")
    elif isinstance(value, int | float) and not isinstance(value, bool):
        yield name, value


def run_anew(name: str, *, full: bool) -> Result:
    command = [sys.executable, "-m", "bench", name, "--json", *([] if full else ["--quick"]), "--not-kept"]
    done = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True)
    return cast("Result", json.loads(done.stdout.splitlines()[-1]))
