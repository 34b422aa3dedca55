"""Delete all that the database holds of a guild, in one transaction, and write down that it was done."""

from typing import Final

from storage.ids import GuildId, check_snowflake
from storage.limits import StorageLimits
from storage.postgres.audit import Deed, append_audit
from storage.postgres.connection import Connection
from storage.postgres.rows import changed_rows
from storage.records import Actor

TABLES: Final = (
    # The deployment first: it points at a revision.
    "deployment",
    "revision",
    "guild_secret",
    "guild_variable",
    "cron_job",
    "timer",
    "scheduled_run",
    "guild_settings",
)
"""All that have a row for a guild, but `audit_entry`: who deleted what must stay answerable for its year."""
# A token for this guild alone is gone with it; one for others too reaches it no more. An empty list reaches nothing.
_drop_tokens = "DELETE FROM api_token WHERE guild_ids <@ ARRAY[$1::bigint] AND guild_ids <> '{}'"
_narrow_tokens = "UPDATE api_token SET guild_ids = array_remove(guild_ids, $1) WHERE $1 = ANY (guild_ids)"


async def forget_guild(connection: Connection, guild: GuildId, actor: Actor, limits: StorageLimits) -> dict[str, int]:
    """How many rows went, by table."""
    check_snowflake("guild id", guild)
    await connection.execute(_drop_tokens, guild)
    await connection.execute(_narrow_tokens, guild)
    gone = {
        table: changed_rows(await connection.execute(f"DELETE FROM {table} WHERE guild_id = $1", guild))
        for table in TABLES
    }
    await append_audit(connection, Deed(guild, actor, "guild.forget", detail=gone), limits)
    return gone
