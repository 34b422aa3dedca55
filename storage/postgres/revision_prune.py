"""Drop revisions beyond what is kept. The one that runs is kept whatever its age."""

from storage.ids import GuildId, check_snowflake
from storage.limits import StorageLimits, as_count
from storage.postgres.connection import Connection
from storage.postgres.rows import changed_rows

_prune = """
DELETE FROM revision WHERE id IN (
    SELECT ranked.id FROM (
        SELECT id, status, row_number() OVER (PARTITION BY status ORDER BY id DESC) AS place
        FROM revision WHERE guild_id = $1
    ) AS ranked
    WHERE ranked.place > CASE ranked.status WHEN 'success' THEN $2::bigint ELSE $3::bigint END
      AND NOT EXISTS (SELECT FROM deployment WHERE deployment.revision_id = ranked.id)
)
"""


async def prune_revisions(connection: Connection, guild: GuildId, limits: StorageLimits) -> int:
    """How many went."""
    check_snowflake("guild id", guild)
    return changed_rows(
        await connection.execute(_prune, guild, as_count(limits.kept_successes), as_count(limits.kept_failures))
    )
