"""Removing, a slice at a time, what has expired and what was deleted at once.

Graves come first: they hold the disk space that a guild has already been told is free. A sweep is a commit of
its own (operations.Sweep), so it sees the committed rows and nothing that is still in the air.
"""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from storage.kv.batch import GUILD_GRAVE, STORE_GRAVE, Batch
from storage.kv.keys import NUMBER_BYTES
from storage.kv.operations import Swept
from storage.kv.records import StoreRow, entry_size, unpack_number

if TYPE_CHECKING:
    import lmdb

    from storage.kv.environment import Database, Databases


def sweep(batch: Batch, rows: int) -> Swept:
    """Remove up to so many rows; `more` says that there may be others."""
    reclaimed = 0
    for grave, owner in _rows(batch.transaction, batch.databases.graves, b""):
        if grave[:1] == GUILD_GRAVE:
            reclaimed += _split_guild(batch, grave, rows - reclaimed)
        else:
            reclaimed += _empty_store(batch, grave, owner, rows - reclaimed)
        if reclaimed >= rows:
            return Swept(0, reclaimed, more=True)
    expired = _expire(batch, rows - reclaimed)
    # A guild's grave has become graves of stores, and those are seen once this is committed.
    split = any(grave[:1] == STORE_GRAVE and row is not None for grave, row in batch.changes.graves.items())
    return Swept(expired, reclaimed, more=split or expired + reclaimed >= rows)


def is_due(transaction: "lmdb.Transaction[bytes]", databases: "Databases", now_ms: int) -> bool:
    """Whether a sweep would find anything."""
    if next(_rows(transaction, databases.graves, b""), None) is not None:
        return True
    first = next(_rows(transaction, databases.expiry, b""), None)
    return first is not None and unpack_number(first[0]) <= now_ms


def _expire(batch: Batch, rows: int) -> int:
    expired = 0
    for moment, placed in _rows(batch.transaction, batch.databases.expiry, b""):
        if expired >= rows or unpack_number(moment) > batch.now_ms:
            break
        record = batch.entry(placed)
        if record is not None:
            batch.forget(placed, record)
            _uncount(batch, placed[:NUMBER_BYTES], entry_size(placed, record))
        expired += 1
    return expired


def _uncount(batch: Batch, number: bytes, size: int) -> None:
    """Take one entry off the counters of the store with this number, and of its guild."""
    owner = batch.transaction.get(number, db=batch.databases.owners)
    if owner is None:  # the store was cleared; its guild still counts what is left of it
        owner = batch.transaction.get(STORE_GRAVE + number, b"", db=batch.databases.graves)
    elif (guild := _guild_key(batch, owner[:NUMBER_BYTES])) is not None and (
        row := batch.guild(guild)
    ) is not None:
        store = batch.store(row, owner[NUMBER_BYTES:])
        assert store is not None
        store.count -= 1
        store.size -= size
    _unburden(batch, owner[:NUMBER_BYTES], size)


def _unburden(batch: Batch, guild_number: bytes, size: int) -> None:
    guild = _guild_key(batch, guild_number)
    row = batch.guild(guild) if guild is not None else None
    if row is not None:
        row.size -= size


def _guild_key(batch: Batch, number: bytes) -> bytes | None:
    return batch.transaction.get(number, db=batch.databases.owners)


def _split_guild(batch: Batch, grave: bytes, rows: int) -> int:
    """Turn a deleted guild's stores into graves of their own; each is one row."""
    databases, changes, split = batch.databases, batch.changes, 0
    for key, row in _rows(batch.transaction, databases.stores, grave[1:]):
        if split >= rows:
            return split
        number = StoreRow.unpack(row).number
        changes.stores[key] = None
        changes.owners[number] = None
        changes.graves[STORE_GRAVE + number] = grave[1:]
        split += 1
    changes.graves[grave] = None
    return split


def _empty_store(batch: Batch, grave: bytes, guild_number: bytes, rows: int) -> int:
    """Remove a cleared store's entries, and the grave with the last of them."""
    removed = 0
    for placed, record in _rows(batch.transaction, batch.databases.entries, grave[1:]):
        if removed >= rows:
            return removed
        batch.forget(placed, record)
        _unburden(batch, guild_number, entry_size(placed, record))
        removed += 1
    batch.changes.graves[grave] = None
    return removed


def _rows(
    transaction: "lmdb.Transaction[bytes]", database: "Database", prefix: bytes
) -> Iterator[tuple[bytes, bytes]]:
    with transaction.cursor(database) as cursor:
        found = cursor.set_range(prefix) if prefix else cursor.first()
        while found and cursor.key().startswith(prefix):
            yield cursor.item()
            found = cursor.next()
