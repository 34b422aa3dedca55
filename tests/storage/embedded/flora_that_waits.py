"""A program for tests: flora's servers and, with a second argument, a writer that says each number once it is
committed."""

import signal
import sys
from itertools import count
from pathlib import Path

import trio

from storage.bridge import open_bridge
from storage.embedded import open_servers
from storage.embedded.directory import open_data_directory
from storage.errors import StorageError
from storage.limits import StorageLimits
from storage.postgres.connection import Connection
from storage.postgres.database import Database, open_database


async def make(connection: Connection) -> None:
    await connection.execute("CREATE TABLE IF NOT EXISTS written (n integer PRIMARY KEY, filler text NOT NULL)")
    await connection.execute("CREATE INDEX IF NOT EXISTS written_filler ON written (md5(filler))")
    await connection.execute("CREATE TABLE IF NOT EXISTS tally (one integer PRIMARY KEY, rows bigint NOT NULL)")
    await connection.execute("INSERT INTO tally VALUES (1, 0) ON CONFLICT DO NOTHING")


async def write(connection: Connection, number: int) -> None:
    """A row of some pages whose text says what it must be, and the counter of rows."""
    await connection.execute("INSERT INTO written VALUES ($1::int, repeat(md5($1::int::text), $1::int % 700))", number)
    await connection.execute("UPDATE tally SET rows = rows + 1")


async def write_on(database: Database, first: int) -> None:
    for number in count(first):
        try:
            await database.run(write, number)
        except StorageError:
            continue
        print(number, flush=True)  # noqa: T201 (what the test reads)


async def main(path: Path, first: int | None) -> None:
    limits = StorageLimits(acquire_wait=30)
    with open_data_directory(path) as data, trio.open_signal_receiver(signal.SIGTERM) as told:
        async with (
            open_servers(data, limits) as urls,
            open_bridge() as bridge,
            open_database(bridge, urls.database, limits) as database,
            trio.open_nursery() as nursery,
        ):
            if first is not None:
                await database.run(make)
                nursery.start_soon(write_on, database, first)
            print("ready", flush=True)  # noqa: T201
            async for _ in told:
                break
            nursery.cancel_scope.cancel()


trio.run(main, Path(sys.argv[1]), int(sys.argv[2]) if len(sys.argv) > 2 else None)
