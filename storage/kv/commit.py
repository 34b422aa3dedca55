"""One commit: rows into LMDB with the interpreter held still, then to disk in a thread while trio goes on.

LMDB wants a write transaction begun and committed by one thread, and syncing may take long: so, a thread.
But py-lmdb lets go of the interpreter lock at every row, and a busy trio thread gives it back only after a
switch interval (5 ms): a hundred rows took half a second that way. So the trio thread stands still while the
rows go in (2 us each; the same work inline would cost it as much), and is free again for the sync, which is
where the time goes.
"""

import threading
from typing import TYPE_CHECKING, Final

import trio

from storage.kv.batch import Changes, Rows
from storage.kv.environment import Environment

if TYPE_CHECKING:
    import lmdb
    import outcome

    from storage.kv.environment import Database

_PATIENCE_SECONDS: Final = 0.05
"""Should the rows take longer (pages that have to come from a slow disk), trio goes on beside them."""


async def commit(environment: Environment, changes: Changes) -> None:
    """Make the changes durable, or none of them; raises what LMDB raised. Cannot be cancelled half-way."""
    task, token = trio.lowlevel.current_task(), trio.lowlevel.current_trio_token()
    placed = threading.Event()

    def work() -> None:
        try:
            with environment.handle.begin(write=True) as transaction:
                _place(transaction, environment, changes)
                placed.set()
        finally:
            placed.set()

    def deliver(result: "outcome.Outcome[None]") -> None:
        token.run_sync_soon(trio.lowlevel.reschedule, task, result)

    trio.lowlevel.start_thread_soon(work, deliver, "flora kv commit")
    placed.wait(_PATIENCE_SECONDS)
    await trio.lowlevel.wait_task_rescheduled(lambda _raise_cancel: trio.lowlevel.Abort.FAILED)


def _place(transaction: "lmdb.Transaction[bytes]", environment: Environment, changes: Changes) -> None:
    databases = environment.databases
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


def _place_rows(transaction: "lmdb.Transaction[bytes]", database: "Database", rows: Rows) -> None:
    puts = [(key, row) for key, row in rows.items() if row is not None]
    if puts:
        transaction.cursor(database).putmulti(puts)
    for key, row in rows.items():
        if row is None:
            transaction.delete(key, db=database)
