"""One-off timers: calls at one moment each, kept in PostgreSQL and fired at least once.

The clock looks only at the next moment and takes what is due in slices, so a million waiting timers cost an index and
no memory. A timer becomes its run in one statement. One that was taken and not delivered when its daemon ended waits
again after the next start, and one that the runtime cannot deliver now (its guild is paused) is tried again a minute
later.
"""

from collections import Counter
from collections.abc import Callable, Mapping
from datetime import timedelta
from typing import Final

import trio

from actors.clockwork import BUSY_PAUSE_S, Alarm, Clockwork, patiently
from actors.operations.cron import moment as shown
from actors.operations.timers import name_of
from actors.refs import RuntimeRefusedError
from storage.ids import Epoch, GuildId
from storage.postgres.timers import (
    Lease,
    TooManyTimers,
    cancel_timer,
    cancel_timers,
    cancel_timers_named,
    claim_timers,
    list_timers,
    next_timer_moment,
    put_back_timer,
    revive_timers,
    schedule_timer,
)
from storage.records import ScheduledRun, Timer

IN_FLIGHT: Final = 256
IN_FLIGHT_OF_A_GUILD: Final = 16
"""A guild with so many under way is left out of the next slice: its slow handlers are its own concern."""
_SLICE: Final = 64
_AGAIN: Final = timedelta(minutes=1)
_EVENT: Final = "__timer"


def _no_leases() -> Mapping[GuildId, Epoch]:
    return {}


class TimerClock:
    """Fires what is due, and takes and gives back timers."""

    def __init__(self, clockwork: Clockwork, leases: Callable[[], Mapping[GuildId, Epoch]] = _no_leases) -> None:
        self._work = clockwork
        self._leases = leases
        self._alarm = Alarm()
        self._in_flight: Counter[GuildId] = Counter()

    def __repr__(self) -> str:
        return f"<TimerClock: {self._in_flight.total()} in flight>"

    @property
    def in_flight(self) -> int:
        """How many are being delivered; for metrics."""
        return self._in_flight.total()

    async def schedule(self, timer: Timer) -> TooManyTimers | None:
        """Keep it; one of the same guild and name is replaced."""
        refused = await self._work.ask(schedule_timer, timer, self._work.database.limits)
        self._alarm.ring()
        return refused

    async def cancel(self, guild: GuildId, name: str) -> bool:
        """Whether it was still waiting."""
        return await self._work.ask(cancel_timer, guild, name)

    async def cancel_named(self, guild: GuildId, name: str) -> int:
        """Forget all that wait under this name, whatever their ids; how many there were."""
        return await self._work.ask(cancel_timers_named, guild, name)

    async def clear(self, guild: GuildId) -> int:
        """Forget all of a guild's timers: it has no script any more."""
        return await self._work.ask(cancel_timers, guild)

    async def list(self, guild: GuildId, after: str = "", limit: int = 100) -> list[Timer]:
        return list(await self._work.ask(list_timers, guild, after=after, limit=limit))

    async def run(self, *, task_status: trio.TaskStatus[None] = trio.TASK_STATUS_IGNORED) -> None:
        """Until cancelled. Starts at once, also when the database is away."""
        async with trio.open_nursery() as nursery:
            task_status.started()
            await patiently("Timers", self.revive)
            while True:
                self._alarm.wind()
                await self._alarm.sleep(await patiently("Timers", lambda: self._turn(nursery)))

    async def revive(self) -> None:
        """What a daemon that is no more had taken and not delivered waits again."""
        while await self._work.ask(revive_timers, [self._work.node]):
            pass

    async def _turn(self, nursery: trio.Nursery) -> float:
        """Begin what is due; answers for how long there is nothing else to do."""
        while (room := IN_FLIGHT - self._in_flight.total()) > 0:
            lease = Lease(self._work.node, epochs=self._leases())
            busy = [guild for guild, count in self._in_flight.items() if count >= IN_FLIGHT_OF_A_GUILD]
            limit = min(room, _SLICE)
            runs = await self._work.ask(claim_timers, self._work.now(), lease, without=busy, limit=limit)
            for run in runs:
                self._in_flight[run.guild] += 1
                nursery.start_soon(self._deliver, run)
            if len(runs) < limit:
                break
        following = await self._work.ask(next_timer_moment)
        if following is None:
            return float("inf")
        left = (following - self._work.now()).total_seconds()
        return left if left > 0 else BUSY_PAUSE_S

    async def _deliver(self, run: ScheduledRun) -> None:
        payload = {"name": name_of(run.name), "payload": run.payload, "scheduledFor": shown(run.scheduled_for)}
        try:
            try:
                outcome, error = await self._work.dispatch("timer", run.guild, _EVENT, payload)
            except RuntimeRefusedError as refused:
                await self._put_back(run, refused)
            else:
                await self._work.finish(run.guild, run.id, outcome, error)
        finally:
            self._in_flight[run.guild] -= 1
            if not self._in_flight[run.guild]:
                del self._in_flight[run.guild]
            self._alarm.ring()

    async def _put_back(self, run: ScheduledRun, refused: RuntimeRefusedError) -> None:
        """Also when the database is away: a timer is not lost because its guild was paused."""
        self._work.outcomes["timer", "refused"] += 1
        self._work.logs.append(run.guild, "warn", f"timer {run.name} is tried again in a minute: {refused}")

        async def put_back() -> None:
            again = self._work.now() + _AGAIN
            await self._work.ask(put_back_timer, run.id, again, str(refused), self._work.database.limits)

        await patiently("Timers", put_back)
