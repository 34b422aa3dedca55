"""Forget a guild: its key-value data, its log, and all rows about it.

The caller has taken its script down before. The database is last, so that a crash in between leaves a guild that can be
named and forgotten again; every step may be done twice. The cache holds nothing under a guild's name: which guild a
channel belongs to is forgotten there by itself, within six hours.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Protocol

from storage.ids import GuildId, check_snowflake
from storage.postgres.database import Database
from storage.postgres.guild_forget import forget_guild
from storage.records import Actor


class _Values(Protocol):
    async def delete_guild(self, guild: int, *, epoch: int = 0) -> bool: ...


class _Logs(Protocol):
    async def delete_guild(self, guild: int) -> None: ...


@dataclass(frozen=True, slots=True)
class Forgotten:
    """What there was."""

    had_values: bool
    rows: Mapping[str, int]


async def forget(
    guild: GuildId, actor: Actor, database: Database, values: _Values, logs: _Logs, *, epoch: int = 0
) -> Forgotten:
    """Raises KvError, StorageUnavailable: then call it again."""
    check_snowflake("guild id", guild)
    had_values = await values.delete_guild(guild, epoch=epoch)
    await logs.delete_guild(guild)
    rows = await database.run(forget_guild, guild, actor, database.limits)
    return Forgotten(had_values, rows)
