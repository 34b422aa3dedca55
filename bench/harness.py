"""What every bench shares: how it is found and run, percentiles, and the facts of the machine it ran on.

A bench is a module `bench/NAME.py` (or a package) with

    def run(quick: bool) -> Result            # or async def, which is run under trio

`quick` asks for the same keys in a fraction of the time: a check that the bench works, not a figure to quote. A
`profiled` of the same form is what `profile.py` looks at, where `run` does much beside.
"""

import inspect
import json
import math
import os
import pkgutil
import platform
import sys
import time
from collections.abc import Awaitable, Callable, Iterable, Sequence
from datetime import UTC, datetime
from importlib import import_module
from pathlib import Path
from typing import Any, Final, TypeAlias, cast

import trio

from bench._watch import watched

Result: TypeAlias = dict[str, Any]
"""JSON: numbers by name, nested as the bench likes."""

HERE: Final = Path(__file__).parent
RESULTS: Final = HERE / "results"
PERCENTS: Final = (50, 95, 99)
"""Of everything that varies from one sample to the next."""
SETTLE_S: Final = 15.0
"""From the last event until memory is read as `rested`: long enough that whoever gives memory back when idle has."""
_NOT_BENCHES: Final = frozenset({"check", "harness", "plots", "profile", "report", "words"})


def names() -> list[str]:
    """Every bench there is, in alphabetical order."""
    found = (module.name for module in pkgutil.iter_modules([str(HERE)]))
    return sorted(name for name in found if not name.startswith("_") and name not in _NOT_BENCHES)


def module_of(name: str) -> Path:
    """The file whose docstring says what a bench measures."""
    package = HERE / name / "__init__.py"
    return package if package.exists() else HERE / f"{name}.py"


def run_bench(name: str, *, quick: bool, profiled: bool = False) -> Result:
    """Run one bench by name and return its figures with the machine's facts under `machine`."""
    module = import_module(f"bench.{name}")
    run = cast("Callable[[bool], Result | Awaitable[Result]]", module.run)
    if profiled:
        run, quick = getattr(module, "profiled", run), True
    began = time.perf_counter()
    with watched() as taken:
        if inspect.iscoroutinefunction(run):
            figures: Result = trio.run(run, quick)
        else:
            figures = cast("Result", run(quick))
    took_s = round(time.perf_counter() - began, 1)
    return {"bench": name, "quick": quick, **figures, "machine": {**machine(), "took_s": took_s, **taken}}


def write_result(result: Result) -> Path:
    """Keep a full run's figures where the documents are made from."""
    RESULTS.mkdir(exist_ok=True)
    path = RESULTS / f"{result['bench']}.json"
    path.write_text(json.dumps(result, indent=2) + "\n")
    return path


def machine() -> Result:
    """What a reader needs to judge whether the figures would be his."""
    return {
        "cpus": len(os.sched_getaffinity(0)),
        "model": _cpu_model(),
        "kernel": platform.release(),
        "python": platform.python_version(),
        "load": round(os.getloadavg()[0], 2),
        "at": datetime.now(UTC).isoformat(timespec="seconds"),
    }


def _cpu_model() -> str:
    for line in Path("/proc/cpuinfo").read_text().splitlines():
        if line.startswith("model name"):
            return line.partition(":")[2].strip()
    return platform.machine()


def percentile(samples: Sequence[float], percent: float) -> float:
    """The smallest sample that at least `percent` per cent of the samples do not exceed."""
    ordered = sorted(samples)
    return ordered[max(0, math.ceil(len(ordered) * percent / 100) - 1)]


def percentiles(samples: Sequence[float], *, digits: int = 3) -> dict[str, float]:
    """p50, p95, p99 and the worst of the samples."""
    return {
        **{f"p{percent}": round(percentile(samples, percent), digits) for percent in PERCENTS},
        "max": round(max(samples), digits),
    }


def milliseconds(seconds: Iterable[float], *, digits: int = 2) -> dict[str, float]:
    """p50, p95 and p99 of latencies."""
    samples = [one * 1000 for one in seconds]
    return {f"p{percent}_ms": round(percentile(samples, percent), digits) for percent in PERCENTS}


def say(line: str) -> None:
    """Tell the human who waits; stdout is kept for the one line of JSON."""
    print(line, file=sys.stderr, flush=True)
