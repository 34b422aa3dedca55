"""SQLite in WAL with synchronous=FULL: a sync for each transaction."""

import sqlite3
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from pathlib import Path

import trio

_SET = "insert into kv values (?, ?) on conflict (key) do update set value = excluded.value"


class Sqlite:
    """One transaction for each set, each in a thread, as a careful trio program would do it; reads inline."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        self._limiter = trio.CapacityLimiter(1)

    async def set(self, key: str, value: str) -> None:
        """Durable when it returns."""
        await trio.to_thread.run_sync(self.write, [(key, value)], limiter=self._limiter)

    async def get(self, key: str) -> object:
        """The value."""
        await trio.lowlevel.checkpoint_if_cancelled()
        row = self._connection.execute("select value from kv where key = ?", (key,)).fetchone()
        return row[0] if row else None

    def write(self, rows: list[tuple[str, str]]) -> None:
        """One transaction."""
        with self._connection:
            self._connection.executemany(_SET, rows)


class GroupedSqlite(Sqlite):
    """All that wait share a transaction."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        super().__init__(connection)
        self._waiting: list[tuple[str, str]] = []
        self._tasks: list[trio.lowlevel.Task] = []
        self._something_to_do = trio.Event()

    async def set(self, key: str, value: str) -> None:
        """Durable when it returns."""
        self._waiting.append((key, value))
        self._tasks.append(trio.lowlevel.current_task())
        self._something_to_do.set()
        await trio.lowlevel.wait_task_rescheduled(lambda _raise: trio.lowlevel.Abort.FAILED)

    async def run_writer(self) -> None:
        """One transaction after another."""
        while True:
            await self._something_to_do.wait()
            self._something_to_do = trio.Event()
            rows, tasks = self._waiting, self._tasks
            self._waiting, self._tasks = [], []
            await trio.to_thread.run_sync(self.write, rows, limiter=self._limiter)
            for task in tasks:
                trio.lowlevel.reschedule(task)


def _connect(folder: Path) -> sqlite3.Connection:
    connection = sqlite3.connect(folder / "kv.sqlite", check_same_thread=False)
    connection.execute("pragma journal_mode=wal")
    connection.execute("pragma synchronous=full")
    connection.execute("create table kv (key text primary key, value text) without rowid")
    return connection


@asynccontextmanager
async def open_sqlite(folder: Path) -> AsyncGenerator[Sqlite]:
    """A database in the folder."""
    connection = _connect(folder)
    try:
        yield Sqlite(connection)
    finally:
        connection.close()


@asynccontextmanager
async def open_sqlite_grouped(folder: Path) -> AsyncGenerator[GroupedSqlite]:
    """A database in the folder, with a writer."""
    connection = _connect(folder)
    try:
        async with trio.open_nursery() as nursery:
            system = GroupedSqlite(connection)
            nursery.start_soon(system.run_writer)
            yield system
            nursery.cancel_scope.cancel()
    finally:
        connection.close()
