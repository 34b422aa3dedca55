"""What the scenarios of the runtime are written with: a runtime around real isolates, scripts, and a record of all that
happened."""

# ruff: noqa: ARG002 -- protocols name what this record has no use for

from collections import Counter, defaultdict
from collections.abc import AsyncGenerator, Callable, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

import msgspec
import trio

from actors.guild.surroundings import Surroundings
from actors.isolate.isolate import Load, Run
from actors.isolate.process import Prelude
from actors.limits import IsolateLimits, RuntimeLimits
from actors.ops import Caller, Op, OpRefusedError, OpTable, ScopeRule, ScopeTarget
from actors.outcomes import RunOutcome
from actors.refs import Bundle, Deployed, GuildEvent, GuildPhase, GuildStatus
from actors.system import System, open_runtime
from storage.ids import GuildId

GUILD = GuildId(1)
OTHER = GuildId(2)
PRELUDE = Prelude(
    """
    const host = globalThis.__host;
    delete globalThis.__host;
    const handlers = new Map();
    globalThis.on = (event, handler) => {
        handlers.set(event, handler);
        host.registrationsChanged();
    };
    globalThis.op = (name, args) => host.op(name, args);
    globalThis.note = (what) => host.op("test.note", { what: String(what) });
    globalThis.hold = (key) => host.op("test.hold", { what: String(key) });
    globalThis.say = (text) => host.log("info", text);
    host.setDispatcher((event, message) => handlers.get(event.replace("~", ""))?.(message));
    host.setRegistrations(() => ({ events: [...handlers.keys()] }));
    """
)
ECHO = "on('messageCreate', (m) => note(m.id));"


class Words(msgspec.Struct):
    what: str


class Anywhere:
    """No operation of the playbook names anything of Discord's."""

    async def check(self, caller: Caller, target: ScopeTarget, value: str) -> None:
        raise OpRefusedError("SCOPE_FORBIDDEN", value)


@dataclass
class Record:
    """What happened: the runtime's Observer, log sink, bundle store and outcome hook in one."""

    notes: dict[GuildId, list[str]] = field(default_factory=lambda: defaultdict(list))
    lines: dict[GuildId, list[str]] = field(default_factory=lambda: defaultdict(list))
    outcomes: dict[GuildId, list[tuple[bytes, str]]] = field(default_factory=lambda: defaultdict(list))
    bundles: dict[GuildId, Bundle] = field(default_factory=dict[GuildId, Bundle])
    drops: Counter[str] = field(default_factory=Counter[str])
    cuts: Counter[str] = field(default_factory=Counter[str])
    restarts: int = 0
    migrations: Counter[str] = field(default_factory=Counter[str])
    moves: list[tuple[str, float | None, float | None]] = field(
        default_factory=list[tuple[str, float | None, float | None]]
    )
    held: dict[str, trio.Event] = field(default_factory=lambda: defaultdict(trio.Event))
    entered: dict[str, trio.Event] = field(default_factory=lambda: defaultdict(trio.Event))
    broken: Exception | None = None
    _changed: trio.Event = field(default_factory=trio.Event)

    def _tell(self) -> None:
        self._changed.set()
        self._changed = trio.Event()

    async def until(self, holds: Callable[[], bool]) -> None:
        """Until something that happened makes it hold."""
        while not holds():
            await self._changed.wait()

    # the operations

    async def fail(self, caller: Caller, words: Words) -> None:  # noqa: ASYNC124
        raise ValueError("the password is swordfish")

    async def note(self, caller: Caller, words: Words) -> None:
        self.notes[caller.guild].append(words.what)
        self._tell()

    async def hold(self, caller: Caller, words: Words) -> str:
        self.notes[caller.guild].append(f"holding {words.what}")
        self.entered[words.what].set()
        self._tell()
        await self.held[words.what].wait()
        return words.what

    # the log sink

    def append(self, guild: GuildId, level: str, text: str, revision: str = "") -> None:
        self.lines[guild].append(f"{level}: {text}")
        self._tell()

    def said(self, guild: GuildId, words: str) -> bool:
        return any(words in line for line in self.lines[guild])

    # the bundle store

    async def load(self, guild: GuildId) -> Bundle | None:
        if self.broken is not None:
            raise self.broken
        return self.bundles.get(guild)

    # the observer

    def dispatched(self, run: Run, wall_s: float) -> None:
        self._tell()

    def ended_well(self, count: int, cpu_us: int, wall_s: float) -> None:
        self._tell()

    def cut(self, outcome: RunOutcome) -> None:
        self.cuts[outcome.value] += 1
        self._tell()

    def dropped(self, reason: str) -> None:
        self.drops[reason] += 1
        self._tell()

    def restarted(self) -> None:
        self.restarts += 1
        self._tell()

    def migrated(self, outcome: str, quiesced_s: float | None, paused_s: float | None) -> None:
        self.migrations[outcome] += 1
        self.moves.append((outcome, quiesced_s, paused_s))
        self._tell()

    def on_outcome(self, events: Sequence[GuildEvent], outcome: RunOutcome) -> None:
        for event in events:
            self.outcomes[event.guild].append((event.payload, outcome.value))
        self._tell()

    def ended(self, guild: GuildId) -> int:
        return len(self.outcomes[guild])


