"""What `flora doctor` will say."""

import os
from collections.abc import AsyncGenerator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from storage import health
from storage.bridge import Bridge
from storage.confidential import ServerUrl
from storage.embedded import ServerUrls
from storage.embedded.directory import LOCK_NAME, open_data_directory
from storage.errors import DataDirectoryRefused
from storage.health import Diagnosis, Level
from storage.limits import StorageLimits
from storage.postgres.audit import Deed, append_audit
from storage.postgres.connection import Connection
from storage.postgres.database import Database, open_database
from storage.records import SYSTEM
from storage.redis.client import Cache, open_cache
from tests.storage.conftest import fresh_database
from tests.storage.full_disk import MIB, small_disk
from tests.storage.servers import reachable_directory


@pytest.fixture
async def database(bridge: Bridge, embedded: ServerUrls, limits: StorageLimits) -> AsyncGenerator[Database]:
    async with open_database(bridge, await fresh_database(bridge, embedded.database, limits), limits) as opened:
        yield opened


def by_name(found: list[Diagnosis]) -> dict[str, Diagnosis]:
    assert all(one.remedy or one.level is Level.OK for one in found)
    return {one.name: one for one in found}


def now() -> datetime:
    return datetime.now(UTC)


async def test_a_database_in_order_is_well(database: Database) -> None:
    found = by_name(await health.check_postgres(database, now()))
    assert found["schema"].level is found["clock"].level is Level.OK
    assert found["PostgreSQL"].level is Level.WARN  # the tests' server runs without fsync, and says so
    assert "fsync" in found["PostgreSQL"].finding


async def test_a_clock_set_back_is_named(database: Database) -> None:
    early = by_name(await health.check_postgres(database, now() - timedelta(hours=1)))
    assert "differs from PostgreSQL's by" in early["clock"].finding

    async def from_the_future(connection: Connection) -> None:
        await append_audit(connection, Deed(None, SYSTEM, "x"), database.limits)
        await connection.execute("UPDATE audit_entry SET at = now() + interval '1 hour'")

    await database.run(from_the_future)
    back = by_name(await health.check_postgres(database, now()))
    assert back["clock"].level is Level.WARN
    assert "set back" in back["clock"].finding


async def test_a_schema_that_is_behind_or_ahead_is_named(database: Database) -> None:
    async def forget(connection: Connection) -> None:
        await connection.execute(
            "DELETE FROM schema_migration WHERE version = (SELECT max(version) FROM schema_migration)"
        )

    async def invent(connection: Connection) -> None:
        await connection.execute("INSERT INTO schema_migration VALUES (99, '0099_future.sql', '')")

    await database.run(forget)
    assert by_name(await health.check_postgres(database, now()))["schema"].level is Level.WARN
    await database.run(invent)
    ahead = by_name(await health.check_postgres(database, now()))["schema"]
    assert (ahead.level, "0099_future.sql" in ahead.finding) == (Level.FAIL, True)


async def test_servers_that_are_away_are_named_with_a_remedy(bridge: Bridge) -> None:
    limits = StorageLimits(acquire_wait=0.1)
    async with open_database(bridge, ServerUrl("postgresql://u:hunter2@127.0.0.1:1/x"), limits) as database:
        (gone,) = await health.check_postgres(database, now())
    assert (gone.name, gone.level) == ("PostgreSQL", Level.FAIL)
    assert "DATABASE_URL" in gone.remedy
    async with open_cache(bridge, ServerUrl("redis://:hunter2@127.0.0.1:1"), limits) as cache:
        away = await health.check_cache(cache)
    assert (away.level, "CACHE_URL" in away.remedy) == (Level.WARN, True)
    assert "hunter2" not in repr([gone, away])


async def test_a_cache_that_answers_is_well(cache: Cache) -> None:
    assert await health.check_cache(cache) == Diagnosis("Valkey", Level.OK, "answers")


def test_a_data_directory_in_order_is_well(tmp_path: Path) -> None:
    assert health.check_data_directory(tmp_path).level is Level.OK
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("path", ["/proc", "/nowhere", "/dev/null"])
def test_a_data_directory_that_cannot_be_written_is_named(path: str) -> None:
    found = health.check_data_directory(Path(path))
    assert (found.level, path in found.finding, found.remedy != "") == (Level.FAIL, True, True)


def test_a_disk_with_little_room_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where a small file system may be mounted it is full; elsewhere its room is called little."""
    with reachable_directory() as home, small_disk(home, MIB) as disk:
        if not os.path.ismount(disk.path):
            monkeypatch.setattr(health, "LITTLE_SPACE", float("inf"))
            assert health.check_data_directory(disk.path).level is Level.WARN
            return
        assert health.check_data_directory(disk.path).level is Level.FAIL
        disk.fill(0)
        full = health.check_data_directory(disk.path)
    assert (full.level, "No space left" in full.finding, "free space" in full.remedy) == (
        Level.FAIL,
        True,
        True,
    )


def test_the_lock_tells_who_holds_the_data(tmp_path: Path) -> None:
    assert "no flora has used" in health.check_lock(tmp_path).finding
    with open_data_directory(tmp_path):
        held = health.check_lock(tmp_path)
        assert held == Diagnosis("lock", Level.OK, f"held by flora, process {os.getpid()}")
        (tmp_path / LOCK_NAME).write_text("999999999\n")
        assert health.check_lock(tmp_path).level is Level.WARN
    assert health.check_lock(tmp_path).finding == "no flora is running on it"


def test_a_read_only_data_directory_is_named_and_refused() -> None:
    with reachable_directory() as home, small_disk(home, MIB) as disk:
        disk.make_read_only()
        found = health.check_data_directory(disk.path)
        with pytest.raises(DataDirectoryRefused, match="DATA_DIR"), open_data_directory(disk.path):
            pass
    assert (found.level, "DATA_DIR" in found.remedy) == (Level.FAIL, True)
