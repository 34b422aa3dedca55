"""Where an event's CPU time goes in a whole flora, stage by stage, flat out and at 200 events a second.

While the race's course is run, the daemon is looked at from outside, and its isolates look at themselves
(`_sampled_isolates.py`). Each sample counts for the stage to which the innermost line of flora's own belongs, so that
what a library does for a stage is that stage's. Samples that find somebody waiting are left out. The shares are of the
CPU time as the scheduler counted it, of the daemon's and of the isolates'; the stores are counted by themselves. So the
parts are the whole, and `other` is what no stage claims.
"""

import signal
import statistics
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import AsyncGenerator, Awaitable, Callable, Iterable, Mapping
from contextlib import asynccontextmanager
from functools import partial
from pathlib import Path
from typing import Final

import trio

from bench import _sampled_isolates
from bench._corpus import MESSAGES
from bench._sampled_isolates import JAVASCRIPT
from bench.harness import Result, say
from bench.race.arena import open_arena
from bench.race.course import Course
from bench.race.entrants import Bot, riding

STAGES: Final = {
    "frame": ("gateway/websocket", "gateway/frames"),
    "inflate": ("gateway/inflate",),
    "envelope": ("gateway/envelope", "gateway/connection", "gateway/session", "gateway/events"),
    "ops": (
        "gateway/rest", "gateway/http", "gateway/multipart", "gateway/rate_limits", "gateway/fair_turns",
        "gateway/operations", "gateway/scope", "actors/ops",
    ),
    "route": ("gateway/", "actors/router"),
    "mailbox": ("actors/worker", "actors/actor", "actors/system", "actors/guild/lane"),
    "run": ("actors/guild/", "actors/metrics", "api/"),
    "write": ("actors/isolate/door", "actors/isolate/switchboard"),
    "settle": ("actors/isolate/",),
}  # fmt: skip
"""The daemon's, by the beginnings of files' names; the first that fits counts."""
OTHER: Final = "other"
_LOOP: Final = "loop"
CHILD, DOOR, CORE, SDK, SCRIPT = INSIDE = (
    "child",
    "child, its door",
    "JavaScript, the core",
    "JavaScript, the SDK",
    "JavaScript, the script",
)
"""The isolates'."""
_DOOR_CALLS: Final = ("_wait_for_work", "_send")
_HOUSE: Final = "(flora:"
_PRELUDE: Final = "(flora:prelude)"
_ENGINES_OWN: Final = "(self-hosted"
WITHIN: Final = 0.1
"""Medians of stages need not sum to the median of the whole; by more than this, they mean nothing."""
_PER_S: Final = 500
_THREADS: Final = "_bootstrap ("
"""Where all threads but the loop's begin."""


async def run(quick: bool) -> Result:  # noqa: FBT001  the form of every bench
    return await (measure(4_000, 4.0, 1) if quick else measure(30_000, 15.0, 3))


async def measure(events: int, paced_s: float, rounds: int) -> Result:
    """Medians of the rounds, each with a daemon of its own."""
    rows: dict[str, list[dict[str, float]]] = {"flat_out": [], "at_200": []}
    for _ in range(rounds):
        with tempfile.TemporaryDirectory() as name:
            folder = Path(name)
            more = {_sampled_isolates.FOLDER: name}
            async with open_arena(1) as arena, riding("flora", arena, more=more) as bot:
                course = Course(arena, bot)
                await course.flat_out(MESSAGES, 1_000)
                rows["flat_out"].append(await _sampled(bot, folder, partial(course.flat_out, MESSAGES, events)))
                rows["at_200"].append(await _sampled(bot, folder, partial(course.paced, MESSAGES, 200, paced_s)))
    return {name: _median(name, found) for name, found in rows.items()}


def _median(name: str, rows: list[dict[str, float]]) -> Result:
    stages = dict.fromkeys([*STAGES, _LOOP, *INSIDE, *(stage for row in rows for stage in row)])
    medians = {stage: round(statistics.median(row.get(stage, 0.0) for row in rows), 2) for stage in stages}
    total = medians.pop("total")
    parts = sum(medians.values())
    result = {"cpu_us_per_event": total, "sum_us": round(parts, 1), "sum_to_total": round(parts / total, 3)}
    say(f"{name}: {result}, {medians}")
    if abs(parts / total - 1) > WITHIN:
        say(
            f"{name}: the parts are not the whole within {WITHIN:.0%}: too few were seen, or the rounds differ too much"
        )
    return {**result, "stages_us": medians}


async def _sampled(bot: Bot, folder: Path, ride: Callable[[], Awaitable[Result]]) -> dict[str, float]:
    """Microseconds of CPU for an event, by stage."""
    path, before = folder / "stacks", _sampled_isolates.counts(folder)
    async with _sampler(bot.pids[0], path):
        row = await ride()
    parts = shares(path.read_text().splitlines())
    inside = isolate_shares(_sampled_isolates.counts(folder) - before)
    daemon, stores = row["cpu_us_daemon"], row["cpu_us_stores"]
    isolates = row["cpu_us_per_event"] - daemon - stores
    return {
        **{stage: share * daemon for stage, share in parts.items()},
        **{stage: share * isolates for stage, share in inside.items()},
        "stores": stores,
        "total": row["cpu_us_per_event"],
    }


@asynccontextmanager
async def _sampler(pid: int, path: Path) -> AsyncGenerator[None]:
    spy = str(Path(sys.executable).parent / "py-spy")
    command = [spy, "record", "--pid", str(pid), "--rate", str(_PER_S), "--format", "raw", "--output", str(path)]
    process = await trio.lowlevel.open_process([*command, "--duration", "600"], stdout=subprocess.PIPE)
    assert process.stdout is not None
    await process.stdout.receive_some()  # it says that it has begun
    yield
    process.send_signal(signal.SIGINT)
    await process.wait()


def shares(stacks: Iterable[str]) -> dict[str, float]:
    """Of the samples of the loop's thread: the part of each stage. A line is `outermost;...;innermost count`."""
    counted: Counter[str] = Counter()
    for line in stacks:
        stack, _, count = line.rpartition(" ")
        if not stack.startswith(_THREADS):
            counted[_stage(stack.split(";"))] += int(count)
    return _parts(counted)


def _stage(frames: list[str]) -> str:
    files = [frame.rpartition("(")[2] for frame in frames]
    for file in reversed(files):
        for stage, beginnings in STAGES.items():
            if file.startswith(beginnings):
                return stage
    return _LOOP if any(file.startswith("trio/") for file in files) else OTHER


def isolate_shares(stacks: Mapping[str, int]) -> dict[str, float]:
    """Of the samples of isolates: the part of each stage."""
    counted: Counter[str] = Counter()
    for stack, count in stacks.items():
        counted[_stage_inside(stack.split(";"))] += count
    return _parts(counted)


def _stage_inside(frames: list[str]) -> str:
    if JAVASCRIPT not in frames:
        return DOOR if any(name in frames[-1] for name in _DOOR_CALLS) else CHILD
    named = [frame for frame in frames[frames.index(JAVASCRIPT) + 1 :] if _ENGINES_OWN not in frame]
    if any(_HOUSE not in frame for frame in named):
        return SCRIPT
    return SDK if any(_PRELUDE in frame for frame in named) else CORE


def _parts(counted: Counter[str]) -> dict[str, float]:
    total = counted.total() or 1
    return {stage: count / total for stage, count in counted.most_common()}
