"""What the benches of the runtime share: the whole of it with its real prelude, and a record of what handlers said.

A handler tells that it was entered by a console line, which is one record from its isolate and a plain call here; so a
latency is from the moment at which the gateway would have delivered the event until the host hears of its handler.
"""

from collections.abc import AsyncGenerator, Callable, Sequence
from contextlib import asynccontextmanager
from typing import Final

import trio

from actors.guild.surroundings import Surroundings
from actors.isolate.isolate import Load, Run
from actors.isolate.process import default_prelude
from actors.limits import IsolateLimits, RuntimeLimits
from actors.ops import Caller, OpTable, ScopeTarget
from actors.outcomes import LoadOutcome, RunOutcome
from actors.refs import Bundle, GuildEvent
from actors.system import System, open_runtime
from bench import _scripts
from storage.ids import GuildId

COUNTS: Final = """
const seen = new Map();
on("messageCreate", ({ msg }) => { seen.set(msg.author.id, (seen.get(msg.author.id) ?? 0) + 1); });
"""
TELLS: Final = 'on("messageCreate", ({ msg }) => { console.log(msg.nonce); });'
PAYLOADS: Final = [_scripts.message_payload(number) for number in range(64)]


ROOMY: Final = RuntimeLimits(max_resident=4000, drain_s=1.0)
TELLING: Final = IsolateLimits(log_lines_per_s=1_000_000)
"""Handlers tell by a line that they were entered, as often as they are."""


def numbered(number: int) -> bytes:
    """A message whose nonce is this number."""
    return PAYLOADS[number % 64].replace(b'"nonce":"%d"' % (number % 64), b'"nonce":"%d"' % number)


class Watch:
    """The runtime's observer, log, store of bundles and hook for outcomes."""

    def __init__(self, script: str) -> None:
        self.bundle = Bundle(script, revision="r1")
        self.bundles: dict[GuildId, Bundle] = {}
        self.outcomes: dict[str, int] = {}
        self.ended = 0
        self.drops: dict[str, int] = {}
        self.on_line: Callable[[GuildId, str, str], None] = _ignore
        self._wanted = 0
        self._reached = trio.Event()

    async def until(self, ended: int) -> None:
        """Until so many events have ended."""
        if self.ended >= ended:
            return
        self._wanted, self._reached = ended, trio.Event()
        await self._reached.wait()

    def append(self, guild: GuildId, level: str, text: str, revision: str = "") -> None:  # noqa: ARG002
        self.on_line(guild, level, text)

    async def load(self, guild: GuildId) -> Bundle | None:
        return self.bundles.get(guild)

    async def check(self, caller: Caller, target: ScopeTarget, value: str) -> None:
        """The benches' scripts name nothing of Discord's."""

    def dispatched(self, run: Run, wall_s: float) -> None: ...

    def ended_well(self, count: int, cpu_us: int, wall_s: float) -> None: ...

    def cut(self, outcome: RunOutcome) -> None: ...

    def dropped(self, reason: str) -> None:
        self.drops[reason] = self.drops.get(reason, 0) + 1

    def restarted(self) -> None: ...

    def migrated(self, outcome: str, quiesced_s: float | None, paused_s: float | None) -> None: ...

    def outcome(self, events: Sequence[GuildEvent], outcome: RunOutcome) -> None:
        self.ended += len(events)
        self.outcomes[outcome.value] = self.outcomes.get(outcome.value, 0) + len(events)
        if self.ended >= self._wanted:
            self._reached.set()


def _ignore(_guild: GuildId, _level: str, _text: str) -> None: ...


@asynccontextmanager
async def runtime(
    watch: Watch, limits: RuntimeLimits = ROOMY, *, workers: int = 2, isolates: IsolateLimits = TELLING
) -> AsyncGenerator[System]:
    """With two workers, for the usual machine has two processors."""
    around = Surroundings(
        ops=OpTable(),
        scopes=watch,
        logs=watch,
        bundles=watch,
        observer=watch,
        on_outcome=watch.outcome,
        limits=limits,
        isolate_limits=isolates,
    )
    async with open_runtime(around, workers=workers, prelude=default_prelude()) as system:
        yield system


async def deploy(system: System, watch: Watch, guild: GuildId, script: str | None = None) -> None:
    bundle = watch.bundle if script is None else Bundle(script, revision="r1")

    async def commit(_: Load) -> str:  # noqa: ASYNC124
        watch.bundles[guild] = bundle
        return bundle.revision

    deployed = await system.deploy(guild, bundle, commit)
    if deployed.load.outcome is not LoadOutcome.LOADED:
        raise RuntimeError(f"the bench's script does not load: {deployed.load}")


async def deploy_many(system: System, watch: Watch, count: int) -> list[GuildId]:
    guilds = [GuildId(number) for number in range(1, count + 1)]
    limiter = trio.CapacityLimiter(8)

    async def one(guild: GuildId) -> None:
        async with limiter:
            await deploy(system, watch, guild)

    async with trio.open_nursery() as nursery:
        for guild in guilds:
            nursery.start_soon(one, guild)
    return guilds
