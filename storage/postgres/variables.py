"""Plain variables of a guild: like secrets, for what may be seen."""

from collections.abc import Mapping
from dataclasses import dataclass

from storage.checks import check_name, check_text
from storage.ids import GuildId, check_snowflake
from storage.limits import StorageLimits
from storage.postgres.connection import Connection
from storage.postgres.rows import changed_rows, lock_guild

_others = "SELECT count(*) FROM guild_variable WHERE guild_id = $1 AND name <> $2"
_put = """
INSERT INTO guild_variable (guild_id, name, value) VALUES ($1, $2, $3)
ON CONFLICT (guild_id, name) DO UPDATE SET value = excluded.value, updated_at = now()
"""
_list = "SELECT name, value FROM guild_variable WHERE guild_id = $1 ORDER BY name"
_delete = "DELETE FROM guild_variable WHERE guild_id = $1 AND name = $2"


@dataclass(frozen=True, slots=True)
class TooManyVariables:
    limit: float


async def put_variable(
    connection: Connection, guild: GuildId, name: str, value: str, limits: StorageLimits
) -> TooManyVariables | None:
    check_snowflake("guild id", guild)
    check_name("variable name", name, limits.name_bytes)
    check_text("variable value", value, limits.variable_bytes, empty=True)
    await lock_guild(connection, "guild_variable", guild)
    if await connection.fetchval(_others, guild, name) >= limits.variables_per_guild:
        return TooManyVariables(limits.variables_per_guild)
    await connection.execute(_put, guild, name, value)
    return None


async def list_variables(connection: Connection, guild: GuildId) -> Mapping[str, str]:
    rows = await connection.fetch(_list, check_snowflake("guild id", guild))
    return {row["name"]: row["value"] for row in rows}


async def delete_variable(connection: Connection, guild: GuildId, name: str) -> bool:
    """Whether there was one."""
    check_text("variable name", name, float("inf"))
    return changed_rows(await connection.execute(_delete, check_snowflake("guild id", guild), name)) == 1
