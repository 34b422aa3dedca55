"""What the runtime is given from outside: operations, logs, bundles, limits, and who watches."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Protocol

from actors.isolate.isolate import Run
from actors.limits import IsolateLimits, RuntimeLimits
from actors.ops import OpTable, ScopeResolver
from actors.outcomes import RunOutcome
from actors.refs import Bundle, GuildEvent
from storage.ids import GuildId


class GuildLogSink(Protocol):
    """Where lines about a guild go. Never waits, never raises (actors/loghub.py)."""

    def append(self, guild: GuildId, level: str, text: str, revision: str = "") -> None: ...


class BundleStore(Protocol):
    """Where the script that counts is found when an isolate is to be started."""

    async def load(self, guild: GuildId) -> Bundle | None:
        """None when nothing is deployed there any more."""
        ...


class Observer(Protocol):
    """Is told what happens (actors/metrics.py). Never waits, never raises."""

    def dispatched(self, run: Run, wall_s: float) -> None: ...
    def ended_well(self, count: int, cpu_us: int, wall_s: float) -> None:
        """So many events were dispatched and ended well, each after as long; CPU time is of all together."""
        ...

    def cut(self, outcome: RunOutcome) -> None:
        """A script met a limit other than while it handled an event: it was loading, or a timer of it ran."""
        ...

    def dropped(self, reason: str) -> None: ...
    def restarted(self) -> None: ...
    def migrated(self, outcome: str, quiesced_s: float | None, paused_s: float | None) -> None:
        """How long handlers took to end, and in all its events waited; None when it was not let go of."""
        ...


OnOutcome = Callable[[Sequence[GuildEvent], RunOutcome], None]
"""How the handling of events that Discord sent has ended; also of those that never began. Never waits, never raises."""


def _nobody_asks(_events: Sequence[GuildEvent], _outcome: RunOutcome) -> None:
    """When nobody wants to know."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Surroundings:
    """Made by the composition root, and by tests."""

    ops: OpTable
    scopes: ScopeResolver
    logs: GuildLogSink
    bundles: BundleStore
    observer: Observer
    limits: RuntimeLimits = field(default_factory=RuntimeLimits)
    isolate_limits: IsolateLimits = field(default_factory=IsolateLimits)
    on_outcome: OnOutcome = _nobody_asks
