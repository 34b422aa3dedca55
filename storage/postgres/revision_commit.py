"""Write a deploy's revision and, when it succeeded, point the guild at it, in one transaction."""

from dataclasses import dataclass
from typing import Final

from storage.checks import check_count, check_name, check_text, encode_json
from storage.errors import InvalidInput
from storage.ids import Epoch, GuildId, RevisionId, check_snowflake
from storage.limits import StorageLimits
from storage.postgres.connection import Connection
from storage.postgres.rows import actor_columns, storable_error
from storage.records import NewRevision

_insert = """
INSERT INTO revision (guild_id, status, entry, files, bundle, source_map, error, source,
                      actor_kind, actor_id, actor_name, base_revision_id, change_summary)
VALUES ($1, $2, $3, $4::text::jsonb, $5, $6, $7, $8, $9, $10, $11,
        (SELECT id FROM revision WHERE id = $12 AND guild_id = $1), $13::text::jsonb)
RETURNING id
"""
_current = "SELECT revision_id, epoch FROM deployment WHERE guild_id = $1 FOR UPDATE"
_belongs = "SELECT EXISTS (SELECT FROM revision WHERE id = $1 AND guild_id = $2 AND status = 'success')"
# The one place where a deployment's epoch is compared: an owner that lost the guild cannot move the pointer
# any more.
_point = """
INSERT INTO deployment (guild_id, revision_id, epoch) VALUES ($1, $2, $3)
ON CONFLICT (guild_id) DO UPDATE
SET revision_id = excluded.revision_id, epoch = excluded.epoch, updated_at = now()
WHERE deployment.epoch <= excluded.epoch
RETURNING epoch
"""

FIRST_EPOCH: Final = Epoch(0)


@dataclass(frozen=True, slots=True)
class StaleEpoch:
    """Another node owns the guild by now; nothing was written."""

    current: Epoch


@dataclass(frozen=True, slots=True)
class BaseChanged:
    """Somebody else deployed since the author looked; nothing was written."""

    current: RevisionId | None


@dataclass(frozen=True, slots=True)
class UnknownRevision:
    """The guild has no such successful revision."""


class _Refused(Exception):  # noqa: N818 (not an error: it only unwinds the transaction)
    def __init__(self, current: Epoch) -> None:
        self.current = current


async def commit_revision(
    connection: Connection,
    new: NewRevision,
    limits: StorageLimits,
    *,
    epoch: Epoch = FIRST_EPOCH,
    only_over: RevisionId | None = None,
) -> RevisionId | StaleEpoch | BaseChanged:
    """Write the revision. With `only_over`, only while that one is the guild's current revision."""
    columns = _checked(new, limits)
    try:
        async with connection.transaction():
            current = await connection.fetchrow(_current, new.guild)
            if only_over is not None and (current is None or current["revision_id"] != only_over):
                return BaseChanged(None if current is None else current["revision_id"])
            revision = RevisionId(await connection.fetchval(_insert, *columns))
            if new.bundle is not None:
                await _move_pointer(connection, new.guild, revision, epoch)
            return revision
    except _Refused as refused:
        return StaleEpoch(refused.current)


async def point_at(
    connection: Connection, guild: GuildId, revision: RevisionId, *, epoch: Epoch = FIRST_EPOCH
) -> RevisionId | StaleEpoch | UnknownRevision:
    """Roll back, or forth: make an existing revision the guild's current one."""
    check_snowflake("guild id", guild)
    check_snowflake("revision id", revision)
    if not await connection.fetchval(_belongs, revision, guild):
        return UnknownRevision()
    try:
        await _move_pointer(connection, guild, revision, epoch)
    except _Refused as refused:
        return StaleEpoch(refused.current)
    return revision


async def _move_pointer(connection: Connection, guild: GuildId, revision: RevisionId, epoch: Epoch) -> None:
    if await connection.fetchval(_point, guild, revision, epoch) is None:
        current = await connection.fetchrow(_current, guild)
        raise _Refused(Epoch(0 if current is None else current["epoch"]))


def _checked(new: NewRevision, limits: StorageLimits) -> tuple[object, ...]:
    if (new.bundle is None) == (new.error is None):
        raise InvalidInput("revision", "must have either a bundle or an error")
    bundle = None if new.bundle is None else check_text("bundle", new.bundle, limits.bundle_bytes)
    source_map = None if new.source_map is None else check_text("source map", new.source_map, limits.source_map_bytes)
    if new.base_revision is not None:
        check_snowflake("base revision", new.base_revision)
    return (
        check_snowflake("guild id", new.guild),
        "failed" if new.bundle is None else "success",
        check_name("entry", new.entry, limits.file_name_bytes),
        _checked_files(new, limits),
        bundle,
        source_map,
        storable_error(new.error, limits),
        new.source.value,
        *actor_columns(new.actor),
        new.base_revision,
        encode_json("change summary", new.change_summary, limits.summary_bytes),
    )


def _checked_files(new: NewRevision, limits: StorageLimits) -> str:
    check_count("files", len(new.files), limits.files)
    total = 0
    for name, text in new.files.items():
        check_name("file name", name, limits.file_name_bytes)
        check_text(f"file {name}", text, limits.files_bytes, empty=True)
        total += len(text.encode())
    if total > limits.files_bytes:
        raise InvalidInput("files", f"must have at most {limits.files_bytes} bytes together, and have {total}")
    return encode_json("files", new.files, float("inf"))
