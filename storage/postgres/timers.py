"""One-off timers: scheduled and cancelled by guild and name, claimed when due, in slices."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from storage.checks import check_name, check_page, check_text, encode_json
from storage.errors import InvalidInput
from storage.ids import Epoch, GuildId, NodeId, RunId, check_snowflake
from storage.limits import StorageLimits
from storage.postgres.connection import Connection, Row
from storage.postgres.revision_commit import FIRST_EPOCH
from storage.postgres.rows import changed_rows, json_of, lock_guild, storable_error
from storage.postgres.runs import RUN_COLUMNS, run_of
from storage.records import ScheduledRun, Timer

_others = "SELECT count(*) FROM timer WHERE guild_id = $1 AND name <> $2"
_put = """
INSERT INTO timer (guild_id, name, fire_at, try_at, payload) VALUES ($1, $2, $3, $3, $4::text::jsonb)
ON CONFLICT (guild_id, name) DO UPDATE
SET fire_at = excluded.fire_at, try_at = excluded.try_at, tries = 0, payload = excluded.payload, created_at = now()
"""
_cancel = "DELETE FROM timer WHERE guild_id = $1 AND name = $2"
_list = """
SELECT guild_id, name, fire_at, payload FROM timer WHERE guild_id = $1 AND name > $2 ORDER BY name LIMIT $3
"""
_next = "SELECT try_at FROM timer ORDER BY try_at, guild_id, name LIMIT 1"
# A timer becomes its run in one statement: it is either waiting or claimed, never both, never neither.
# A guild that another node owns by now (its deployment has a higher epoch than this node's lease) is left to that node.
_claim = f"""
WITH lease AS (
    SELECT * FROM unnest($5::bigint[], $6::bigint[]) AS lease (guild_id, epoch)
), due AS (
    DELETE FROM timer WHERE (guild_id, name) IN (
        SELECT guild_id, name FROM timer
        WHERE try_at <= $1 AND guild_id <> ALL ($7::bigint[])
          AND NOT EXISTS (SELECT FROM deployment WHERE deployment.guild_id = timer.guild_id AND
          deployment.epoch > coalesce((SELECT epoch FROM lease WHERE lease.guild_id = timer.guild_id), $3))
        ORDER BY try_at, guild_id, name LIMIT $4 FOR UPDATE SKIP LOCKED
    ) RETURNING guild_id, name, fire_at, payload, tries
), claimed AS (
    INSERT INTO scheduled_run (guild_id, kind, name, scheduled_for, payload, node_id, epoch, tries)
    SELECT guild_id, 'timer', name, fire_at, payload, $2,
           coalesce((SELECT epoch FROM lease WHERE lease.guild_id = due.guild_id), $3), tries
    FROM due ORDER BY fire_at, guild_id, name
    RETURNING {RUN_COLUMNS}
)
SELECT {RUN_COLUMNS} FROM claimed ORDER BY scheduled_for, guild_id, name
"""
_cancel_named = "DELETE FROM timer WHERE guild_id = $1 AND (name = $2 OR starts_with(name, $2 || '#'))"
_cancel_all = "DELETE FROM timer WHERE guild_id = $1"
# A timer's name that was scheduled anew meanwhile wins: that is what its script wants now.
_put_back = """
WITH ended AS (
    UPDATE scheduled_run SET finished_at = now(), outcome = $3, error = $4
    WHERE id = $1 AND kind = 'timer' AND finished_at IS NULL RETURNING guild_id, name, scheduled_for, payload, tries
)
INSERT INTO timer (guild_id, name, fire_at, try_at, payload, tries)
SELECT guild_id, name, scheduled_for, $2, payload, tries + 1 FROM ended
ON CONFLICT (guild_id, name) DO NOTHING
"""
# Nothing ran, so nothing is kept of it: a guild may be paused for a year.
_unclaim = """
WITH undone AS (
    DELETE FROM scheduled_run WHERE id = $1 AND kind = 'timer' AND finished_at IS NULL
    RETURNING guild_id, name, scheduled_for, payload, tries
)
INSERT INTO timer (guild_id, name, fire_at, try_at, payload, tries)
SELECT guild_id, name, scheduled_for, $2, payload, tries FROM undone
ON CONFLICT (guild_id, name) DO NOTHING
"""
_postpone = "UPDATE timer SET try_at = $2 WHERE guild_id = $1 AND try_at < $2"
# One that was cut short goes on waiting: its guild was there, and its isolate died of something.
_hasten = "UPDATE timer SET try_at = fire_at WHERE guild_id = $1 AND try_at > fire_at AND tries = 0"
_revive = """
WITH ended AS (
    UPDATE scheduled_run SET finished_at = now(), outcome = 'lost', error = 'its node ended before the run did'
    WHERE id IN (
        SELECT id FROM scheduled_run WHERE kind = 'timer' AND finished_at IS NULL AND node_id <> ALL ($1::text[])
        ORDER BY id LIMIT $2
    ) RETURNING id, guild_id, name, scheduled_for, payload, tries
), revived AS (
    INSERT INTO timer (guild_id, name, fire_at, try_at, payload, tries)
    SELECT DISTINCT ON (guild_id, name) guild_id, name, scheduled_for, scheduled_for, payload, tries
    FROM ended ORDER BY guild_id, name, id
    ON CONFLICT (guild_id, name) DO NOTHING
)
SELECT count(*) FROM ended
"""


@dataclass(frozen=True, slots=True)
class TooManyTimers:
    limit: float


async def schedule_timer(connection: Connection, timer: Timer, limits: StorageLimits) -> TooManyTimers | None:
    """Schedule it; one of the same guild and name is replaced."""
    check_snowflake("guild id", timer.guild)
    check_name("timer name", timer.name, limits.name_bytes)
    payload = encode_json("timer payload", timer.payload, limits.timer_payload_bytes)
    if timer.fire_at.tzinfo is None:
        raise InvalidInput("timer moment", "must have a time zone")
    await lock_guild(connection, "timer", timer.guild)
    if await connection.fetchval(_others, timer.guild, timer.name) >= limits.timers_per_guild:
        return TooManyTimers(limits.timers_per_guild)
    await connection.execute(_put, timer.guild, timer.name, timer.fire_at, payload)
    return None


async def cancel_timer(connection: Connection, guild: GuildId, name: str) -> bool:
    """Whether it was still waiting."""
    check_text("timer name", name, float("inf"))
    return changed_rows(await connection.execute(_cancel, check_snowflake("guild id", guild), name)) == 1


async def list_timers(connection: Connection, guild: GuildId, *, after: str = "", limit: int = 100) -> Sequence[Timer]:
    """By name; pass the last name of the page before."""
    check_page(limit, 1_000)
    check_text("cursor", after, float("inf"), empty=True)
    rows = await connection.fetch(_list, check_snowflake("guild id", guild), after, limit)
    return [_timer_of(row) for row in rows]


async def next_timer_moment(connection: Connection) -> datetime | None:
    """Until when the clock may sleep."""
    moment: datetime | None = await connection.fetchval(_next)
    return moment


@dataclass(frozen=True, slots=True)
class Lease:
    """Who claims, and under which epoch: each guild has its own, `epoch` holds for those that are not named."""

    node: NodeId
    epoch: Epoch = FIRST_EPOCH
    epochs: Mapping[GuildId, Epoch] = field(default_factory=dict[GuildId, Epoch])


async def claim_timers(
    connection: Connection, now: datetime, lease: Lease, *, without: Collection[GuildId] = (), limit: int = 500
) -> Sequence[ScheduledRun]:
    """Take what is due, oldest first; call until it returns nothing. A million waiting timers cost an index,
    no memory. Those of the guilds in `without`, which have enough to do, go on waiting."""
    guilds, epochs = list(lease.epochs.keys()), list(lease.epochs.values())
    rows = await connection.fetch(_claim, now, lease.node, lease.epoch, limit, guilds, epochs, list(without))
    return [run_of(row) for row in rows]


async def cancel_timers(connection: Connection, guild: GuildId) -> int:
    """Forget all of a guild's; how many there were."""
    return changed_rows(await connection.execute(_cancel_all, check_snowflake("guild id", guild)))


