"""Write all tables to files in one snapshot, and read them back: a backup without PostgreSQL's own programs.

`pg_dump` would have to be at least as new as the server, which a DATABASE_URL does not promise; COPY as text
is the same everywhere. A dump of an older schema is loaded into that schema and then migrated: a backup
outlives an upgrade of flora.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Final

from storage.postgres.connection import Connection
from storage.postgres.migrate import check_history, migrate, read_migrations

_now = "SELECT now() AS now, current_setting('server_version') AS server"
_applied = "SELECT version, name, sha256 FROM schema_migration ORDER BY version"
_columns = """
SELECT column_name::text AS name FROM information_schema.columns
WHERE table_schema = current_schema() AND table_name = $1 ORDER BY ordinal_position
"""
_exists = "SELECT to_regclass($1) IS NOT NULL"
_lift_sequence = """
SELECT setval(pg_get_serial_sequence('{table}', 'id'), greatest(max(id), 1), max(id) IS NOT NULL) FROM {table}
"""

TABLES: Final[Mapping[str, str]] = {
    "revision": "created_at",
    "deployment": "updated_at",
    "api_token": "created_at",
    "guild_secret": "updated_at",
    "guild_variable": "updated_at",
    "cron_job": "updated_at",
    "timer": "created_at",
    "scheduled_run": "claimed_at",
    "guild_settings": "updated_at",
    "audit_entry": "at",
}
"""Every table, after those it refers to, with the column that tells when a row was last written."""
NUMBERED: Final = ("revision", "api_token", "scheduled_run", "audit_entry")
"""Tables whose ids come from a sequence."""
COPY_WAIT: Final = 3600.0
"""Seconds for one table."""


@dataclass(frozen=True, slots=True)
class Dump:
    """What a directory of table files holds."""

    taken_at: datetime
    server: str
    migrations: Sequence[tuple[int, str, str]]
    """Number, name, sha256 of each."""
    columns: Mapping[str, Sequence[str]]

    @property
    def version(self) -> int:
        return max((number for number, _, _ in self.migrations), default=0)


async def dump_tables(connection: Connection, directory: Path) -> Dump:
    """Every table as it is at one moment, while others go on writing."""
    async with connection.transaction(isolation="repeatable_read", readonly=True):
        facts = await connection.fetchrow(_now)
        assert facts is not None
        applied = [(row["version"], row["name"], row["sha256"]) for row in await connection.fetch(_applied)]
        found = {table: [row["name"] for row in await connection.fetch(_columns, table)] for table in TABLES}
        columns = {table: names for table, names in found.items() if names}
        for table, names in columns.items():
            with (directory / f"{table}.txt").open("wb") as file:
                await connection.copy_from_query(
                    f"SELECT {_listed(names)} FROM {table}",
                    output=file,
                    format="text",
                    timeout=COPY_WAIT,
                )
    return Dump(facts["now"], facts["server"], applied, columns)


async def load_tables(connection: Connection, directory: Path, dump: Dump) -> None:
    """Replace all that is there by the dump, or change nothing."""
    async with connection.transaction():
        check_history({number: (name, sha256) for number, name, sha256 in dump.migrations}, read_migrations())
        await connection.execute(f"DROP TABLE IF EXISTS schema_migration, {', '.join(TABLES)} CASCADE")
        await migrate(connection, up_to=dump.version)
        for table, columns in dump.columns.items():
            with (directory / f"{table}.txt").open("rb") as file:
                await connection.copy_to_table(table, source=file, columns=columns, format="text", timeout=COPY_WAIT)
        for table in NUMBERED:
            if table in dump.columns:
                await connection.execute(_lift_sequence.format(table=table))
        await migrate(connection)


async def newest_change(connection: Connection) -> datetime | None:
    """When anything was last written; None when there is nothing."""
    moments: list[datetime] = []
    for table, column in TABLES.items():
        if await connection.fetchval(_exists, table):
            moment = await connection.fetchval(f"SELECT max({column}) FROM {table}")
            moments += [] if moment is None else [moment]
    return max(moments, default=None)


def _listed(columns: Sequence[str]) -> str:
    return ", ".join(f'"{column}"' for column in columns)
