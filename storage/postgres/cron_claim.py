"""Claim a cron's moment before it is dispatched: a crash neither repeats it nor hides it."""

from dataclasses import dataclass
from datetime import datetime
from enum import Enum, auto

from storage.checks import check_text
from storage.ids import Epoch, GuildId, NodeId, RunId, check_snowflake
from storage.postgres.connection import Connection
from storage.records import Overlap

_job = "SELECT paused, overlap, next_run FROM cron_job WHERE guild_id = $1 AND name = $2 FOR UPDATE"
_owner = "SELECT epoch FROM deployment WHERE guild_id = $1"
_open = """
SELECT id FROM scheduled_run
WHERE guild_id = $1 AND name = $2 AND kind = 'cron' AND finished_at IS NULL LIMIT 1
"""
_claim = """
INSERT INTO scheduled_run (guild_id, kind, name, scheduled_for, node_id, epoch) VALUES ($1, 'cron', $2, $3,
$4, $5) ON CONFLICT (guild_id, name, scheduled_for) WHERE kind = 'cron' DO NOTHING RETURNING id
"""
_skip = """
INSERT INTO scheduled_run (guild_id, kind, name, scheduled_for, node_id, epoch, finished_at, outcome)
VALUES ($1, 'cron', $2, $3, $4, $5, now(), 'skipped')
ON CONFLICT (guild_id, name, scheduled_for) WHERE kind = 'cron' DO NOTHING
"""
_unclaim = "DELETE FROM scheduled_run WHERE id = $1 AND kind = 'cron' AND finished_at IS NULL"
_advance = "UPDATE cron_job SET next_run = $3 WHERE guild_id = $1 AND name = $2"


@dataclass(frozen=True, slots=True)
class CronMoment:
    """A moment of a cron, and the moment after it, which the caller has computed."""

    guild: GuildId
    name: str
    scheduled_for: datetime
    following: datetime | None


@dataclass(frozen=True, slots=True)
class StillRunning:
    """The last run has not ended. `SKIP`: this moment is recorded as skipped. `QUEUE`: claim again when the
    run has ended."""

    run: RunId
    overlap: Overlap


class NotClaimed(Enum):
    TAKEN = auto()
    """Somebody has claimed this moment."""
    PAUSED = auto()
    GONE = auto()
    """The cron no longer exists, or waits for another moment: its script was deployed anew."""
    STALE_EPOCH = auto()
    """Another node owns the guild."""


async def claim_cron(
    connection: Connection, moment: CronMoment, node: NodeId, epoch: Epoch
) -> RunId | StillRunning | NotClaimed:
    """Take the moment and move the cron to the following one, in one transaction. Dispatch only when a RunId
    is returned."""
    check_text("cron name", moment.name, float("inf"))
    job = await connection.fetchrow(_job, check_snowflake("guild id", moment.guild), moment.name)
    if job is None:
        return NotClaimed.GONE
    if job["paused"]:
        return NotClaimed.PAUSED
    # A guild without a deployment has no owner yet whom another could replace.
    if epoch < (await connection.fetchval(_owner, moment.guild) or 0):
        return NotClaimed.STALE_EPOCH
    if job["next_run"] != moment.scheduled_for:
        return (
            NotClaimed.TAKEN if job["next_run"] is None or job["next_run"] > moment.scheduled_for else NotClaimed.GONE
        )
    running = await connection.fetchval(_open, moment.guild, moment.name)
    if running is not None and job["overlap"] != Overlap.ALLOW:
        return await _yield_to(connection, StillRunning(running, Overlap(job["overlap"])), moment, node, epoch)
    run = await connection.fetchval(_claim, moment.guild, moment.name, moment.scheduled_for, node, epoch)
    await connection.execute(_advance, moment.guild, moment.name, moment.following)
    return NotClaimed.TAKEN if run is None else RunId(run)


async def claim_cron_now(
    connection: Connection, guild: GuildId, name: str, now: datetime, node: NodeId, epoch: Epoch
) -> RunId | StillRunning | NotClaimed:
    """Claim a run that somebody asked for. The cron's schedule and pause stay as they are."""
    check_text("cron name", name, float("inf"))
    job = await connection.fetchrow(_job, check_snowflake("guild id", guild), name)
    if job is None:
        return NotClaimed.GONE
    if epoch < (await connection.fetchval(_owner, guild) or 0):
        return NotClaimed.STALE_EPOCH
    running = await connection.fetchval(_open, guild, name)
    if running is not None and job["overlap"] != Overlap.ALLOW:
        return StillRunning(running, Overlap(job["overlap"]))
    run = await connection.fetchval(_claim, guild, name, now, node, epoch)
    return NotClaimed.TAKEN if run is None else RunId(run)


async def _yield_to(
    connection: Connection, running: StillRunning, moment: CronMoment, node: NodeId, epoch: Epoch
) -> StillRunning:
    if running.overlap is Overlap.SKIP:
        await connection.execute(_skip, moment.guild, moment.name, moment.scheduled_for, node, epoch)
        await connection.execute(_advance, moment.guild, moment.name, moment.following)
    return running


async def unclaim_cron(connection: Connection, run: RunId) -> None:
    """Nothing was run, and it is not worth a row: the guild has no script. The cron waits for its following moment."""
    await connection.execute(_unclaim, check_snowflake("run id", run))


async def skip_cron(connection: Connection, moment: CronMoment) -> None:
    """Move on without a run: a moment missed while nobody was there, of a cron that does not catch up."""
    check_text("cron name", moment.name, float("inf"))
    job = await connection.fetchrow(_job, check_snowflake("guild id", moment.guild), moment.name)
    if job is not None and job["next_run"] == moment.scheduled_for:
        await connection.execute(_advance, moment.guild, moment.name, moment.following)
