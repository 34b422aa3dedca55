"""A runtime that does as scripts say, without isolates: for tests of what stands around it.

A script says what it registers with `globalThis.registers = '{"crons": [...]}'`, that it does not load with
`globalThis.fails = "why"`, and that its load waits with `globalThis.waits = true` (until `gate` is set).
"""

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

import trio

from actors.isolate.isolate import Load, Run
from actors.isolate.records import Frame, ScriptError
from actors.outcomes import LoadOutcome, RunOutcome
from actors.placement import WorkerId
from actors.refs import (
    Bundle,
    Commit,
    Deployed,
    GuildEvent,
    GuildPhase,
    GuildStatus,
    RuntimeRefusedError,
    Usage,
    WorkerStatus,
)
from storage.ids import GuildId


@dataclass
class FakeRuntime:
    running: dict[GuildId, tuple[Bundle, str, dict[str, Any]]] = field(default_factory=dict)
    paused: dict[GuildId, str] = field(default_factory=dict)
    asked: list[tuple[Any, ...]] = field(default_factory=list)
    delivered: list[GuildEvent] = field(default_factory=list)
    restored: dict[GuildId, str] = field(default_factory=dict)
    gate: trio.Event = field(default_factory=trio.Event)
    loading: trio.Event = field(default_factory=trio.Event)
    places: dict[GuildId, WorkerId] = field(default_factory=dict)
    there: list[WorkerId] = field(default_factory=lambda: [WorkerId(1), WorkerId(2)])
    made: int = 2
    """Workers, so far."""

    def deliver(self, events: Sequence[GuildEvent]) -> None:
        self.delivered += events

    def hears(self, guild: GuildId) -> frozenset[str] | None:  # noqa: ARG002
        return None

    def heard(self) -> frozenset[str] | None:
        return None

    async def deploy(self, guild: GuildId, bundle: Bundle, commit: Commit) -> Deployed:
        if re.search(r"waits = (true|!0)", bundle.source):
            self.loading.set()
            await self.gate.wait()
        failed = re.search(r"fails = \"(.*?)\"", bundle.source)
        if failed is not None:
            error = ScriptError("Error", failed[1], (Frame("", "main.ts", 1, 7),))
            return Deployed(Load(LoadOutcome.THREW, error), "")
        said = re.search(r"registers = ['\"`](.*?)['\"`];", bundle.source)
        registrations: dict[str, Any] = json.loads(said[1].replace('\\"', '"')) if said else {}
        load = Load(LoadOutcome.LOADED, registrations=registrations, cpu_us=1500)
        revision = await commit(load)
        self.running[guild] = (bundle, revision, registrations)
        self.places.setdefault(guild, self.there[0])
        return Deployed(load, revision, swap_ms=0.5)

    async def undeploy(self, guild: GuildId) -> None:
        self._known(guild)
        del self.running[guild], self.places[guild]

    async def pause(self, guild: GuildId, reason: str) -> None:
        self._known(guild)
        self.paused[guild] = reason

    async def resume(self, guild: GuildId) -> None:
        self._known(guild)
        self.paused.pop(guild, None)

    async def restart(self, guild: GuildId) -> None:
        self._known(guild)
        self.asked.append(("restart", guild))

    async def dispatch(self, guild: GuildId, name: str, payload: bytes, timeout_s: float | None = None) -> Run:  # noqa: ARG002
        self.asked.append(("dispatch", guild, name, payload))
        return Run(RunOutcome.OK)

    async def restore(self, guilds: Mapping[GuildId, str]) -> None:
        self.restored = dict(guilds)

    def status(self, guild: GuildId) -> GuildStatus | None:
        if guild not in self.running:
            return None
        _bundle, revision, registrations = self.running[guild]
        phase = GuildPhase.PAUSED if guild in self.paused else GuildPhase.LIVE
        usage = Usage(cpu_us=2500, events={"ok": 3}, drops={"backlog": 1}, ops={"kv": 2, "rest": 1})
        since = datetime(2026, 11, 29, tzinfo=UTC)
        reason = self.paused.get(guild, "")
        worker = self.places[guild]
        return GuildStatus(guild, phase, reason, revision, worker, 0, 0, registrations, 1_500_000, usage, since)

    def guilds(self) -> Sequence[GuildId]:
        return list(self.running)

    def workers(self) -> Sequence[WorkerStatus]:
        return [WorkerStatus(one, "live", 1, 1, 0, zygote_warm=True, zygote_restarts=0) for one in self.there]

    async def migrate(self, guild: GuildId, target: WorkerId) -> None:
        self._known(guild)
        self._there(target)
        self.places[guild] = target
        self.asked.append(("migrate", guild, target))

    async def drain(self, worker: WorkerId) -> None:
        self._leave(worker)
        self.asked.append(("drain", worker))

    async def add_worker(self) -> WorkerId:
        self.made += 1
        self.there.append(WorkerId(self.made))
        return self.there[-1]

    async def remove_worker(self, worker: WorkerId) -> None:
        self._leave(worker)
        self.there.remove(worker)
        self.asked.append(("remove", worker))

    def _leave(self, worker: WorkerId) -> None:
        """Its guilds go elsewhere."""
        self._there(worker)
        others = [one for one in self.there if one != worker]
        if not others:
            raise RuntimeRefusedError("LAST_WORKER", "add another first")
        for guild, place in self.places.items():
            self.places[guild] = others[0] if place == worker else place

    def _there(self, worker: WorkerId) -> None:
        if worker not in self.there:
            raise RuntimeRefusedError("NO_SUCH_WORKER", f"there is no worker {worker}")

    def _known(self, guild: GuildId) -> None:
        if guild not in self.running:
            raise RuntimeRefusedError("NOT_DEPLOYED", "the guild runs nothing")
