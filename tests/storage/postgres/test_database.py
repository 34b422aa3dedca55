"""The pool: whole units of work, cancelled, refused, cut off and back."""

import gc
import os
import random
import signal
import warnings
from collections.abc import AsyncGenerator
from dataclasses import replace

import pytest
import trio

from storage.bridge import Bridge, open_bridge
from storage.confidential import ServerUrl
from storage.embedded import ServerUrls, open_own
from storage.embedded.directory import DataDirectory, open_data_directory
from storage.embedded.postgres import PostgresServer
from storage.errors import StorageError, StorageFailed, StorageUnavailable
from storage.limits import StorageLimits
from storage.postgres.connection import Connection
from storage.postgres.database import Database, open_database
from tests.storage.full_disk import MIB, small_disk
from tests.storage.servers import FAST, reachable_directory

ACCOUNTS = 8


async def make_accounts(connection: Connection) -> None:
    await connection.execute("CREATE TABLE account (id integer PRIMARY KEY, balance bigint NOT NULL)")
    await connection.execute("INSERT INTO account SELECT n, 1000 FROM generate_series(1, $1) n", ACCOUNTS)


async def transfer(connection: Connection, source: int, target: int) -> None:
    await connection.execute("UPDATE account SET balance = balance - 1 WHERE id = $1", min(source, target))
    await connection.execute("UPDATE account SET balance = balance + 1 WHERE id = $1", max(source, target))


async def sum_of_balances(connection: Connection) -> int:
    return int(await connection.fetchval("SELECT sum(balance) FROM account"))


async def open_transactions(connection: Connection) -> int:
    """Of others, in this database."""
    return int(
        await connection.fetchval(
            "SELECT count(*) FROM pg_stat_activity"
            " WHERE datname = current_database() AND pid <> pg_backend_pid() AND state <> 'idle'"
        )
    )


async def test_a_storm_of_cancellations_leaves_the_pool_whole(database: Database, urls: ServerUrls) -> None:
    """Transfers cancelled at random points or not: sums conserved, nothing open, every connection free."""
    transfers = 3_000 if str(urls.cache).startswith("unix") else 500
    chance = random.Random(4)
    await database.run(make_accounts)
    counts = {"done": 0, "cancelled": 0}
    left = iter(range(transfers))

    async def work() -> None:
        for _ in left:
            source, target = chance.sample(range(1, ACCOUNTS + 1), 2)
            with trio.CancelScope() as scope:
                if chance.random() < 0.3:
                    scope.deadline = trio.current_time() + chance.random() * 0.012
                await database.run(transfer, source, target)
            counts["cancelled" if scope.cancelled_caught else "done"] += 1

    async with trio.open_nursery() as nursery:
        for _ in range(8):
            nursery.start_soon(work)

    assert counts["cancelled"] > 0
    assert sum(counts.values()) == transfers
    assert await database.run(sum_of_balances) == 1000 * ACCOUNTS
    assert await database.run(open_transactions) == 0
    opened, idle = database.statistics()
    assert opened == idle


async def test_a_waiter_for_a_full_pool_is_told_within_its_bound(bridge: Bridge, database_url: ServerUrl) -> None:
    limits = StorageLimits(database_connections=1, acquire_wait=30)
    async with open_database(bridge, database_url, limits) as database, trio.open_nursery() as nursery:
        holding = trio.Event()

        async def hold(connection: Connection) -> None:
            holding.set()
            await connection.execute("SELECT pg_sleep(60)")

        async def occupy() -> None:
            with trio.CancelScope() as scope:
                scopes.append(scope)
                await database.run(hold)

        scopes: list[trio.CancelScope] = []
        nursery.start_soon(occupy)
        await holding.wait()
        database.limits = replace(limits, acquire_wait=0.3)
        with pytest.raises(StorageUnavailable):
            await database.run(open_transactions)
        scopes[0].cancel()
    assert database.statistics()[0] == 0


async def test_a_unit_that_takes_too_long_is_ended_and_rolled_back(bridge: Bridge, database_url: ServerUrl) -> None:
    async def dawdle(connection: Connection) -> None:
        await make_accounts(connection)
        await connection.execute("SELECT pg_sleep(60)")

    async def exists(connection: Connection) -> bool:
        return bool(await connection.fetchval("SELECT to_regclass('account') IS NOT NULL"))

    limits = StorageLimits(operation_wait=0.3)
    async with open_database(bridge, database_url, limits) as database:
        with pytest.raises(StorageUnavailable):
            await database.run(dawdle)
        database.limits = StorageLimits()
        assert not await database.run(exists)


async def test_an_error_in_a_unit_rolls_it_back_and_tells_no_data(database: Database) -> None:
    async def violate(connection: Connection) -> None:
        await make_accounts(connection)
        await connection.execute("INSERT INTO account VALUES (1, 4711)")

    with pytest.raises(StorageFailed, match="UniqueViolation") as failed:
        await database.run(violate)
    assert "4711" not in str(failed.value)
    assert failed.value.__suppress_context__
    assert await database.run(open_transactions) == 0


@pytest.fixture
async def own(limits: StorageLimits) -> AsyncGenerator[DataDirectory]:
    """A data directory for a server of the test's own, which it may kill."""
    with reachable_directory() as home, open_data_directory(home / "data") as data:
        yield data


