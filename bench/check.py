"""Whether anything got worse since the results that are kept: ratios only, for absolute times are the machine's.

    python -m bench check [NAME ...] [--full]

Each bench is run anew, beside its result as it was committed last. A ratio that is worse by more than the noise allows
is measured a second time, and named only when it is worse again. A bench that does not run and a ratio that could not
be had now (its registry cannot be reached, say) are named too: 0 is only said when all that is guarded was compared, 1
when something got worse, 2 when it is not known. That the kept results are another machine's is said, for ratios differ
by that too.
"""

import argparse
import json
import math
import os
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any, Final, cast

from bench.harness import RESULTS, Result, machine, say
from bench.noisy import ATTACKS, QUICK
from bench.report import at

NOISE: Final = 1.35
"""Ratios of one run beside the other's differ by a fifth on a machine that others use, by less on a quiet one."""
_NOISE_OF: Final = {"p99": 2.5, "p50": 2.0, "events_per_s": 2.0, "coldstart": 2.0}
"""Ratios of latencies and of rates, by what they are called: one late wake-up moves them."""
LOWER: Final = {
    "api": ("streams/dispatch_p99_ratio",),
    "cli": ("ratio_to_bare_python",),
    "coldstart": ("ratio_to_best_peer",),
    "density": ("ratio_to_best_peer",),
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
LEFT_OUT_WHEN_SHORT: Final = {
    "noisy": tuple(f"/{attack}/" for attack in ATTACKS if attack not in QUICK.attacks),
    "race": ("/100_guilds/", "at_1000"),
}
"""By bench: parts of ratios' names that a run with --quick has not."""


@dataclass(frozen=True, slots=True)
class Worse:
    """One ratio that got worse."""

    bench: str
    figure: str
    kept: float
    now: float

    def __str__(self) -> str:
        return f"{self.bench} {self.figure}: {self.kept:g} when kept, {self.now:g} now"


@dataclass
class Found:
    """Of one bench or of several."""

    worse: list[Worse] = field(default_factory=list[Worse])
    unknown: list[str] = field(default_factory=list[str])
    """What was not compared, and why."""


def main(words: list[str], results: Path = RESULTS) -> int:
    """The exit status says whether something got worse, or is not known."""
    guarded = sorted({*LOWER, *HIGHER})
    parser = argparse.ArgumentParser(prog="python -m bench check", description=__doc__)
    parser.add_argument("names", nargs="*", metavar="NAME", help=", ".join(guarded))
    parser.add_argument("--full", action="store_true", help="runs as long as those that are kept")
    options = parser.parse_args(words)
    if strangers := set(options.names) - set(guarded):
        parser.error(f"no ratio is guarded of {', '.join(sorted(strangers))}; of these there is: {', '.join(guarded)}")
    names = [name for name in guarded if name in (options.names or guarded)]
    all_found = Found()
    _say_of_load()
    for name in names:
        found = check_one(name, partial(run_anew, full=options.full), results)
        all_found.worse += found.worse
        all_found.unknown += found.unknown
    for what in all_found.unknown:
        say(f"not compared: {what}")
    for worse in all_found.worse:
        say(f"worse: {worse}")
    print(json.dumps({"checked": names, "worse": [str(one) for one in all_found.worse], "unknown": all_found.unknown}))
    return 1 if all_found.worse else 2 if all_found.unknown else 0


def check_one(name: str, run: Callable[[str], Result], results: Path = RESULTS) -> Found:
    """What is worse than it was, twice; and what could not be compared."""
    kept = _committed(results / f"{name}.json")
    if kept is None:
        return Found(unknown=[f"{name}: no result is kept"])
    _say_whose(kept)
    try:
        now = run(name)
        first = compare(kept, now)
        if not first:
            return Found(unknown=missing(kept, now))
        say(f"{name} looks worse, and is measured again")
        again = {one.figure: one for one in compare(kept, run(name))}
    except subprocess.CalledProcessError as error:
        return Found(unknown=[f"{name}: it ended with status {error.returncode}"])
    return Found([again[one.figure] for one in first if one.figure in again], missing(kept, now))


def _committed(path: Path) -> Result | None:
    """As it was committed last: who has just measured anew would compare with that. Without git, as it lies there."""
    show = ["git", "show", f"HEAD:./{path.name}"]
    try:
        text = subprocess.run(show, cwd=path.parent, check=True, capture_output=True, text=True).stdout
    except (OSError, subprocess.CalledProcessError):
        text = path.read_text() if path.exists() else ""
    return cast("Result", json.loads(text)) if text else None


def _say_whose(kept: Result) -> None:
    here = machine()
    for fact in ("model", "cpus"):
        then = at(kept, f"machine/{fact}")
        if then is not None and then != here[fact]:
            say(f"{kept['bench']} was kept on another machine: {fact} {then}, and {here[fact]} here")


def compare(kept: Result, now: Result) -> list[Worse]:
    """The ratios that both have and that are worse now, beyond noise."""
    name = kept["bench"]
    found: list[Worse] = []
    for guarded, factor in ((LOWER, 1.0), (HIGHER, -1.0)):
        paths = guarded.get(name, ())
        before, after = _ratios(kept, paths), _ratios(now, paths)
        found += [
            Worse(name, figure, was, after[figure])
            for figure, was in before.items()
            if was and figure in after and _times_worse(was, after[figure], factor) > _noise(f"{name} {figure}")
        ]
    return found


def missing(kept: Result, now: Result) -> list[str]:
    """What is guarded and was kept, and was not measured now. What a short run leaves out is no loss."""
    name = kept["bench"]
    paths = (*LOWER.get(name, ()), *HIGHER.get(name, ()))
    gone = [figure for figure in _ratios(kept, paths) if figure not in _ratios(now, paths)]
    left_out = LEFT_OUT_WHEN_SHORT.get(name, ()) if now.get("quick") else ()
    gone = [figure for figure in gone if not any(part in figure for part in left_out)]
    if gone and len(gone) == len(_ratios(kept, paths)):
        gone = ["all of it"]
    return [f"{name} {figure}" for figure in gone]


def _times_worse(was: float, now: float, factor: float) -> float:
    if now == 0:
        return math.inf if factor < 0 else 0.0
    return now / was if factor > 0 else was / now


def _noise(figure: str) -> float:
    return next((noise for part, noise in _NOISE_OF.items() if part in figure), NOISE)


def _say_of_load() -> None:
    load, cpus = os.getloadavg()[0], machine()["cpus"]
    if load > cpus / 2:
        say(f"others use this machine (load {load:.1f} on {cpus} processors): what is named may be theirs")


def _ratios(result: Result, paths: tuple[str, ...]) -> dict[str, float]:
    return dict(pair for path in paths for pair in _numbers(at(result, path), path))


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
