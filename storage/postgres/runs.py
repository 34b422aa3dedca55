"""Claimed runs of crons and timers: their outcome, what a dead node left open, and a guild's history."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from storage.checks import check_name, check_page
from storage.ids import GuildId, NodeId, RunId, check_snowflake
from storage.limits import StorageLimits, as_count
from storage.postgres.connection import Connection, Row
from storage.postgres.rows import changed_rows, json_of, storable_error
from storage.records import RunKind, ScheduledRun

RUN_COLUMNS: Final = (
    "id, guild_id, kind, name, scheduled_for, payload, node_id, claimed_at, finished_at, outcome, error, tries"
)
_finish = """
UPDATE scheduled_run SET finished_at = now(), outcome = $2, error = $3 WHERE id = $1 AND finished_at IS NULL
"""
_abandon = f"""
UPDATE scheduled_run SET finished_at = now(), outcome = 'lost', error = 'its node ended before the run did'
WHERE id IN (SELECT id FROM scheduled_run WHERE kind = 'cron' AND finished_at IS NULL AND
node_id <> ALL ($1::text[]) ORDER BY id LIMIT $2) RETURNING {RUN_COLUMNS}
"""
_list = f"""
SELECT {RUN_COLUMNS} FROM scheduled_run
WHERE guild_id = $1 AND ($2::bigint IS NULL OR id < $2) AND ($3::text IS NULL OR name = $3) ORDER BY id DESC
LIMIT $4
"""
_prune = """
DELETE FROM scheduled_run WHERE id IN (
    SELECT id FROM scheduled_run WHERE guild_id = $1 AND finished_at IS NOT NULL ORDER BY id DESC OFFSET $2
)
"""


@dataclass(frozen=True, slots=True)
class RunPage:
    runs: Sequence[ScheduledRun]
    next_cursor: RunId | None


async def finish_run(
    connection: Connection, run: RunId, outcome: str, error: str | None, limits: StorageLimits
) -> bool:
    """Record how it ended; whether it was still open."""
    check_name("outcome", outcome, limits.name_bytes)
    tag = await connection.execute(_finish, check_snowflake("run id", run), outcome, storable_error(error, limits))
    return changed_rows(tag) == 1


async def abandon_runs(connection: Connection, alive: Sequence[NodeId], *, limit: int = 500) -> Sequence[ScheduledRun]:
    """Close, as `lost`, the crons' runs that no living node works on; call at start until it returns nothing, and
    tell their guilds. Timers are not lost but wait again: `revive_timers`."""
    return [run_of(row) for row in await connection.fetch(_abandon, list(alive), limit)]


async def list_runs(
    connection: Connection,
    guild: GuildId,
    *,
    name: str | None = None,
    cursor: RunId | None = None,
    limit: int = 50,
) -> RunPage:
    """Newest first."""
    check_page(limit, 100)
    before = None if cursor is None else check_snowflake("cursor", cursor)
    rows = await connection.fetch(_list, check_snowflake("guild id", guild), before, name, limit + 1)
    runs = [run_of(row) for row in rows[:limit]]
    return RunPage(runs, runs[-1].id if len(rows) > limit else None)


async def prune_runs(connection: Connection, guild: GuildId, limits: StorageLimits) -> int:
    """How many finished runs went."""
    return changed_rows(
        await connection.execute(_prune, check_snowflake("guild id", guild), as_count(limits.kept_runs))
    )


def run_of(row: Row) -> ScheduledRun:
    return ScheduledRun(
        row["id"],
        row["guild_id"],
        RunKind(row["kind"]),
        row["name"],
        row["scheduled_for"],
        json_of(row["payload"]),
        row["node_id"],
        row["claimed_at"],
        row["finished_at"],
        row["outcome"],
        row["error"],
        row["tries"],
    )
