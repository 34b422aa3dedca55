"""When a cron is due: expressions, time zones, and what was missed. Pure: no clock, no I/O.

Expressions have five fields (minute, hour, day of month, month, day of week) as Debian's cron has them, with names
(`MON`, `JAN`), lists, ranges, steps, `L` (last day of the month; `5L`: last Friday) and `#` (`1#2`: second Monday); or
one of the names of `ALIASES`. When both day fields are given, either suffices.

Daylight saving: a job whose hour and minute are fixed (neither field begins with `*`) runs in the night that skips its
hour as soon as the hour is over, and in the night that has it twice the first time only. Every other job follows
elapsed time.

A sixth field, for seconds, is refused: such expressions would run twice, or not at all, in those two nights, and a
guild that wants seconds wants a timer.
"""

import zoneinfo
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Final

from cronsim import CronSim, CronSimError

from storage.records import CatchUp

ALIASES: Final = {
    "@yearly": "0 0 1 1 *",
    "@annually": "0 0 1 1 *",
    "@monthly": "0 0 1 * *",
    "@weekly": "0 0 * * 0",
    "@daily": "0 0 * * *",
    "@midnight": "0 0 * * *",
    "@hourly": "0 * * * *",
}
_FIELDS: Final = ("minute", "hour", "day of month", "month", "day of week")
_EXPRESSION_LIMIT: Final = 200
CATCH_UP_LIMIT: Final = 100
"""How many missed runs of one job are made up for at most: a year of minutes would be half a million."""


class BadScheduleError(ValueError):
    """An expression or a time zone that cannot be followed; says which part and why."""


class Schedule:
    """An expression in a time zone."""

    def __init__(self, expression: str, time_zone: str = "UTC") -> None:
        self.expression = expression
        self._zone = _zone(time_zone)
        self._fields = _fields(expression)
        # The library checks as it parses; what it accepts is due some time within fifty years.
        if self.next_after(datetime(2024, 1, 1, tzinfo=UTC)) is None:
            raise BadScheduleError(f"{expression!r} is never due")

    def __repr__(self) -> str:
        return f"<Schedule {self.expression!r} in {self._zone.key}>"

    def next_after(self, moment: datetime) -> datetime | None:
        """The first moment after this one at which it is due, in UTC; None when there is none."""
        return next(self._following(moment), None)

    def _following(self, moment: datetime) -> Iterator[datetime]:
        try:
            due = CronSim(self._fields, moment.astimezone(self._zone))
        except CronSimError as error:
            raise BadScheduleError(f"{self.expression!r}: {_reason(error)}") from None
        for found in due:
            yield found.astimezone(UTC)

    def between(self, after: datetime, until: datetime, limit: int = CATCH_UP_LIMIT) -> list[datetime]:
        """The latest moments, at most `limit`, at which it was due after one moment and until another."""
        found: list[datetime] = []
        for moment in self._following(after):
            if moment > until:
                break
            found.append(moment)
            del found[:-limit]
        return found


def missed(schedule: Schedule, catch_up: CatchUp, due: datetime, now: datetime, window: timedelta) -> list[datetime]:
    """What is to be run now of a job that was due at `due` and later, while nobody ran it.

    `due` is the moment kept as the job's next run. Runs further back than the window are given up, whatever the policy.
    """
    if catch_up is CatchUp.SKIP:
        return []
    first = max(due, now - window) - timedelta(microseconds=1)
    moments = schedule.between(first, now, limit=1 if catch_up is CatchUp.ONCE else CATCH_UP_LIMIT)
    return [moment for moment in moments if moment >= due]


def _fields(expression: str) -> str:
    if len(expression) > _EXPRESSION_LIMIT:
        raise BadScheduleError(f"the expression has {len(expression)} characters, {_EXPRESSION_LIMIT} are allowed")
    text = expression.strip()
    if text.startswith("@"):
        known = ALIASES.get(text.lower())
        if known is None:
            raise BadScheduleError(f"there is no {text!r}; there are {', '.join(ALIASES)}")
        return known
    fields = text.split()
    if len(fields) == len(_FIELDS) + 1:
        raise BadScheduleError(f"{expression!r} has a field for seconds; the smallest step is a minute")
    if len(fields) != len(_FIELDS):
        raise BadScheduleError(
            f"{expression!r} has {len(fields)} fields, it needs {len(_FIELDS)}: {', '.join(_FIELDS)}"
        )
    return " ".join(fields)


def _zone(name: str) -> zoneinfo.ZoneInfo:
    try:
        return zoneinfo.ZoneInfo(name)
    except (zoneinfo.ZoneInfoNotFoundError, ValueError, OSError):
        raise BadScheduleError(f"there is no time zone {name!r}; they are named like 'Europe/Berlin'") from None


def _reason(error: CronSimError) -> str:
    text = str(error).replace("day-of-month", "day of month").replace("day-of-week", "day of week")
    return text[:1].lower() + text[1:]
