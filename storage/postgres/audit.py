"""Who did what to which guild. Entries are added in the transaction of the deed, and never changed."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from storage.checks import Json, check_name, check_page, check_text, encode_json
from storage.ids import AuditId, GuildId, check_snowflake
from storage.limits import StorageLimits
from storage.postgres.connection import Connection, Row
from storage.postgres.rows import actor_columns, actor_of, changed_rows, json_of
from storage.records import Actor, AuditEntry

_append = """
INSERT INTO audit_entry (guild_id, actor_kind, actor_id, actor_name, action, target, detail)
VALUES ($1, $2, $3, $4, $5, $6, $7::text::jsonb) RETURNING id
"""
_list = """
SELECT id, at, guild_id, actor_kind, actor_id, actor_name, action, target, detail FROM audit_entry
WHERE guild_id = $1 AND ($2::bigint IS NULL OR id < $2) ORDER BY id DESC LIMIT $3
"""
_list_without_guild = """
SELECT id, at, guild_id, actor_kind, actor_id, actor_name, action, target, detail FROM audit_entry
WHERE guild_id IS NULL AND ($1::bigint IS NULL OR id < $1) ORDER BY id DESC LIMIT $2
"""
_prune = "DELETE FROM audit_entry WHERE id IN (SELECT id FROM audit_entry WHERE at < $1 ORDER BY at LIMIT $2)"


@dataclass(frozen=True, slots=True)
class AuditPage:
    entries: Sequence[AuditEntry]
    next_cursor: AuditId | None


@dataclass(frozen=True, slots=True)
class Deed:
    """What is to be written down. The guild is None for what concerns the whole daemon."""

    guild: GuildId | None
    actor: Actor
    action: str
    target: str = ""
    detail: Json = None


async def append_audit(connection: Connection, deed: Deed, limits: StorageLimits) -> AuditId:
    guild = None if deed.guild is None else check_snowflake("guild id", deed.guild)
    action = check_name("action", deed.action, limits.name_bytes)
    target = check_text("target", deed.target, limits.file_name_bytes, empty=True)
    detail = encode_json("detail", deed.detail, limits.audit_detail_bytes)
    return AuditId(await connection.fetchval(_append, guild, *actor_columns(deed.actor), action, target, detail))


async def list_audit(
    connection: Connection, guild: GuildId | None, *, cursor: AuditId | None = None, limit: int = 50
) -> AuditPage:
    """Newest first; without a guild what concerns the whole daemon."""
    check_page(limit, 100)
    before = None if cursor is None else check_snowflake("cursor", cursor)
    if guild is None:
        rows = await connection.fetch(_list_without_guild, before, limit + 1)
    else:
        rows = await connection.fetch(_list, check_snowflake("guild id", guild), before, limit + 1)
    entries = [_entry_of(row) for row in rows[:limit]]
    return AuditPage(entries, entries[-1].id if len(rows) > limit else None)


async def prune_audit(connection: Connection, before: datetime, slice_size: int = 1_000) -> int:
    """Drop a slice of what is older; call until it returns 0."""
    return changed_rows(await connection.execute(_prune, before, slice_size))


def _entry_of(row: Row) -> AuditEntry:
    return AuditEntry(
        row["id"],
        row["at"],
        row["guild_id"],
        actor_of(row),
        row["action"],
        row["target"],
        json_of(row["detail"]),
    )
