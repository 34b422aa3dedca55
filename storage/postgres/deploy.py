"""What a deploy writes and an undeploy removes, each in one transaction: the revision, the pointer, the crons, the
audit entry. Pausing, which outlives the daemon. And finding a deploy that was made already, by its idempotency key."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from storage.checks import check_text
from storage.errors import InvalidInput
from storage.ids import Epoch, GuildId, RevisionId, UserId, check_snowflake
from storage.limits import StorageLimits
from storage.postgres.audit import Deed, append_audit
from storage.postgres.connection import Connection
from storage.postgres.cron_jobs import TooManyCrons, replace_crons
from storage.postgres.revision_commit import FIRST_EPOCH, BaseChanged, StaleEpoch, commit_revision
from storage.postgres.revision_prune import prune_revisions
from storage.postgres.rows import changed_rows
from storage.postgres.timers import cancel_timers
from storage.records import Actor, CronDefinition, NewRevision

_by_key = """
SELECT id, change_summary->>'fingerprint' AS fingerprint FROM revision
WHERE guild_id = $1 AND status = 'success' AND change_summary->>'key' = $2 ORDER BY id DESC LIMIT 1
"""
_pause = """
INSERT INTO guild_settings (guild_id, settings, version) VALUES ($1, jsonb_build_object('paused', $2::text), 1)
ON CONFLICT (guild_id) DO UPDATE
SET settings = guild_settings.settings || excluded.settings, version = guild_settings.version + 1, updated_at = now()
"""
_resume = """
UPDATE guild_settings SET settings = settings - 'paused', version = version + 1, updated_at = now()
WHERE guild_id = $1 AND settings ? 'paused'
"""
_deployed = """
SELECT deployment.guild_id, coalesce(settings->>'paused', '') AS paused FROM deployment
LEFT JOIN guild_settings ON guild_settings.guild_id = deployment.guild_id
WHERE deployment.guild_id > $1 ORDER BY deployment.guild_id LIMIT $2
"""
_running = """
SELECT deployment.guild_id, revision_id, entry, created_at, updated_at FROM deployment
JOIN revision ON revision.id = deployment.revision_id
WHERE deployment.guild_id = ANY ($1::bigint[]) ORDER BY deployment.guild_id
"""
_running_of = """
SELECT deployment.guild_id FROM deployment JOIN revision ON revision.id = deployment.revision_id
WHERE actor_id = $1 ORDER BY deployment.guild_id LIMIT $2
"""
_remove = "DELETE FROM deployment WHERE guild_id = $1 AND epoch <= $2"


@dataclass(frozen=True, slots=True)
class Running:
    """What a guild runs, without its sources."""

    guild: GuildId
    revision: RevisionId
    entry: str
    created_at: datetime
    updated_at: datetime


@dataclass(frozen=True, slots=True)
class Made:
    """A deploy that was asked for with this key before."""

    revision: RevisionId
    fingerprint: str | None


async def find_deploy(connection: Connection, guild: GuildId, key: str) -> Made | None:
    """Among the revisions that are kept."""
    row = await connection.fetchrow(_by_key, check_snowflake("guild id", guild), key)
    return None if row is None else Made(RevisionId(row["id"]), row["fingerprint"])


async def commit_deploy(
    connection: Connection,
    new: NewRevision,
    crons: Sequence[CronDefinition],
    deed: str,
    limits: StorageLimits,
    *,
    epoch: Epoch = FIRST_EPOCH,
) -> RevisionId | StaleEpoch | BaseChanged:
    """A deploy that loaded: revision, pointer, crons and who did it. All of it, or nothing."""
    revision = await commit_revision(connection, new, limits, epoch=epoch)
    if isinstance(revision, StaleEpoch | BaseChanged):  # nothing is written yet
        return revision
    if isinstance(await replace_crons(connection, new.guild, crons, limits), TooManyCrons):
        raise InvalidInput("crons", f"must number at most {limits.crons_per_guild:g}")
    await connection.execute(_resume, new.guild)
    await append_audit(connection, Deed(new.guild, new.actor, deed, str(revision)), limits)
    await prune_revisions(connection, new.guild, limits)
    return revision


async def record_failure(
    connection: Connection, new: NewRevision, deed: str, limits: StorageLimits
) -> RevisionId | StaleEpoch | BaseChanged:
    """A deploy that did not load: kept for its author, and nothing else changes."""
    revision = await commit_revision(connection, new, limits)
    await append_audit(connection, Deed(new.guild, new.actor, deed, str(revision)), limits)
    await prune_revisions(connection, new.guild, limits)
    return revision


async def remove_deployment(
    connection: Connection, guild: GuildId, actor: Actor, limits: StorageLimits, *, epoch: Epoch = FIRST_EPOCH
) -> bool:
    """Nothing runs in the guild any more: no pointer, no crons, no timers. Revisions stay. Whether there was one."""
    check_snowflake("guild id", guild)
    removed = changed_rows(await connection.execute(_remove, guild, epoch)) == 1
    if removed:
        await replace_crons(connection, guild, (), limits)
        await cancel_timers(connection, guild)
        await append_audit(connection, Deed(guild, actor, "deployment.remove"), limits)
    return removed


async def set_pause(
    connection: Connection, guild: GuildId, reason: str | None, actor: Actor, limits: StorageLimits
) -> None:
    """Why the guild rests, so that it still does after the next start; None: it does not. A deploy ends a pause."""
    check_snowflake("guild id", guild)
    if reason is None:
        await connection.execute(_resume, guild)
    else:
        await connection.execute(_pause, guild, check_text("reason", reason, limits.error_bytes))
    deed = "deployment.resume" if reason is None else "deployment.pause"
    await append_audit(connection, Deed(guild, actor, deed, detail=reason), limits)


async def read_deployed(connection: Connection, after: int, limit: int) -> Mapping[GuildId, str]:
    """All guilds that run something, in slices, each with why it is paused (nothing: it is not)."""
    rows = await connection.fetch(_deployed, after, limit)
    return {GuildId(row["guild_id"]): row["paused"] for row in rows}


async def read_guilds_of(connection: Connection, user: UserId, limit: int) -> Sequence[GuildId]:
    """Guilds that run what this user deployed."""
    rows = await connection.fetch(_running_of, check_snowflake("user id", user), limit)
    return [GuildId(row["guild_id"]) for row in rows]


async def read_running(connection: Connection, guilds: Sequence[GuildId]) -> Sequence[Running]:
    """Of those guilds that run something; a list of hundreds loads no bundle."""
    return [
        Running(row["guild_id"], row["revision_id"], row["entry"], row["created_at"], row["updated_at"])
        for row in await connection.fetch(_running, list(guilds))
    ]
