"""`timers.*`: calls at one moment each, kept over restarts.

A name says which handler is called; each call has an id of its own, so that many may wait under one name. They are kept
under name and id together.
"""

import re
import secrets
from datetime import UTC, datetime
from typing import Any, Final, Protocol

from actors.operations.cron import moment
from actors.operations.refusals import STORED
from actors.operations.row import Arguments, own_guild
from actors.ops import Caller, OpRefusedError, OpTable
from storage.checks import Json
from storage.ids import GuildId
from storage.postgres.timers import TooManyTimers
from storage.records import Timer

TOO_MANY_TIMERS: Final = "TOO_MANY_TIMERS"
_ID: Final = re.compile(r"#[0-9a-f]{12}$")
_LATEST_MS: Final = 253_402_300_800_000
"""The year 10000."""


class Timers(Protocol):
    """What the timers' clock lets others ask of it."""

    async def schedule(self, timer: Timer) -> TooManyTimers | None: ...
    async def cancel(self, guild: GuildId, name: str) -> bool: ...
    async def cancel_named(self, guild: GuildId, name: str) -> int: ...
    async def list(self, guild: GuildId, after: str, limit: int) -> "list[Timer]": ...


class Schedule(Arguments, kw_only=True):
    name: str
    at: float | datetime
    """Unix milliseconds as Date has them, or an ISO time with its zone. A moment that has passed is due at once."""
    payload: Any = None


class Cancel(Arguments, kw_only=True):
    id: str | None = None
    name: str | None = None
    """All that wait under this name."""


class Listed(Arguments, kw_only=True):
    after: str = ""
    limit: int = 100


def name_of(kept: str) -> str:
    """The name in what a timer is kept under."""
    return _ID.sub("", kept)


def shown_timer(timer: Timer) -> dict[str, Any]:
    """A timer as scripts and the API see it."""
    return {"id": timer.name, "name": name_of(timer.name), "at": moment(timer.fire_at), "payload": timer.payload}


def register_timers(table: OpTable, timers: Timers) -> None:
    """Puts `timers.*` into the table."""

    async def schedule(caller: Caller, asked: Schedule) -> Any:
        payload: Json = asked.payload
        kept = f"{asked.name}#{secrets.token_hex(6)}" if asked.name else ""
        refused = await timers.schedule(Timer(caller.guild, kept, _moment(asked.at), payload))
        if refused is not None:
            raise OpRefusedError(TOO_MANY_TIMERS, f"A guild has at most {refused.limit:g} timers", limit=refused.limit)
        return {"id": kept}

    async def cancel(caller: Caller, asked: Cancel) -> Any:
        if (asked.id is None) == (asked.name is None):
            raise OpRefusedError("INVALID_INPUT", "Give the id of a timer, or the name of all that are to go")
        if asked.id is not None:
            return {"cancelled": await timers.cancel(caller.guild, asked.id)}
        return {"cancelled": await timers.cancel_named(caller.guild, asked.name or "") > 0}

    async def listed(caller: Caller, asked: Listed) -> Any:
        return [shown_timer(one) for one in await timers.list(caller.guild, asked.after, asked.limit)]

    for row in (
        own_guild(
            "timers.schedule",
            Schedule,
            schedule,
            doc="Call the script's handler of this name at this moment; answers the id by which it can be cancelled.",
            result="{ id: string }",
            errors=(*STORED, TOO_MANY_TIMERS),
        ),
        own_guild(
            "timers.cancel",
            Cancel,
            cancel,
            doc="Forget a timer by its id, or all of a name; answers whether any was still waiting.",
            result="{ cancelled: boolean }",
            errors=STORED,
        ),
        own_guild(
            "timers.list",
            Listed,
            listed,
            doc="The timers that wait, by name; pass the last id of the page before as `after`.",
            result="{ id: string; name: string; at: string; payload: Json }[]",
            errors=STORED,
        ),
    ):
        table.register(row)


def _moment(at: float | datetime) -> datetime:
    if isinstance(at, datetime):
        if at.tzinfo is None:
            raise OpRefusedError("INVALID_INPUT", "The moment has no time zone; end it with Z for UTC")
        return at
    if not 0 <= at < _LATEST_MS:
        raise OpRefusedError("INVALID_INPUT", f"{at!r} is no moment in Unix milliseconds before the year 10000")
    return datetime.fromtimestamp(at / 1000, UTC)
