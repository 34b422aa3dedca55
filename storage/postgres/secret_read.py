"""List, load and delete a guild's secrets. Only load_secrets decrypts."""

from collections.abc import Sequence
from dataclasses import dataclass

from storage.checks import check_text
from storage.encryption import KeyRing, Sealed
from storage.errors import KeyRefused
from storage.ids import GuildId, check_snowflake
from storage.postgres.connection import Connection, Row
from storage.postgres.rows import changed_rows
from storage.records import OpenSecret, SecretSummary

_list = """
SELECT id, name, allowed_hosts, created_at, updated_at FROM guild_secret WHERE guild_id = $1 ORDER BY name
"""
_load = """
SELECT id, name, key_id, nonce, ciphertext, allowed_hosts FROM guild_secret WHERE guild_id = $1 ORDER BY name
"""
_delete = "DELETE FROM guild_secret WHERE guild_id = $1 AND name = $2"


@dataclass(frozen=True, slots=True)
class LoadedSecrets:
    """What decrypted, and what is wrong with what did not: one damaged row must not silence the guild."""

    secrets: Sequence[OpenSecret]
    problems: Sequence[str]


async def list_secrets(connection: Connection, guild: GuildId) -> Sequence[SecretSummary]:
    return [summary_of(row) for row in await connection.fetch(_list, check_snowflake("guild id", guild))]


async def load_secrets(connection: Connection, guild: GuildId, ring: KeyRing) -> LoadedSecrets:
    secrets: list[OpenSecret] = []
    problems: list[str] = []
    for row in await connection.fetch(_load, check_snowflake("guild id", guild)):
        try:
            value = ring.open(guild, row["name"], sealed_of(row))
        except KeyRefused as refused:
            problems.append(str(refused))
        else:
            secrets.append(OpenSecret(str(row["id"]), row["name"], value, row["allowed_hosts"]))
    return LoadedSecrets(secrets, problems)


async def delete_secret(connection: Connection, guild: GuildId, name: str) -> bool:
    """Whether there was one."""
    check_text("secret name", name, float("inf"))
    return changed_rows(await connection.execute(_delete, check_snowflake("guild id", guild), name)) == 1


def sealed_of(row: Row) -> Sealed:
    return Sealed(row["key_id"], row["nonce"], row["ciphertext"])


def summary_of(row: Row) -> SecretSummary:
    return SecretSummary(str(row["id"]), row["name"], row["allowed_hosts"], row["created_at"], row["updated_at"])
