"""Scripts that compute without end keep to some of the processors, so that everybody else finds another one free.

Beside as many of them as there are processors, whoever wakes up (the daemon, a quiet guild's isolate) waits until the
kernel's next tick takes one of them off: 4 ms where it ticks 250 times a second, and no politeness changes that. So an
isolate that computed for most of the time since the last look is kept to some of the processors, and its guild's next
isolates with it, until that guild has been calm for a second. It loses nothing but the choice of where to run.
"""

import math
import os
import time
from collections.abc import Collection
from typing import Final

import trio

from actors.isolate.handle import ProcessGoneError
from actors.isolate.isolate import Isolate, IsolateGoneError, IsolateState
from storage.ids import GuildId

_ALERT_S: Final = 0.01
"""Between two looks while somebody computes; the first turns of those who compute are felt until then."""
_CALM_S: Final = 0.05
_KEPT_S: Final = 1.0
_COMPUTING_S: Final = 0.004
"""A start takes two milliseconds of a processor, and is nobody's fault."""
_EVERYBODY: Final = 20
"""Each so many looks go to those too who have nothing to do as far as we know: promises may go on in them."""


class Corral:
    """One for all workers. Isolates enter as they are born, and leave it as they end."""

    def __init__(self, processors: Collection[int] | None = None) -> None:
        self._all = frozenset(os.sched_getaffinity(0) if processors is None else processors)
        self._inside = some_of(self._all)
        self._inmates: dict[Isolate, _Inmate] = {}
        self._kept_until: dict[GuildId, float] = {}
        self._looks = 0

    def __repr__(self) -> str:
        return f"<Corral of {len(self._inmates)} isolates, {self.kept} guilds kept to {sorted(self._inside)}>"

    @property
    def kept(self) -> int:
        """How many guilds compute without end at present."""
        return len(self._kept_until)

    def enter(self, guild: GuildId, isolate: Isolate) -> None:
        if not self._inside:
            return
        inmate = self._inmates[isolate] = _Inmate(guild, time.monotonic())
        if isolate.has_process:
            inmate.cpu_s = isolate.process.cpu_s()
        if guild in self._kept_until:
            self._keep(isolate, inmate, kept=True)

    async def run(self) -> None:
        while self._inside:
            await trio.sleep(_ALERT_S if self._kept_until else _CALM_S)
            self.look()

    def look(self) -> None:
        """Find out who computes, and who does not any more."""
        now = time.monotonic()
        share = min(1.0, len(self._inside) / max(1, len(self._kept_until)))
        self._looks += 1
        for isolate, inmate in list(self._inmates.items()):
            if isolate.state is IsolateState.ENDED:
                del self._inmates[isolate]
            elif isolate.has_process and self._is_due(isolate, inmate, now):
                used, passed = inmate.used(isolate.process.cpu_s(), now)
                if computes(used, passed, share if inmate.kept else None):
                    self._kept_until[inmate.guild] = now + _KEPT_S
        self._kept_until = {guild: until for guild, until in self._kept_until.items() if until > now}
        for isolate, inmate in self._inmates.items():
            if inmate.kept != (inmate.guild in self._kept_until):
                self._keep(isolate, inmate, kept=not inmate.kept)

    def _is_due(self, isolate: Isolate, inmate: "_Inmate", now: float) -> bool:
        if inmate.kept:  # with others: it may have its turn but now and then
            return now - inmate.looked_at >= _KEPT_S / 4
        return isolate.in_flight > 0 or isolate.has_timers or self._looks % _EVERYBODY == 0

    def _keep(self, isolate: Isolate, inmate: "_Inmate", *, kept: bool) -> None:
        try:
            isolate.process.run_on(self._inside if kept else self._all)
        except (IsolateGoneError, ProcessGoneError, OSError):  # it has no process yet, or none any more
            return
        inmate.kept = kept


class _Inmate:
    __slots__ = ("cpu_s", "guild", "kept", "looked_at")

    def __init__(self, guild: GuildId, now: float) -> None:
        self.guild = guild
        self.kept = False
        self.cpu_s = 0.0
        self.looked_at = now

    def used(self, cpu_s: float, now: float) -> tuple[float, float]:
        """How long it has computed since it was looked at last, and how long ago that was."""
        used = 0.0 if math.isinf(cpu_s) else cpu_s - self.cpu_s
        passed = now - self.looked_at
        self.cpu_s, self.looked_at = cpu_s, now
        return used, passed


def computes(used: float, passed: float, share: float | None) -> bool:
    """Whether somebody who used so much of a processor does little else; `share` is what it could have had, where it is
    kept together with others."""
    if share is None:
        return used > max(_COMPUTING_S, passed / 2)
    return used > passed * share / 2


def some_of(processors: frozenset[int]) -> frozenset[int]:
    """Three quarters of them, at most all but one; nothing where there is but one."""
    free = max(1, len(processors) // 4)
    return frozenset(sorted(processors)[free:])