@dataclass(frozen=True)
class Play:
    """One scenario under way."""

    system: System
    record: Record

    async def deploy(self, source: str, guild: GuildId = GUILD, revision: str = "r1") -> Deployed:
        bundle = Bundle(source, revision=revision)

        async def commit(_: Load) -> str:  # noqa: ASYNC124
            self.record.bundles[guild] = bundle
            return revision

        return await self.system.deploy(guild, bundle, commit)

    def send(self, *ids: int, guild: GuildId = GUILD, name: str = "messageCreate") -> None:
        self.system.deliver([GuildEvent(guild, name, b'{"id":%d}' % one) for one in ids])

    async def ended(self, count: int, guild: GuildId = GUILD) -> None:
        await self.record.until(lambda: self.record.ended(guild) >= count)

    def notes(self, guild: GuildId = GUILD) -> list[str]:
        return self.record.notes[guild]

    def status(self, guild: GuildId = GUILD) -> GuildStatus:
        status = self.system.status(guild)
        assert status is not None
        return status

    async def phase(self, phase: GuildPhase, guild: GuildId = GUILD) -> None:
        """Until the guild is in this phase: the log, outcomes and drops tell when to look again."""
        while self.status(guild).phase is not phase:
            await trio.lowlevel.checkpoint()
            with trio.move_on_after(0.01):  # phases have no listeners; this only bounds how late it is seen
                await self.record.until(lambda: self.status(guild).phase is phase)


async def eventually(holds: Callable[[], bool]) -> None:
    """For what nobody tells: look at every turn."""
    while True:
        if holds():
            return
        await trio.lowlevel.checkpoint()


@asynccontextmanager
async def playing(
    limits: Mapping[str, Any] | None = None,
    isolates: Mapping[str, Any] | None = None,
    *,
    workers: int = 1,
    record: Record | None = None,
) -> AsyncGenerator[Play]:
    """A runtime with two operations: `note` writes down, `hold` waits until it is let go."""
    record = record or Record()
    table = OpTable()
    for handler in (record.note, record.hold, record.fail):
        name = f"test.{handler.__name__}"
        table.register(Op(name=name, arguments=Words, scope=ScopeRule.OWN_GUILD, handler=handler, doc="For tests."))
    around = Surroundings(
        ops=table,
        scopes=Anywhere(),
        logs=record,
        bundles=record,
        observer=record,
        limits=RuntimeLimits(**(limits or {})),
        isolate_limits=IsolateLimits(**(isolates or {})),
        on_outcome=record.on_outcome,
    )
    async with open_runtime(around, workers=workers, prelude=PRELUDE) as system:
        yield Play(system, record)
