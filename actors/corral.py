"""Scripts that compute without end keep to some of the processors, so that everybody else finds another one free.

Beside as many of them as there are processors, whoever wakes up (the daemon, a quiet guild's isolate) waits until the
kernel's next tick takes one of them off: 4 ms where it ticks 250 times a second, and no politeness changes that. So an
isolate that computes for long without a rest is kept to some of the processors, and its guild's next isolates with it,
until that guild has been calm for a second. It loses nothing but the choice of where to run.
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
_COMPUTING_S: Final = 0.008
"""Without a rest. Almost all handlers take less than a millisecond, and a start takes two."""
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
        inmate = self._inmates[isolate] = _Inmate(guild, isolate)
        if guild in self._kept_until:
            inmate.keep(self._inside, kept=True)

    async def run(self) -> None:
        while self._inside:
            await trio.sleep(_ALERT_S if self._kept_until else _CALM_S)
            self.look()

    def look(self) -> None:
        """Find out who computes, and who does not any more."""
        now = time.monotonic()
        self._looks += 1
        everybody = self._looks % _EVERYBODY == 0
        for isolate, inmate in list(self._inmates.items()):
            if isolate.state is IsolateState.ENDED:
                del self._inmates[isolate]
            elif (everybody or inmate.kept or inmate.at_work) and inmate.computes():
                self._kept_until[inmate.guild] = now + _KEPT_S
        self._kept_until = {guild: until for guild, until in self._kept_until.items() if until > now}
        for inmate in self._inmates.values():
            kept = inmate.guild in self._kept_until
            if inmate.kept != kept:
                inmate.keep(self._inside if kept else self._all, kept=kept)


class _Inmate:
    def __init__(self, guild: GuildId, isolate: Isolate) -> None:
        self.guild = guild
        self.kept = False
        self._isolate = isolate
        self._cpu_s = isolate.process.cpu_s() if isolate.has_process else 0.0
        self._sleeps = 0

    @property
    def at_work(self) -> bool:
        return self._isolate.in_flight > 0 or self._isolate.has_timers

    def computes(self) -> bool:
        """Whether it ran for so long without a rest. How much of the time it ran says less: beside many others that is
        little for all of them, those who have much to do and those who have not."""
        if not self._isolate.has_process:
            return False
        process = self._isolate.process
        cpu_s = process.cpu_s()
        ran_s = cpu_s - self._cpu_s
        if not _COMPUTING_S <= ran_s < math.inf:
            return False
        try:
            sleeps = process.sleeps()
        except (ProcessGoneError, OSError):
            return False
        rests = sleeps - self._sleeps
        self._cpu_s, self._sleeps = cpu_s, sleeps
        return ran_s >= _COMPUTING_S * (rests + 1)

    def keep(self, processors: Collection[int], *, kept: bool) -> None:
        try:
            self._isolate.process.run_on(processors)
        except (IsolateGoneError, ProcessGoneError, OSError):  # it has no process yet, or none any more
            return
        self.kept = kept


def some_of(processors: frozenset[int]) -> frozenset[int]:
    """Three quarters of them, at most all but one; nothing where there is but one."""
    free = max(1, len(processors) // 4)
    return frozenset(sorted(processors)[free:])
