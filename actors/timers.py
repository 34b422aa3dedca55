"""One-off timers: calls at one moment each, kept in PostgreSQL and fired at least once.

The clock looks only at the next moment and takes what is due in slices, so a million waiting timers cost an index and
no memory. A timer becomes its run in one statement. It is forgotten when its handler has ended, well or badly:

- one that was taken and not delivered when its daemon ended waits again after the next start;
- one whose guild takes nothing now (it is paused, or has no script) waits with all others of its guild, a minute at
  first and a quarter of an hour in the end, for as long as that lasts, or until somebody says that it is over;
- one that was cut short, before its handler began or in the middle, is tried again, up to `TRIES` times.
"""

import logging
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

import trio

from actors.clockwork import BUSY_PAUSE_S, Clockwork, Ticker, patiently
from actors.operations.cron import moment as shown
from actors.operations.timers import name_of
from actors.outcomes import RunOutcome
from actors.refs import RuntimeRefusedError
from storage.ids import Epoch, GuildId
from storage.postgres.timers import (
    CutShort,
    Lease,
    TooManyTimers,
    cancel_timer,
    cancel_timers,
    cancel_timers_named,
    claim_timers,
    hasten_timers,
    list_timers,
    next_timer_moment,
    postpone_timers,
    put_back_timer,
    revive_timers,
    schedule_timer,
)
from storage.records import ScheduledRun, Timer

_log = logging.getLogger("flora.runtime")

IN_FLIGHT: Final = 256
IN_FLIGHT_OF_A_GUILD: Final = 16
"""A guild with so many under way is left out of the next slice: its slow handlers are its own concern."""
TRIES: Final = 10
"""One that is cut short so often is given up: within some two hours, each of its isolates has died under it."""
FIRST_PAUSE: Final = timedelta(minutes=1)
LONGEST_PAUSE: Final = timedelta(minutes=15)
_CUT_SHORT: Final = frozenset({RunOutcome.CRASHED.value, RunOutcome.CANCELLED.value})
_SLICE: Final = 64
_EVENT: Final = "__timer"


@dataclass(frozen=True, slots=True)
class _Hold:
    """A guild that takes nothing now."""

    until: datetime
    pause: timedelta


def _no_leases() -> Mapping[GuildId, Epoch]:
    return {}


