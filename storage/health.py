"""What `flora doctor` says of storage: for each thing, whether it is well, what is wrong, and what to do.

Looks only; mends nothing. The caller brings the time.
"""

import errno
import fcntl
import os
import tempfile
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from pathlib import Path
from typing import Final

from storage.embedded.directory import LOCK_NAME
from storage.embedded.process import is_running, read_pid
from storage.errors import CacheUnavailable, MigrationRefused, StorageError
from storage.limits import MIB
from storage.postgres.connection import Connection
from storage.postgres.database import Database
from storage.postgres.dump import newest_change
from storage.postgres.migrate import check_history, read_migrations
from storage.redis.client import Cache

_server = """
SELECT now() AS now, current_setting('server_version_num')::int AS version, current_setting('fsync') AS fsync,
       current_setting('server_version') AS name, to_regclass('schema_migration') IS NOT NULL AS has_schema
"""
_applied = "SELECT version, name, sha256 FROM schema_migration"

OLDEST_POSTGRES: Final = 140_000
"""The oldest version whose features are used and that is still maintained."""
LITTLE_SPACE: Final = 1024 * MIB
NO_SPACE: Final = 100 * MIB
CLOCK_TOLERANCE: Final = timedelta(seconds=60)


class Level(StrEnum):
    OK = "ok"
    WARN = "warn"
    FAIL = "fail"


@dataclass(frozen=True, slots=True)
class Diagnosis:
    """One line of `flora doctor`."""

    name: str
    level: Level
    finding: str
    remedy: str = ""


def check_data_directory(path: Path) -> Diagnosis:
    """Whether it can be written, and how much still fits."""
    name = "data directory"
    try:
        with tempfile.NamedTemporaryFile(prefix=".flora-doctor-", dir=path) as probe:
            probe.write(b"\0" * 4096)
            probe.flush()
            os.fsync(probe.fileno())
        space = os.statvfs(path)
    except OSError as error:
        return Diagnosis(name, Level.FAIL, f"{path}: {error.strerror}", _remedy_for(error))
    free = space.f_bavail * space.f_frsize
    if free < LITTLE_SPACE:
        level = Level.FAIL if free < NO_SPACE else Level.WARN
        return Diagnosis(name, level, f"{path}: {free // int(MIB)} MiB left", "free space, or move it with DATA_DIR")
    return Diagnosis(name, Level.OK, f"{path}: {free // int(MIB)} MiB left")


def _remedy_for(error: OSError) -> str:
    match error.errno:
        case errno.ENOSPC | errno.EDQUOT:
            return "free space on its file system"
        case errno.EROFS:
            return "mount its file system for writing, or move it with DATA_DIR"
        case errno.ENOENT:
            return "start flora once: it makes it; or check DATA_DIR"
        case _:
            return "let the user who runs flora write there, or move it with DATA_DIR"


def check_lock(path: Path) -> Diagnosis:
    """Who holds the data directory. Not an error: it tells whether flora runs."""
    name = "lock"
    try:
        descriptor = os.open(path / LOCK_NAME, os.O_RDONLY | os.O_CLOEXEC)
    except OSError as error:
        return Diagnosis(name, Level.OK, f"no flora has used {path} yet ({error.strerror})")
    try:
        fcntl.flock(descriptor, fcntl.LOCK_SH | fcntl.LOCK_NB)
    except BlockingIOError:
        return _held_by(path, read_pid(path / LOCK_NAME))
    finally:
        os.close(descriptor)
    return Diagnosis(name, Level.OK, "no flora is running on it")


def _held_by(path: Path, holder: int | None) -> Diagnosis:
    if holder is not None and is_running(holder):
        return Diagnosis("lock", Level.OK, f"held by flora, process {holder}")
    remedy = f"find it with `fuser {path / LOCK_NAME}`; it may run in another container"
    return Diagnosis("lock", Level.WARN, f"held by a process that cannot be seen from here ({holder})", remedy)


async def check_postgres(database: Database, now: datetime) -> list[Diagnosis]:
    """The server, its schema, and the clock."""
    try:
        return await database.run(_examine, now)
    except MigrationRefused as error:
        return [Diagnosis("schema", Level.FAIL, str(error), "run the flora that made it, or restore a backup")]
    except StorageError as error:
        return [Diagnosis("PostgreSQL", Level.FAIL, str(error), "start it, or correct DATABASE_URL; see server.log")]


async def _examine(connection: Connection, now: datetime) -> list[Diagnosis]:
    row = await connection.fetchrow(_server)
    assert row is not None
    findings = [_of_server(row["version"], row["name"], row["fsync"])]
    if row["has_schema"]:
        applied = {one["version"]: (one["name"], one["sha256"]) for one in await connection.fetch(_applied)}
        findings.append(_of_schema(applied))
        findings.append(_of_clock(now, row["now"], await newest_change(connection)))
    return findings


def _of_server(number: int, name: str, fsync: str) -> Diagnosis:
    if number < OLDEST_POSTGRES:
        return Diagnosis("PostgreSQL", Level.FAIL, f"version {name} is too old", "use 14 or newer")
    if fsync != "on":
        finding = f"version {name}, with fsync off: a power cut may destroy it"
        return Diagnosis("PostgreSQL", Level.WARN, finding, "set fsync = on in postgresql.conf")
    return Diagnosis("PostgreSQL", Level.OK, f"version {name}")


def _of_schema(applied: dict[int, tuple[str, str]]) -> Diagnosis:
    migrations = read_migrations()
    check_history(applied, migrations)
    missing = [one.name for one in migrations if one.version not in applied]
    if missing:
        return Diagnosis("schema", Level.WARN, f"{len(missing)} migrations to come: {missing[0]}", "start flora")
    return Diagnosis("schema", Level.OK, f"up to date ({len(applied)} migrations)")


def _of_clock(now: datetime, servers: datetime, newest: datetime | None) -> Diagnosis:
    remedy = "set the clocks by NTP; crons wait for the clock to pass what is stored"
    if abs(now - servers) > CLOCK_TOLERANCE:
        return Diagnosis("clock", Level.WARN, f"differs from PostgreSQL's by {abs(now - servers)}", remedy)
    if newest is not None and newest > now + CLOCK_TOLERANCE:
        return Diagnosis("clock", Level.WARN, f"was set back: something was stored {newest - now} from now", remedy)
    return Diagnosis("clock", Level.OK, "agrees with PostgreSQL")


async def check_cache(cache: Cache) -> Diagnosis:
    try:
        await cache.ping()
    except CacheUnavailable as error:
        meaning = "logins and cached permissions are unavailable; scripts are not affected"
        return Diagnosis("Valkey", Level.WARN, f"{error}: {meaning}", "start it, or correct CACHE_URL; see server.log")
    return Diagnosis("Valkey", Level.OK, "answers")
