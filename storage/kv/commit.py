"""An LMDB write transaction that gathers rows for a while, and the thread that begins and ends it.

LMDB's write lock belongs to the thread that took it, so one thread begins the transaction, waits, and commits or
aborts it when told. Between the two the transaction is the trio thread's alone: rows go in and are read there, at 2 us
a row. (A thread that placed them beside a busy trio thread would wait for the interpreter at each row: a hundred
rows took half a second that way.) While it commits, nobody may touch it.
"""

import threading
from typing import TYPE_CHECKING, Final

import trio

from storage.kv.batch import Changes
from storage.kv.environment import Databases, Environment, Rows

if TYPE_CHECKING:
    import lmdb
    import outcome

    from storage.kv.environment import Database

_BEGIN_SECONDS: Final = 30.0
"""Nobody else takes LMDB's write lock; should somebody all the same, then flora says so instead of hanging."""


class OpenTransaction:
    """A write transaction of this process, begun; `commit` or `abort` ends it."""

    def __init__(self, environment: Environment) -> None:
        self._environment = environment
        self._begun, self._told, self._ended = threading.Event(), threading.Event(), threading.Event()
        self._commits = False
        self._error: BaseException | None = None
        self._task: trio.lowlevel.Task | None = None
        self._token = trio.lowlevel.current_trio_token()
        self._transaction: lmdb.Transaction[memoryview] | None = None
        trio.lowlevel.start_thread_soon(self._work, self._deliver, "flora kv commit")
        if not self._begun.wait(_BEGIN_SECONDS):
            self._told.set()
            raise TimeoutError("Somebody else holds the write lock of the key-value data")
        if self._error is not None:
            raise self._error

    @property
    def transaction(self) -> "lmdb.Transaction[memoryview]":
        """To read and write through, on the trio thread."""
        assert self._transaction is not None
        assert not self._told.is_set()
        return self._transaction

    def place(self, changes: Changes) -> None:
        """Put the rows in; raises what LMDB raised, and then the transaction is good for nothing but `abort`."""
        place_changes(self.transaction, self._environment.databases, changes)

    async def commit(self) -> None:
        """Make what was placed durable, or none of it; raises what LMDB raised. Cannot be cancelled half-way."""
        self._task = trio.lowlevel.current_task()
        self._commits = True
        self._told.set()
        await trio.lowlevel.wait_task_rescheduled(lambda _raise_cancel: trio.lowlevel.Abort.FAILED)

    def abort(self) -> None:
        """Forget what was placed; nothing waits for a disk here."""
        if not self._told.is_set():
            self._told.set()
            self._ended.wait()

    def _work(self) -> None:
        try:
            transaction = self._transaction = self._environment.handle.begin(write=True, buffers=True)
            self._begun.set()
            self._told.wait()
            if self._commits:
                transaction.commit()
            else:
                transaction.abort()
        except BaseException as error:
            self._error = error
            raise
        finally:
            self._transaction = None
            self._begun.set()
            self._ended.set()

    def _deliver(self, result: "outcome.Outcome[None]") -> None:
        if self._task is not None:
            self._token.run_sync_soon(trio.lowlevel.reschedule, self._task, result)


def place_changes(transaction: "lmdb.Transaction[memoryview]", databases: Databases, changes: Changes) -> None:
    """Put the rows of a batch where they belong."""
    _place_rows(transaction, databases.entries, changes.entries)
    for (moment, placed), there in changes.expiry.items():
        if not there:
            transaction.delete(moment, placed, db=databases.expiry)
    added = [row for row, there in changes.expiry.items() if there]
    if added:
        transaction.cursor(databases.expiry).putmulti(added)
    _place_rows(transaction, databases.stores, changes.stores)
    _place_rows(transaction, databases.guilds, changes.guilds)
    _place_rows(transaction, databases.owners, changes.owners)
    _place_rows(transaction, databases.graves, changes.graves)
    _place_rows(transaction, databases.meta, changes.meta)


def _place_rows(transaction: "lmdb.Transaction[memoryview]", database: "Database", rows: Rows) -> None:
    puts = [(key, row) for key, row in rows.items() if row is not None]
    if puts:
        transaction.cursor(database).putmulti(puts)
    if len(puts) < len(rows):
        for key, row in rows.items():
            if row is None:
                transaction.delete(key, db=database)
