"""What a thousand readers of a guild's log cost the guild's events.

Rounds with readers and rounds without take turns, so that a busy machine spoils both alike; each is as good as its
median round.
"""

import json
import os
import statistics
import subprocess
import sys
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

import trio

from api.daemon import Daemon
from api.server import Serving, serve_app
from bench.harness import Result, percentile, percentiles, say
from storage.ids import GuildId

RATIO_TARGET: Final = 1.3
_EVENT_EVERY_S: Final = 0.005
"""Each event logs a line: somewhat less than 200 a second."""


@dataclass(frozen=True, slots=True)
class Sizes:
    readers: int = 1_000
    stuck: int = 100
    events: int = 250
    """In a round."""
    rounds: int = 7


@dataclass(slots=True)
class _Side:
    """Rounds of one kind."""

    ms: list[list[float]] = field(default_factory=list[list[float]])
    cpu_s: float = 0.0

    def p99(self) -> float:
        return statistics.median(percentile(one, 99) for one in self.ms)

    def told(self) -> Result:
        return {**percentiles([one for ms in self.ms for one in ms]), "median_p99": round(self.p99(), 3)}


class Streams:
    """A daemon and a guild whose script logs a line for each `ping`."""

    def __init__(self, daemon: Daemon, guild: GuildId, request: str, sizes: Sizes) -> None:
        self._daemon = daemon
        self._guild = guild
        self._request = request
        self._sizes = sizes
        self._alone, self._read = _Side(), _Side()
        self._told: list[Result] = []
        self._grown_kb: list[int] = []
        self._shutdown_s = 0.0

    async def measure(self) -> Result:
        await self._round(_Side())
        for _ in range(self._sizes.rounds - 1):
            await self._round(self._alone)
            await self._with_readers(self._daemon.addresses[0])
        await self._round(self._alone)
        await self._last()
        return self._result()

    async def _last(self) -> None:
        """A round at a server of its own, which ends with the readers still there; how long that takes."""
        stop, ended = trio.Event(), trio.Event()

        async def serve(*, task_status: trio.TaskStatus[list[str]]) -> None:  # noqa: ASYNC128  serve_app reports
            await serve_app(self._daemon.api.app, Serving(), stop, task_status)
            ended.set()

        async def end() -> float:
            began = time.perf_counter()
            stop.set()
            await ended.wait()
            return time.perf_counter() - began

        async with trio.open_nursery() as nursery:
            (address,) = await nursery.start(serve)
            self._shutdown_s = await self._with_readers(address, end)

    async def _with_readers(self, url: str, end: Any = None) -> float:
        before = _resident_kb()
        process = await self._readers(url)
        assert process.stdin is not None
        assert process.stdout is not None
        await self._round(self._read)
        self._grown_kb.append(_resident_kb() - before)
        took = 0.0 if end is None else await end()
        await process.stdin.aclose()
        self._told.append(json.loads(b"".join([bytes(piece) async for piece in process.stdout])))
        await process.wait()
        while self._daemon.api.streams.count:  # noqa: ASYNC110 -- connections end when the server has read their end
            await trio.sleep(0.05)
        return float(took)

    async def _round(self, side: _Side) -> None:
        took: list[float] = []
        cpu = time.process_time()
        for _ in range(self._sizes.events):
            began = time.perf_counter()
            await self._daemon.runtime.dispatch(self._guild, "ping", b"{}")
            took.append((time.perf_counter() - began) * 1000)
            await trio.sleep(_EVENT_EVERY_S)
        side.ms.append(took)
        side.cpu_s += time.process_time() - cpu

    async def _readers(self, url: str) -> trio.Process:
        host, _, port = url.partition("://")[2].rpartition(":")
        wanted = {
            "address": (host, int(port)),
            "request": self._request,
            "readers": self._sizes.readers,
            "stuck": self._sizes.stuck,
        }
        command = [sys.executable, "-m", "bench._readers", json.dumps(wanted)]
        process = await trio.lowlevel.open_process(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE)
        assert process.stdout is not None
        said = b""
        while not said.endswith(b"\n"):
            said += bytes(await process.stdout.receive_some(100)) or b"nothing more\n"
        assert said == b"ready\n", said
        return process

    def _result(self) -> Result:
        sizes = self._sizes
        ratio = round(self._read.p99() / self._alone.p99(), 2)
        per_reader = round(max(self._grown_kb) / sizes.readers, 1)
        written, rounds = sum(one["pieces"] for one in self._told), len(self._told)
        extra = self._read.cpu_s / rounds - self._alone.cpu_s / len(self._alone.ms)
        say(f"{sizes.readers} readers: dispatch p99 times {ratio}, {per_reader} KB each")
        return {
            "readers": sizes.readers,
            "of_them_stuck": sizes.stuck,
            "rounds": rounds,
            "dispatch_ms_alone": self._alone.told(),
            "dispatch_ms_with_readers": self._read.told(),
            "dispatch_p99_ratio": ratio,
            "ratio_target": RATIO_TARGET,
            "kb_per_reader": per_reader,
            "events_delivered": sum(one["events"] for one in self._told),
            "writes": written,
            "cpu_us_per_write": round(extra * rounds / max(1, written) * 1e6, 1),
            "age_ms": self._told[-1]["age_ms"],
            "shutdown_s": round(self._shutdown_s, 2),
        }


def _resident_kb() -> int:
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") // 1024