async def test_a_database_that_goes_and_comes_back_is_used_again(
    own: DataDirectory, bridge: Bridge, limits: StorageLimits
) -> None:
    server = PostgresServer(own, FAST)
    impatient = replace(limits, acquire_wait=0.3)
    async with open_database(bridge, server.url, limits) as database:
        for _ in range(2):
            database.limits = impatient
            with pytest.raises(StorageUnavailable):
                await database.run(open_transactions)
            database.limits = limits
            async with open_own(server, own, limits):
                assert await database.run(open_transactions) == 0
        async with open_own(server, own, limits):
            assert await database.run(open_transactions) == 0
            opened, idle = database.statistics()
            assert opened == idle


async def test_a_killed_postgresql_is_restarted_and_callers_only_wait(own: DataDirectory, bridge: Bridge) -> None:
    """Every write that was acknowledged before the kill is there after it: with the real settings, not the
    fast ones."""
    server = PostgresServer(own)
    limits = StorageLimits(acquire_wait=30)
    async with open_own(server, own, limits), open_database(bridge, server.url, limits) as database:

        async def make(connection: Connection) -> None:
            await connection.execute("CREATE TABLE written (n integer PRIMARY KEY)")

        async def write(connection: Connection, number: int) -> None:
            await connection.execute("INSERT INTO written VALUES ($1)", number)

        async def read(connection: Connection) -> set[int]:
            return {row["n"] for row in await connection.fetch("SELECT n FROM written")}

        await database.run(make)
        acknowledged: set[int] = set()
        for number in range(60):
            if number % 20 == 10:
                pid = server.running_pid()
                assert pid is not None
                os.kill(pid, signal.SIGKILL)
            try:
                await database.run(write, number)
            except StorageError:
                continue
            acknowledged.add(number)
        assert len(acknowledged) >= 50
        assert acknowledged <= await database.run(read)


async def test_a_frozen_server_is_given_up_within_the_bound(
    own: DataDirectory, bridge: Bridge, limits: StorageLimits
) -> None:
    server = PostgresServer(own, FAST)
    impatient = replace(limits, acquire_wait=0.3, operation_wait=0.3)
    patient = replace(limits, operation_wait=3)  # for the rollback too, which a frozen server does not answer
    async with open_own(server, own, limits), open_database(bridge, server.url, patient) as database:

        async def backend(connection: Connection) -> int:
            return int(await connection.fetchval("SELECT pg_backend_pid()"))

        frozen = [await database.run(backend), server.running_pid() or 0]
        for pid in frozen:
            os.kill(pid, signal.SIGSTOP)
        database.limits = impatient
        try:
            with pytest.raises(StorageUnavailable):
                await database.run(backend)
        finally:
            for pid in frozen:
                os.kill(pid, signal.SIGCONT)
        database.limits = limits
        assert await database.run(backend) > 0


WRONG_DOORS = [
    ("p%40ss", "wrong"),
    ("/postgres?", "/no_such_database?"),
    ("127.0.0.1", "localhost"),  # not the name in the certificate
]


async def failure_of(url: ServerUrl) -> list[str]:
    """What is said when it is used; of the attempt itself nothing is kept."""
    limits = StorageLimits(acquire_wait=1)
    async with open_bridge() as bridge, open_database(bridge, url, limits) as database:
        try:
            await database.run(open_transactions)
        except StorageError as failed:
            return [str(failed), repr(failed), repr(database)]
    return []


async def test_a_url_that_does_not_open_is_said_without_its_password(by_url: ServerUrls) -> None:
    # The interpreter leaves the socket of a refused certificate to its garbage collector.
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", ResourceWarning)
        for right, wrong in WRONG_DOORS:
            url = ServerUrl(by_url.database.reveal().replace(right, wrong))
            said = await failure_of(url)
            assert said
            text = repr(url) + "".join(said)
            assert "p%40ss" not in text
            assert "p@ss" not in text
            assert "wrong" not in text
        gc.collect()


async def test_a_url_that_is_none_is_refused(bridge: Bridge, limits: StorageLimits) -> None:
    for text in ["mysql://user:hunter2@host/db", "postgresql://u:hunter2@host:port/x"]:
        with pytest.raises(StorageUnavailable, match="DATABASE_URL") as refused:
            async with open_database(bridge, ServerUrl(text), limits):
                pass
        assert "hunter2" not in str(refused.value)


async def test_a_full_disk_is_said_and_loses_nothing_acknowledged(
    bridge: Bridge,
) -> None:
    limits = StorageLimits(acquire_wait=30, database_connections=1)
    with (
        reachable_directory() as home,
        small_disk(home, 128 * MIB) as disk,
        open_data_directory(disk.path) as data,
    ):
        server = PostgresServer(data)
        async with open_own(server, data, limits), open_database(bridge, server.url, limits) as database:

            async def make(connection: Connection) -> int:
                await connection.execute("CREATE TABLE written (n integer PRIMARY KEY, filler text)")
                return int(await connection.fetchval("SELECT pg_backend_pid()"))

            async def write(connection: Connection, number: int) -> None:
                await connection.execute(
                    "INSERT INTO written SELECT $1::int, string_agg(md5(i::text || $1::int), '')"
                    " FROM generate_series(1, 8000) i",
                    number,
                )

            async def read(connection: Connection) -> set[int]:
                return {row["n"] for row in await connection.fetch("SELECT n FROM written")}

            writer = await database.run(make)
            disk.fill(writer)
            acknowledged: set[int] = set()
            with pytest.raises(StorageError):  # noqa: PT012 (which of them meets the end is not known)
                for number in range(1000):
                    await database.run(write, number)
                    acknowledged.add(number)
            disk.free(writer)
            assert acknowledged <= await database.run(read)
            await database.run(write, 1000)
            assert acknowledged | {1000} <= await database.run(read)
