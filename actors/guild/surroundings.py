"""What the runtime is given from outside: operations, logs, bundles, limits, and who watches."""

from collections.abc import Callable
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

    def dispatched(self, event: str, run: Run, wall_s: float) -> None: ...
    def cut(self, outcome: RunOutcome) -> None:
        """A script met a limit other than while it handled an event: it was loading, or a timer of it ran."""
        ...

    def dropped(self, reason: str) -> None: ...
    def restarted(self) -> None: ...
    def migrated(self, outcome: str, quiesced_s: float | None, paused_s: float | None) -> None:
        """How long handlers took to end, and in all its events waited; None when it was not let go of."""
        ...


OnOutcome = Callable[[GuildEvent, Run], None]
"""How the handling of an event that Discord sent has ended; also of one that never began. Never waits, never raises."""


def _nobody_asks(_event: GuildEvent, _run: Run) -> None:
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
