"""Numbered plain-SQL migrations. However many daemons start together, each file is applied once, whole or not
at all."""

import hashlib
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from storage.errors import MigrationRefused
from storage.postgres.connection import Connection

_lock = "SELECT pg_advisory_xact_lock($1)"
_make_table = """
CREATE TABLE IF NOT EXISTS schema_migration (
    version integer PRIMARY KEY,
    name text NOT NULL,
    sha256 text NOT NULL,
    applied_at timestamptz NOT NULL DEFAULT now()
)
"""
_applied = "SELECT version, name, sha256 FROM schema_migration ORDER BY version"
_record = "INSERT INTO schema_migration (version, name, sha256) VALUES ($1, $2, $3)"

LOCK: Final = 0x666C6F7261
"""'flora': the advisory lock under which daemons that start together queue."""
DIRECTORY: Final = Path(__file__).parent / "migrations"


@dataclass(frozen=True, slots=True)
class Migration:
    """One file."""

    version: int
    name: str
    sql: str

    @property
    def sha256(self) -> str:
        return hashlib.sha256(self.sql.encode()).hexdigest()


def read_migrations(directory: Path | None = None) -> list[Migration]:
    """The files in the order of their numbers; raises MigrationRefused when two have the same."""
    found: dict[int, Migration] = {}
    for path in sorted((directory or DIRECTORY).glob("*.sql")):
        number = re.match(r"(\d{4})_[a-z0-9_]+\.sql$", path.name)
        if number is None:
            raise MigrationRefused(f"{path.name} is not named like 0001_what_it_makes.sql")
        version = int(number[1])
        if version in found:
            raise MigrationRefused(f"{path.name} and {found[version].name} have the same number")
        found[version] = Migration(version, path.name, path.read_text())
    return [found[version] for version in sorted(found)]


async def migrate(connection: Connection, directory: Path | None = None, up_to: int | None = None) -> list[str]:
    """Apply what is missing, each file in a transaction of its own; returns the names of the files
    applied."""
    migrations = [one for one in read_migrations(directory) if up_to is None or one.version <= up_to]
    async with connection.transaction():
        await connection.execute(_lock, LOCK)
        await connection.execute(_make_table)
    return [one.name for one in migrations if await _apply(connection, one, migrations)]


async def _apply(connection: Connection, migration: Migration, migrations: list[Migration]) -> bool:
    """Under the lock, and after another look: another daemon may have applied it meanwhile."""
    async with connection.transaction():
        await connection.execute(_lock, LOCK)
        have = {row["version"]: (row["name"], row["sha256"]) for row in await connection.fetch(_applied)}
        check_history(have, migrations)
        if migration.version in have:
            return False
        await connection.execute(migration.sql)
        await connection.execute(_record, migration.version, migration.name, migration.sha256)
    return True


def check_history(have: dict[int, tuple[str, str]], migrations: list[Migration]) -> None:
    """Raises MigrationRefused when the database was made by other files than these, or by a newer flora."""
    known = {one.version: one for one in migrations}
    newest = max(have, default=0)
    for version, (name, sha256) in have.items():
        if version not in known:
            raise MigrationRefused(
                f"the database has {name}, which this flora does not know: it was made by a newer one"
            )
        if known[version].sha256 != sha256:
            raise MigrationRefused(
                f"{known[version].name} was changed after it was applied: restore it, and write a new file"
            )
    for version, one in known.items():
        if version not in have and version < newest:
            raise MigrationRefused(
                f"{one.name} is older than the database's newest ({newest:04}): give it the next number"
            )
