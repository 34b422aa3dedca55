"""What the layers above may ask of the runtime: the only way in.

The gateway delivers batches of events; the API, the command and the local Discord ask the rest. Nobody outside holds
an actor. Questions are answered or raise one of the errors below; none of them waits without a bound.
"""

import enum
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Protocol

import msgspec

from actors.isolate.isolate import Load, Run
from actors.placement import WorkerId
from storage.ids import GuildId


class RuntimeRefusedError(Exception):
    """What was asked cannot be; `code` is stable, the message is a sentence for people."""

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code = code


class GuildEvent(msgspec.Struct, frozen=True, gc=False):
    """One event for one guild. `name` is camelCase (`messageCreate`); `payload` is Discord's `d` as it came.

    `old`, when a cache has it, is the object before an update or delete, as Discord sent it then. An isolate is then
    given the event under the name `~messageUpdate`, with the payload `[d, old]`; the SDK takes it apart.
    """

    guild: GuildId
    name: str
    payload: bytes
    old: bytes | None = None


@dataclass(frozen=True, slots=True)
class Bundle:
    """What is to run in a guild. `revision` is any text that names it in logs (a revision's id)."""

    source: str
    source_map: str | None = None
    entry: str = "main.js"
    revision: str = ""


Commit = Callable[[Load], Awaitable[str]]
"""Called when a candidate has loaded, before the route is switched: makes the revision the one that counts, and gives
its name. What it raises makes the deploy fail as if nothing had happened."""


@dataclass(frozen=True, slots=True)
class Deployed:
    """How a deploy went. Unless `load.outcome` is LOADED, what ran before still runs."""

    load: Load
    revision: str
    swap_ms: float = 0.0
    warnings: Sequence[str] = ()


class GuildPhase(enum.Enum):
    """The isolate's life, and what may stand beside it."""

    COLD = "cold"
    BOOTING = "booting"
    LIVE = "live"
    QUIESCING = "quiescing"
    SLEEPING = "sleeping"
    PAUSED = "paused"
    """By an operator or the API, or by the runtime after repeated kills: `reason` says."""
    MIGRATING = "migrating"
    RETIRED = "retired"
    DEAD = "dead"
    """Its script cannot be loaded."""


@dataclass(frozen=True, slots=True)
class Usage:
    """What a guild has used since its daemon started."""

    cpu_us: int = 0
    wall_us: int = 0
    events: Mapping[str, int] = field(default_factory=dict[str, int])
    """By outcome."""
    drops: Mapping[str, int] = field(default_factory=dict[str, int])
    """By reason."""
    ops: Mapping[str, int] = field(default_factory=dict[str, int])
    """By the first part of their names: kv, rest, fetch."""
    restarts: int = 0


@dataclass(frozen=True, slots=True)
class GuildStatus:
    guild: GuildId
    phase: GuildPhase
    reason: str
    revision: str
    worker: WorkerId | None
    in_flight: int
    waiting: int
    registrations: Mapping[str, Any]
    """As the SDK reports it: `events`, `commands`, `crons`."""
    private_bytes: int | None
    usage: Usage
    since: datetime


@dataclass(frozen=True, slots=True)
class WorkerStatus:
    worker: WorkerId
    state: str
    guilds: int
    live: int
    backlog: int
    zygote_warm: bool
    zygote_restarts: int


class Runtime(Protocol):
    """The runtime, seen from the gateway and the API."""

    def deliver(self, events: Sequence[GuildEvent]) -> None:
        """Take what one wake-up of the gateway read. Never waits: what cannot be taken is shed by the rules, counted
        and told in the guild's log."""
        ...

    def hears(self, guild: GuildId) -> frozenset[str] | None:
        """The events that may concern the guild's script; others need not be delivered. None when nobody can tell: of a
        guild that is not known here, and of a script that does not say."""
        ...

    def heard(self) -> frozenset[str] | None:
        """The events that may concern any guild's script, all taken together; None when one does not say. The same
        object as long as nothing changes."""
        ...

    async def deploy(self, guild: GuildId, bundle: Bundle, commit: Commit) -> Deployed: ...
    async def undeploy(self, guild: GuildId) -> None: ...
    async def pause(self, guild: GuildId, reason: str) -> None: ...
    async def resume(self, guild: GuildId) -> None: ...
    async def restart(self, guild: GuildId) -> None: ...
    async def dispatch(self, guild: GuildId, name: str, payload: bytes, timeout_s: float | None = None) -> Run:
        """Run one event and wait for its end: crons, timers, tests."""
        ...

    async def restore(self, guilds: Mapping[GuildId, str]) -> None:
        """Guilds that were deployed before this start, each with why it is paused (empty: it is not). They come up
        in the background; their events are taken from now on."""
        ...

    def status(self, guild: GuildId) -> GuildStatus | None: ...
    def guilds(self) -> Sequence[GuildId]: ...
    def workers(self) -> Sequence[WorkerStatus]: ...
    async def migrate(self, guild: GuildId, target: WorkerId) -> None: ...
    async def drain(self, worker: WorkerId) -> None: ...
    async def add_worker(self) -> WorkerId: ...
    async def remove_worker(self, worker: WorkerId) -> None: ...
