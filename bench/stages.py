"""Where an event's CPU time goes in a whole flora, stage by stage, flat out and at 200 events a second.

A sampler looks at the daemon's loop from outside while the race's course is run; each sample counts for the stage to
which the innermost line of flora's own belongs, so that what a library does for a stage is that stage's. Samples that
find it waiting are left out. The shares are of the daemon's CPU time as the scheduler counted it; isolates and stores
are counted by themselves. So the parts are the whole: what no stage claims is shown as `other`.
"""

import signal
import statistics
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import AsyncGenerator, Awaitable, Callable, Iterable
from contextlib import asynccontextmanager
from functools import partial
from pathlib import Path
from typing import Final

import trio

from bench._corpus import MESSAGES
from bench.harness import Result, say
from bench.race import Course
from bench.race.arena import open_arena
from bench.race.entrants import Bot, riding

STAGES: Final = {
    "frames": ("gateway/websocket", "gateway/frames"),
    "inflate": ("gateway/inflate",),
    "envelope": ("gateway/envelope", "gateway/connection", "gateway/session", "gateway/events"),
    "answers to Discord": (
        "gateway/rest", "gateway/http", "gateway/multipart", "gateway/rate_limits", "gateway/fair_turns",
        "gateway/operations", "gateway/scope", "actors/ops",
    ),
    "whose it is, old messages": ("gateway/",),
    "mailbox": ("actors/router", "actors/worker", "actors/actor", "actors/system", "actors/guild/lane"),
    "start and end of a run": ("actors/guild/", "actors/metrics", "api/"),
    "write and read": ("actors/isolate/door", "actors/isolate/switchboard"),
    "records, settling": ("actors/isolate/",),
}  # fmt: skip
"""By the beginnings of files' names; the first that fits counts."""
_LOOP: Final = "trio's loop"
_PER_S: Final = 500
_MAIN: Final = "_run_module_as_main"


async def run(quick: bool) -> Result:  # noqa: FBT001  the form of every bench
    return await (measure(4_000, 4.0, 1) if quick else measure(30_000, 15.0, 3))


async def measure(events: int, paced_s: float, rounds: int) -> Result:
    """Medians of the rounds, each with a daemon of its own."""
    rows: dict[str, list[dict[str, float]]] = {"flat_out": [], "at_200": []}
    for _ in range(rounds):
        async with open_arena(1) as arena, riding("flora", arena) as bot:
            course = Course(arena, bot, arena.places())
            await course.flat_out(MESSAGES, 1_000)
            rows["flat_out"].append(await _sampled(bot, partial(course.flat_out, MESSAGES, events)))
            rows["at_200"].append(await _sampled(bot, partial(course.paced, MESSAGES, 200, paced_s)))
    result: Result = {}
    for name, found in rows.items():
        stages = dict.fromkeys(stage for row in found for stage in row)
        medians = {stage: round(statistics.median(row.get(stage, 0.0) for row in found), 2) for stage in stages}
        result[name] = {"cpu_us_per_event": medians.pop("total"), "stages_us": medians}
        say(f"{name}: {result[name]}")
    return result


async def _sampled(bot: Bot, ride: Callable[[], Awaitable[Result]]) -> dict[str, float]:
    """Microseconds of CPU for an event, by stage."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "stacks"
        async with _sampler(bot.pid, path):
            row = await ride()
        found = shares(path.read_text().splitlines())
    daemon, stores = row["cpu_us_daemon"], row["cpu_us_stores"]
    parts = {stage: share * daemon for stage, share in found.items()}
    isolates = row["cpu_us_per_event"] - daemon - stores
    return {**parts, "isolate": isolates, "stores": stores, "total": row["cpu_us_per_event"]}


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
        if _MAIN in stack:
            counted[_stage(stack.split(";"))] += int(count)
    total = counted.total() or 1
    return {stage: count / total for stage, count in counted.most_common()}


def _stage(frames: list[str]) -> str:
    files = [frame.rpartition("(")[2] for frame in frames]
    for file in reversed(files):
        for stage, beginnings in STAGES.items():
            if file.startswith(beginnings):
                return stage
    return _LOOP if any(file.startswith("trio/") for file in files) else "other"
