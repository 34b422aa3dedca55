"""The crons a guild's script has registered, and their pausing."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from storage.checks import check_name, check_text
from storage.errors import InvalidInput
from storage.ids import GuildId, check_snowflake
from storage.limits import StorageLimits
from storage.postgres.connection import Connection, Row
from storage.postgres.rows import changed_rows, lock_guild
from storage.records import CatchUp, CronDefinition, CronJob, Overlap

_columns = "guild_id, name, schedule, time_zone, overlap, catch_up, paused, next_run"
_drop_others = "DELETE FROM cron_job WHERE guild_id = $1 AND name <> ALL ($2::text[])"
# A cron that stays as it was keeps the moment it waits for: deploying often must not push it ahead for ever. It never
# waits longer than a new one would: while its guild had no script, it was put off.
_put = """
INSERT INTO cron_job (guild_id, name, schedule, time_zone, overlap, catch_up, next_run) VALUES ($1, $2, $3,
$4, $5, $6, $7) ON CONFLICT (guild_id, name) DO UPDATE
SET schedule = excluded.schedule, time_zone = excluded.time_zone, overlap = excluded.overlap, catch_up =
excluded.catch_up,
    next_run = CASE
        WHEN cron_job.schedule = excluded.schedule AND cron_job.time_zone = excluded.time_zone AND
        cron_job.next_run IS NOT NULL THEN least(cron_job.next_run, excluded.next_run) ELSE excluded.next_run END,
    updated_at = now()
"""
_list = f"SELECT {_columns} FROM cron_job WHERE guild_id = $1 ORDER BY name"
_pause = "UPDATE cron_job SET paused = true, updated_at = now() WHERE guild_id = $1 AND name = $2"
_resume = "UPDATE cron_job SET paused = false, next_run = $3, updated_at = now() WHERE guild_id = $1 AND name = $2"
_due = f"""
SELECT {_columns} FROM cron_job
WHERE NOT paused AND next_run <= $1 AND ($2::timestamptz IS NULL OR (next_run, guild_id, name) > ($2, $3, $4))
ORDER BY next_run, guild_id, name LIMIT $5
"""
_waiting = f"""
SELECT {_columns} FROM cron_job
WHERE NOT paused AND next_run > $1 AND (guild_id, name) > ($2, $3) ORDER BY guild_id, name LIMIT $4
"""
_move = "UPDATE cron_job SET next_run = $4 WHERE guild_id = $1 AND name = $2 AND next_run = $3"
_next = "SELECT min(next_run) FROM cron_job WHERE NOT paused AND next_run IS NOT NULL"


@dataclass(frozen=True, slots=True)
class TooManyCrons:
    limit: float


async def replace_crons(
    connection: Connection, guild: GuildId, definitions: Sequence[CronDefinition], limits: StorageLimits
) -> TooManyCrons | None:
    """Make these the guild's crons: after a deploy. Pauses of those that stay are kept."""
    check_snowflake("guild id", guild)
    if len(definitions) > limits.crons_per_guild:
        return TooManyCrons(limits.crons_per_guild)
    rows = [_checked(guild, one, limits) for one in definitions]
    names = [one.name for one in definitions]
    if len(set(names)) != len(names):
        raise InvalidInput("cron name", "must be used once in a guild")
    await lock_guild(connection, "cron_job", guild)
    await connection.execute(_drop_others, guild, names)
    await connection.executemany(_put, rows)
    return None


async def list_crons(connection: Connection, guild: GuildId) -> Sequence[CronJob]:
    return [_job_of(row) for row in await connection.fetch(_list, check_snowflake("guild id", guild))]


async def pause_cron(connection: Connection, guild: GuildId, name: str) -> bool:
    """Whether there is one of this name."""
    check_text("cron name", name, float("inf"))
    return changed_rows(await connection.execute(_pause, check_snowflake("guild id", guild), name)) == 1


async def resume_cron(connection: Connection, guild: GuildId, name: str, next_run: datetime) -> bool:
    """Whether there is one of this name. What passed during the pause stays passed."""
    check_text("cron name", name, float("inf"))
    return changed_rows(await connection.execute(_resume, check_snowflake("guild id", guild), name, next_run)) == 1


async def due_crons(
    connection: Connection, now: datetime, *, after: CronJob | None = None, limit: int = 500
) -> Sequence[CronJob]:
    """Crons whose moment has come, oldest first, in slices: pass the last one of the slice before."""
    place = (None, None, None) if after is None else (after.definition.next_run, after.guild, after.definition.name)
    return [_job_of(row) for row in await connection.fetch(_due, now, *place, limit)]


async def waiting_crons(
    connection: Connection, since: datetime, *, after: CronJob | None = None, limit: int = 500
) -> Sequence[CronJob]:
    """Crons that wait for a moment after this one, in slices: pass the last one of the slice before."""
    place = (0, "") if after is None else (after.guild, after.definition.name)
    return [_job_of(row) for row in await connection.fetch(_waiting, since, *place, limit)]


async def move_cron(connection: Connection, job: CronJob, next_run: datetime | None) -> bool:
    """Let it wait for another moment; whether it still waited for the one it was read with."""
    definition = job.definition
    moved = await connection.execute(_move, job.guild, definition.name, definition.next_run, next_run)
    return changed_rows(moved) == 1


async def next_cron_moment(connection: Connection) -> datetime | None:
    """Until when the clock may sleep."""
    moment: datetime | None = await connection.fetchval(_next)
    return moment


def _checked(guild: GuildId, one: CronDefinition, limits: StorageLimits) -> tuple[object, ...]:
    if one.next_run is not None and one.next_run.tzinfo is None:
        raise InvalidInput("next run", "must have a time zone")
    return (
        guild,
        check_name("cron name", one.name, limits.name_bytes),
        check_name("cron schedule", one.schedule, limits.schedule_bytes),
        check_name("time zone", one.time_zone, limits.name_bytes),
        one.overlap.value,
        one.catch_up.value,
        one.next_run,
    )


def _job_of(row: Row) -> CronJob:
    definition = CronDefinition(
        row["name"],
        row["schedule"],
        row["next_run"],
        row["time_zone"],
        Overlap(row["overlap"]),
        CatchUp(row["catch_up"]),
    )
    return CronJob(row["guild_id"], definition, row["paused"])