class TimerClock:
    """Fires what is due, and takes and gives back timers."""

    def __init__(self, clockwork: Clockwork, leases: Callable[[], Mapping[GuildId, Epoch]] = _no_leases) -> None:
        self._work = clockwork
        self._leases = leases
        self._ticker = Ticker("Timers", self.revive, self._turn)
        self._holds: dict[GuildId, _Hold] = {}
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
        self._ticker.ring()
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

    async def go_on(self, guild: GuildId) -> None:
        """The guild takes events again: what waited for that does not wait any longer."""
        self._holds.pop(guild, None)
        if await self._work.ask(hasten_timers, guild):
            self._ticker.ring()

    async def list(self, guild: GuildId, after: str = "", limit: int = 100) -> list[Timer]:
        return list(await self._work.ask(list_timers, guild, after=after, limit=limit))

    async def run(self, *, task_status: trio.TaskStatus[None] = trio.TASK_STATUS_IGNORED) -> None:  # noqa: ASYNC128  the ticker starts
        """Until stopped or cancelled. Starts at once, also when the database is away."""
        await self._ticker.run(task_status)

    async def stop(self) -> None:
        """Begin nothing more; returns when what is under way has ended. What is cut then waits for the next start."""
        self._ticker.stop()
        await self._ticker.ended.wait()

    async def revive(self) -> None:
        """What a daemon that is no more had taken and not delivered waits again."""
        while await self._work.ask(revive_timers, [self._work.node]):
            pass

    async def _turn(self) -> float:
        """Begin what is due; answers for how long there is nothing else to do."""
        while (room := IN_FLIGHT - self._in_flight.total()) > 0:
            lease = Lease(self._work.node, epochs=self._leases())
            busy = [guild for guild, count in self._in_flight.items() if count >= IN_FLIGHT_OF_A_GUILD]
            limit = min(room, _SLICE)
            runs = await self._work.ask(claim_timers, self._work.now(), lease, without=busy, limit=limit)
            for run in runs:
                self._in_flight[run.guild] += 1
                self._ticker.begin(self._deliver, run)
            if len(runs) < limit:
                break
        following = await self._work.ask(next_timer_moment)
        if following is None:
            return float("inf")
        left = (following - self._work.now()).total_seconds()
        return left if left > 0 else BUSY_PAUSE_S

    async def _deliver(self, run: ScheduledRun) -> None:
        try:
            await self._fire(run)
        except Exception:  # noqa: BLE001  a mistake of ours in one timer is no reason to stop the others
            _log.exception(
                "Timer %s of guild %s could not be delivered", run.name, run.guild, extra={"guild": run.guild}
            )
        finally:
            self._in_flight[run.guild] -= 1
            if not self._in_flight[run.guild]:
                del self._in_flight[run.guild]
            self._ticker.ring()

    async def _fire(self, run: ScheduledRun) -> None:
        payload = {"name": name_of(run.name), "payload": run.payload, "scheduledFor": shown(run.scheduled_for)}
        try:
            outcome, error = await self._work.dispatch("timer", run.guild, _EVENT, payload)
        except RuntimeRefusedError as refused:
            await self._postpone(run, refused)
            return
        except Exception:  # noqa: BLE001  ours too; it is tried again like one whose isolate died
            _log.exception(
                "Timer %s of guild %s could not be dispatched", run.name, run.guild, extra={"guild": run.guild}
            )
            outcome, error = RunOutcome.CRASHED.value, "flora failed to deliver it; its log says more"
        self._holds.pop(run.guild, None)
        if outcome not in _CUT_SHORT:
            await self._work.finish(run.guild, run.id, outcome, error)
        elif run.tries + 1 < TRIES:
            await self._try_again(run, outcome, error)
        else:
            self._say(run.guild, "error", f"timer {run.name} is given up: it was cut short {TRIES} times ({outcome})")
            await self._work.finish(run.guild, run.id, outcome, error)

    async def _try_again(self, run: ScheduledRun, outcome: str, error: str | None) -> None:
        """Also when the database is away: a timer is not lost because its isolate died."""
        pause = min(FIRST_PAUSE * 2**run.tries, LONGEST_PAUSE)
        self._say(
            run.guild, "warn", f"timer {run.name} was cut short ({outcome}) and is tried again in {_shown(pause)}"
        )

        async def put_back() -> None:
            cut = CutShort(outcome, error, self._work.now() + pause)
            await self._work.ask(put_back_timer, run.id, cut, self._work.database.limits)

        await patiently("Timers", put_back)
        await self._work.prune(run.guild)

    async def _postpone(self, run: ScheduledRun, refused: RuntimeRefusedError) -> None:
        """All of the guild's wait together: a thousand of them are one line in its log, and no rows."""
        self._work.outcomes["timer", "refused"] += 1
        until = self._hold(run.guild, refused)

        async def postpone() -> None:
            await self._work.ask(postpone_timers, run.guild, run.id, until)

        await patiently("Timers", postpone)

    def _hold(self, guild: GuildId, refused: RuntimeRefusedError) -> datetime:
        """Until when the guild's timers wait."""
        now = self._work.now()
        held = self._holds.get(guild)
        if held is not None and now < held.until <= now + held.pause:
            return held.until
        pause = FIRST_PAUSE if held is None else min(held.pause * 2, LONGEST_PAUSE)
        self._holds[guild] = _Hold(now + pause, pause)
        self._say(guild, "warn", f"timers that are due wait for {_shown(pause)}: {refused}")
        return now + pause

    def _say(self, guild: GuildId, level: str, text: str) -> None:
        self._work.logs.append(guild, level, text)


def _shown(pause: timedelta) -> str:
    minutes = round(pause.total_seconds() / 60)
    return "a minute" if minutes == 1 else f"{minutes} minutes"
