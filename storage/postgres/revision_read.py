"""Read deployments and revisions: what runs, one revision whole, and a guild's history page by page."""

from collections.abc import Sequence
from dataclasses import dataclass

from storage.checks import check_page
from storage.ids import GuildId, RevisionId, check_snowflake
from storage.postgres.connection import Connection, Row
from storage.postgres.rows import actor_of, json_of
from storage.records import Deployment, DeploySource, Revision, RevisionStatus, RevisionSummary

_summary = """
id, guild_id, status, entry, source, actor_kind, actor_id, actor_name, error, base_revision_id,
change_summary, created_at
"""
_deployment = "SELECT guild_id, revision_id, epoch, updated_at FROM deployment WHERE guild_id = $1"
_deployments = """
SELECT guild_id, revision_id, epoch, updated_at FROM deployment WHERE guild_id > $1 ORDER BY guild_id LIMIT $2
"""
_revision = f"SELECT {_summary}, files, bundle, source_map FROM revision WHERE guild_id = $1 AND id = $2"
_revision_files = f"SELECT {_summary}, files FROM revision WHERE guild_id = $1 AND id = $2"
_history = f"""
SELECT {_summary} FROM revision
WHERE guild_id = $1 AND ($2::bigint IS NULL OR id < $2) AND ($3::text IS NULL OR status = $3)
ORDER BY id DESC LIMIT $4
"""


@dataclass(frozen=True, slots=True)
class HistoryPage:
    """Newest first. The cursor is the last revision shown: pages neither repeat nor skip while others
    deploy."""

    revisions: Sequence[RevisionSummary]
    next_cursor: RevisionId | None


async def read_deployment(connection: Connection, guild: GuildId) -> Deployment | None:
    row = await connection.fetchrow(_deployment, check_snowflake("guild id", guild))
    return None if row is None else _deployment_of(row)


async def read_deployments(connection: Connection, after: int, limit: int) -> Sequence[Deployment]:
    """All guilds that run something, in slices: pass 0 first, then the last guild seen."""
    return [_deployment_of(row) for row in await connection.fetch(_deployments, after, limit)]


async def read_revision(connection: Connection, guild: GuildId, revision: RevisionId) -> Revision | None:
    """A revision of this guild; another guild's is as if it did not exist."""
    check_snowflake("revision id", revision)
    row = await connection.fetchrow(_revision, check_snowflake("guild id", guild), revision)
    if row is None:
        return None
    return Revision(_summary_of(row), json_of(row["files"]), row["bundle"], row["source_map"])


async def read_revision_files(connection: Connection, guild: GuildId, revision: RevisionId) -> Revision | None:
    """The same without its bundle and source map, which are most of it."""
    check_snowflake("revision id", revision)
    row = await connection.fetchrow(_revision_files, check_snowflake("guild id", guild), revision)
    return None if row is None else Revision(_summary_of(row), json_of(row["files"]), None, None)


async def read_history(
    connection: Connection,
    guild: GuildId,
    *,
    cursor: RevisionId | None = None,
    status: RevisionStatus | None = None,
    limit: int = 20,
) -> HistoryPage:
    check_page(limit, 100)
    before = None if cursor is None else check_snowflake("cursor", cursor)
    rows = await connection.fetch(_history, check_snowflake("guild id", guild), before, status, limit + 1)
    revisions = [_summary_of(row) for row in rows[:limit]]
    return HistoryPage(revisions, revisions[-1].id if len(rows) > limit else None)


def _deployment_of(row: Row) -> Deployment:
    return Deployment(row["guild_id"], row["revision_id"], row["epoch"], row["updated_at"])


def _summary_of(row: Row) -> RevisionSummary:
    return RevisionSummary(
        row["id"],
        row["guild_id"],
        RevisionStatus(row["status"]),
        row["entry"],
        DeploySource(row["source"]),
        actor_of(row),
        row["error"],
        row["base_revision_id"],
        json_of(row["change_summary"]),
        row["created_at"],
    )
