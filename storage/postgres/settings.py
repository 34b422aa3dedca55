"""A guild's settings: one JSON object, replaced as a whole, with a version so that two editors do not undo
each other."""

from collections.abc import Mapping
from dataclasses import dataclass

from storage.checks import Json, encode_json
from storage.ids import GuildId, check_snowflake
from storage.limits import StorageLimits
from storage.postgres.connection import Connection
from storage.postgres.rows import json_of, lock_guild
from storage.records import GuildSettings

_read = "SELECT settings, version FROM guild_settings WHERE guild_id = $1"
_write = """
INSERT INTO guild_settings (guild_id, settings, version) VALUES ($1, $2::text::jsonb, $3)
ON CONFLICT (guild_id) DO UPDATE SET settings = excluded.settings, version = excluded.version, updated_at =
now()
"""


@dataclass(frozen=True, slots=True)
class SettingsChanged:
    """Somebody else has written since; nothing was written."""

    current: GuildSettings


async def read_settings(connection: Connection, guild: GuildId) -> GuildSettings:
    row = await connection.fetchrow(_read, check_snowflake("guild id", guild))
    return GuildSettings() if row is None else GuildSettings(json_of(row["settings"]), row["version"])


async def write_settings(
    connection: Connection, guild: GuildId, settings: Mapping[str, Json], version: int, limits: StorageLimits
) -> GuildSettings | SettingsChanged:
    """Write over the version that was read."""
    encoded = encode_json("settings", settings, limits.settings_bytes)
    await lock_guild(connection, "guild_settings", check_snowflake("guild id", guild))
    current = await read_settings(connection, guild)
    if current.version != version:
        return SettingsChanged(current)
    await connection.execute(_write, guild, encoded, version + 1)
    return GuildSettings(settings, version + 1)
