"""What the cron clock decides, without a clock and without I/O: which crons a script registers, and what is to be run
of one that is due."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import lru_cache
from typing import Any, Final

import msgspec

from actors.schedule import BadScheduleError, Schedule, missed
from storage.records import CatchUp, CronDefinition, Overlap

ON_TIME: Final = timedelta(seconds=90)
"""A moment this far back is not missed, only late: the database was slow, or flora was just starting."""
_INSTANT: Final = timedelta(microseconds=1)


class BadCronError(ValueError):
    """A cron that a script registers cannot be: says which and why. The deploy fails, and nothing changes."""


class _At(msgspec.Struct):
    file: str
    line: int
    column: int


class _Registered(msgspec.Struct, rename="camel"):
    name: str
    schedule: str
    time_zone: str = "UTC"
    overlap: Overlap = Overlap.SKIP
    catch_up: CatchUp = CatchUp.SKIP
    at: _At | None = None
    """Where the script registers it."""

    @property
    def where(self) -> str:
        """To be put before what is wrong with it."""
        return "" if self.at is None else f"{self.at.file}:{self.at.line}:{self.at.column}: "


@lru_cache(maxsize=4096)
def schedule_of(expression: str, time_zone: str) -> Schedule:
    """Parsed once for all jobs that share it; an entry takes some 5 KiB. Raises BadScheduleError."""
    return Schedule(expression, time_zone)


def definitions_of(registrations: Mapping[str, Any], now: datetime, limit: float) -> list[CronDefinition]:
    """The crons in what a script's load reports, checked. Raises BadCronError."""
    try:
        registered = msgspec.convert(registrations.get("crons") or [], list[_Registered])
    except msgspec.ValidationError as error:
        raise BadCronError(f"a cron is not described as it should be: {error}") from None
    if len(registered) > limit:
        raise BadCronError(f"the script registers {len(registered)} crons, a guild has at most {limit:g}")
    seen: set[str] = set()
    for one in registered:
        if not one.name.strip():
            raise BadCronError(f"{one.where}a cron has no name")
        if one.name in seen:
            raise BadCronError(f"{one.where}there are two crons named {one.name!r}")
        seen.add(one.name)
    return [_definition(one, now) for one in registered]


def _definition(one: _Registered, now: datetime) -> CronDefinition:
    try:
        next_run = schedule_of(one.schedule, one.time_zone).next_after(now)
    except BadScheduleError as error:
        raise BadCronError(f"{one.where}cron {one.name!r}: {error}") from None
    return CronDefinition(one.name, one.schedule, next_run, one.time_zone, one.overlap, one.catch_up)


@dataclass(frozen=True, slots=True)
class Plan:
    """What to do about a cron whose moment has come."""

    moments: Sequence[datetime]
    """To be run, in this order, each after the one before it has ended."""
    following: datetime | None
    """What it waits for then."""

    @property
    def first(self) -> datetime | None:
        return self.moments[0] if self.moments else self.following


def plan(definition: CronDefinition, now: datetime, window: timedelta) -> Plan:
    """The moment that is due now, if any is, and of those missed before what its catch-up policy asks for."""
    due = definition.next_run
    assert due is not None
    schedule = schedule_of(definition.schedule, definition.time_zone)
    moments = missed(schedule, definition.catch_up, due, now, window)
    on_time = schedule.between(max(due, now - ON_TIME) - _INSTANT, now, limit=1)
    if on_time and on_time[-1] not in moments:
        moments = [*moments, *on_time]
    return Plan(moments, schedule.next_after(now))


def derived(definition: CronDefinition, now: datetime) -> datetime | None:
    """The moment it should wait for, when the clock says this."""
    return schedule_of(definition.schedule, definition.time_zone).next_after(now)
