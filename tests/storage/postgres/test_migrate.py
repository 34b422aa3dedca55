"""Migrations: once each, whole or not at all, and only in order."""

from collections.abc import AsyncGenerator
from contextlib import AsyncExitStack
from pathlib import Path

import pytest
import trio

from storage.bridge import Bridge
from storage.confidential import ServerUrl
from storage.embedded import ServerUrls
from storage.errors import MigrationRefused, StorageError
from storage.limits import StorageLimits
from storage.postgres.connection import Connection
from storage.postgres.database import Database, open_database
from storage.postgres.migrate import read_migrations
from tests.storage.conftest import fresh_database

ONE = "CREATE TABLE one (n integer); INSERT INTO one VALUES (1);"
TWO = "INSERT INTO one VALUES (2);"


@pytest.fixture
async def empty_url(bridge: Bridge, embedded: ServerUrls, limits: StorageLimits) -> ServerUrl:
    return await fresh_database(bridge, embedded.database, limits, migrated=False)


@pytest.fixture
async def empty(bridge: Bridge, empty_url: ServerUrl, limits: StorageLimits) -> AsyncGenerator[Database]:
    async with open_database(bridge, empty_url, limits) as database:
        yield database


@pytest.fixture
def directory(tmp_path: Path) -> Path:
    (tmp_path / "0001_one.sql").write_text(ONE)
    (tmp_path / "0002_two.sql").write_text(TWO)
    return tmp_path


async def numbers(connection: Connection) -> list[int]:
    return [row["n"] for row in await connection.fetch("SELECT n FROM one ORDER BY n")]


async def test_five_daemons_that_start_together_apply_each_file_once(
    bridge: Bridge, empty_url: ServerUrl, limits: StorageLimits, directory: Path
) -> None:
    applied: list[str] = []

    async def start(database: Database) -> None:
        applied.extend(await database.migrate(directory))

    async with AsyncExitStack() as stack:
        daemons = [await stack.enter_async_context(open_database(bridge, empty_url, limits)) for _ in range(5)]
        async with trio.open_nursery() as nursery:
            for daemon in daemons:
                nursery.start_soon(start, daemon)
        assert sorted(applied) == ["0001_one.sql", "0002_two.sql"]
        assert await daemons[0].run(numbers) == [1, 2]


async def test_a_file_that_fails_leaves_nothing_of_itself(empty: Database, directory: Path) -> None:
    (directory / "0003_bad.sql").write_text("INSERT INTO one VALUES (3); SELECT 1 / 0;")

    with pytest.raises(StorageError):
        await empty.migrate(directory)

    assert await empty.run(numbers) == [1, 2]
    (directory / "0003_bad.sql").write_text("INSERT INTO one VALUES (3);")
    assert await empty.migrate(directory) == ["0003_bad.sql"]


async def test_a_file_that_was_changed_after_it_ran_is_refused(empty: Database, directory: Path) -> None:
    await empty.migrate(directory)
    (directory / "0001_one.sql").write_text(ONE + " ")
    with pytest.raises(MigrationRefused, match=r"0001_one\.sql was changed"):
        await empty.migrate(directory)


async def test_a_file_older_than_the_newest_applied_is_refused(empty: Database, directory: Path) -> None:
    (directory / "0002_two.sql").rename(directory / "0004_two.sql")
    await empty.migrate(directory)
    (directory / "0003_late.sql").write_text("SELECT 1")
    with pytest.raises(MigrationRefused, match=r"0003_late\.sql is older"):
        await empty.migrate(directory)


async def test_a_database_of_a_newer_flora_is_refused(empty: Database, directory: Path) -> None:
    await empty.migrate(directory)
    (directory / "0002_two.sql").unlink()
    with pytest.raises(MigrationRefused, match=r"0002_two\.sql, which this flora does not know"):
        await empty.migrate(directory)


def test_files_with_the_same_number_or_without_one_are_refused(directory: Path) -> None:
    (directory / "0002_again.sql").write_text("")
    with pytest.raises(MigrationRefused, match="same number"):
        read_migrations(directory)
    (directory / "0002_again.sql").rename(directory / "two.sql")
    with pytest.raises(MigrationRefused, match="not named like"):
        read_migrations(directory)


async def test_the_real_migrations_are_complete(empty: Database) -> None:
    applied = await empty.migrate()
    assert applied == [migration.name for migration in read_migrations()]
    assert await empty.migrate() == []