async def cancel_timers_named(connection: Connection, guild: GuildId, name: str) -> int:
    """Forget those kept under this name, alone or with an id behind it; how many there were."""
    check_text("timer name", name, float("inf"))
    return changed_rows(await connection.execute(_cancel_named, check_snowflake("guild id", guild), name))


@dataclass(frozen=True, slots=True)
class CutShort:
    """How a run ended that is to be tried again, and when."""

    outcome: str
    error: str | None
    try_at: datetime


async def put_back_timer(connection: Connection, run: RunId, cut: CutShort, limits: StorageLimits) -> bool:
    """Record how a try of it was cut short, and let it wait for the next one; whether it does."""
    check_name("outcome", cut.outcome, limits.name_bytes)
    error = storable_error(cut.error, limits)
    tag = await connection.execute(_put_back, check_snowflake("run id", run), cut.try_at, cut.outcome, error)
    return changed_rows(tag) == 1


async def postpone_timers(connection: Connection, guild: GuildId, run: RunId, try_at: datetime) -> None:
    """Let a claimed timer that its guild did not take wait again, and with it all of the guild's that are due before
    the next try."""
    await connection.execute(_unclaim, check_snowflake("run id", run), try_at)
    await connection.execute(_postpone, check_snowflake("guild id", guild), try_at)


async def hasten_timers(connection: Connection, guild: GuildId) -> int:
    """Let those that were put off because their guild took nothing be due again; how many there were."""
    return changed_rows(await connection.execute(_hasten, check_snowflake("guild id", guild)))


async def revive_timers(connection: Connection, alive: Sequence[NodeId], *, limit: int = 500) -> int:
    """Let those wait again that a node had claimed and not delivered when it ended; call at start until it is 0."""
    found: int = await connection.fetchval(_revive, list(alive), limit)
    return found


def _timer_of(row: Row) -> Timer:
    return Timer(row["guild_id"], row["name"], row["fire_at"], json_of(row["payload"]))
