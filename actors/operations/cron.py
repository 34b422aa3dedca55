"""`cron.*`: a script looks at its guild's crons, and pauses, resumes or runs one now.

Crons are registered by loading a script, not by an operation: a script that fails to load changes none.
"""

from datetime import datetime
from typing import Any, Final, Protocol

from actors.operations.refusals import STORED
from actors.operations.row import Arguments, Nothing, own_guild
from actors.ops import Caller, OpRefusedError, OpTable
from storage.ids import GuildId, RunId
from storage.postgres.runs import RunPage
from storage.records import CronJob, ScheduledRun

CRON_NOT_FOUND: Final = "CRON_NOT_FOUND"
CRON_RUNNING: Final = "CRON_RUNNING"


class Crons(Protocol):
    """What the cron clock lets others ask of it."""

    async def list(self, guild: GuildId) -> "list[CronJob]": ...
    async def pause(self, guild: GuildId, name: str) -> bool: ...
    async def resume(self, guild: GuildId, name: str) -> bool: ...
    async def run_now(self, guild: GuildId, name: str) -> RunId | None:
        """The run that was begun; None when a run of it has not ended and it does not allow two.

        Raises KeyError when there is no cron of this name."""
        ...

    async def runs(self, guild: GuildId, name: str | None, cursor: RunId | None, limit: int) -> RunPage: ...


class Named(Arguments):
    name: str


class Runs(Arguments, kw_only=True):
    name: str | None = None
    cursor: str | None = None
    limit: int = 50


def moment(at: datetime | None) -> str | None:
    """As JavaScript's `new Date(...)` takes it."""
    return None if at is None else at.isoformat(timespec="milliseconds").replace("+00:00", "Z")


def shown_cron(job: CronJob) -> dict[str, Any]:
    """A cron as scripts and the API see it."""
    one = job.definition
    return {
        "name": one.name,
        "schedule": one.schedule,
        "timeZone": one.time_zone,
        "overlap": one.overlap.value,
        "catchUp": one.catch_up.value,
        "paused": job.paused,
        "nextRun": moment(one.next_run),
    }


def shown_run(run: ScheduledRun) -> dict[str, Any]:
    """A run as scripts and the API see it."""
    return {
        "id": str(run.id),
        "kind": run.kind.value,
        "name": run.name,
        "scheduledFor": moment(run.scheduled_for),
        "startedAt": moment(run.claimed_at),
        "endedAt": moment(run.finished_at),
        "outcome": run.outcome,
        "error": run.error,
    }


def register_cron(table: OpTable, crons: Crons) -> None:
    """Puts `cron.*` into the table."""

    async def listed(caller: Caller, _asked: Nothing) -> Any:
        return [shown_cron(job) for job in await crons.list(caller.guild)]

    async def pause(caller: Caller, asked: Named) -> None:
        _found(asked.name, is_there=await crons.pause(caller.guild, asked.name))

    async def resume(caller: Caller, asked: Named) -> None:
        _found(asked.name, is_there=await crons.resume(caller.guild, asked.name))

    async def run(caller: Caller, asked: Named) -> Any:
        try:
            begun = await crons.run_now(caller.guild, asked.name)
        except KeyError:
            raise _not_found(asked.name) from None
        if begun is None:
            raise OpRefusedError(CRON_RUNNING, f"The last run of cron {asked.name} has not ended")
        return str(begun)

    async def runs(caller: Caller, asked: Runs) -> Any:
        cursor = None if asked.cursor is None else RunId(_number(asked.cursor))
        page = await crons.runs(caller.guild, asked.name, cursor, asked.limit)
        return {
            "runs": [shown_run(one) for one in page.runs],
            "cursor": None if page.next_cursor is None else str(page.next_cursor),
        }

    a_cron = "{ name: string; schedule: string; timeZone: string; overlap: string; catchUp: string; "
    a_cron += "paused: boolean; nextRun: string | null }[]"
    a_run = "{ id: string; kind: string; name: string; scheduledFor: string; startedAt: string; "
    a_run += "endedAt: string | null; outcome: string | null; error: string | null }"
    named = (*STORED, CRON_NOT_FOUND)
    for row in (
        own_guild("cron.list", Nothing, listed, doc="The guild's crons by name.", result=a_cron, errors=STORED),
        own_guild("cron.pause", Named, pause, doc="Let a cron rest until it is resumed.", errors=named),
        own_guild("cron.resume", Named, resume, doc="Let a paused cron run again.", errors=named),
        own_guild(
            "cron.run",
            Named,
            run,
            doc="Begin a run now, whatever its schedule says; answers the run's id, and does not wait for its end.",
            result="string",
            errors=(*named, CRON_RUNNING),
        ),
        own_guild(
            "cron.runs",
            Runs,
            runs,
            doc="What has run, newest first: crons and timers, with their outcomes.",
            result=f"{{ runs: {a_run}[]; cursor: string | null }}",
            errors=STORED,
        ),
    ):
        table.register(row)


def _not_found(name: str) -> OpRefusedError:
    return OpRefusedError(CRON_NOT_FOUND, f"There is no cron {name!r}")


def _found(name: str, *, is_there: bool) -> None:
    if not is_there:
        raise _not_found(name)


def _number(cursor: str) -> int:
    if not cursor.isascii() or not cursor.isdigit():
        raise OpRefusedError("INVALID_INPUT", "The cursor is not one that cron.runs has given")
    return int(cursor)
