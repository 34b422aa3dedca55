"""Removing, a slice at a time, what has expired and what was deleted at once.

Graves come first, and what has expired only when there are none: they hold the disk space that a guild has
already been told is free. A sweep is a batch of its own (operations.Sweep), so it sees all rows and nothing that is
still in the air.
"""

from typing import TYPE_CHECKING, Final

from storage.kv.batch import GUILD_GRAVE, STORE_GRAVE, Batch
from storage.kv.environment import rows_below
from storage.kv.keys import NUMBER_BYTES
from storage.kv.limits import MIB
from storage.kv.operations import Swept
from storage.kv.records import StoreRow, entry_size, unpack_number

if TYPE_CHECKING:
    from storage.kv.environment import Databases
    from storage.kv.gathering import Walkable


_SLICE_BYTES: Final = 8 * MIB
"""A slice of large values ends before it has as many rows as it might; reading them is work too."""


def sweep(batch: Batch, rows: int) -> Swept:
    """Remove up to so many rows; `more` says that there may be others."""
    reclaimed = 0
    for grave, owner in rows_below(batch.transaction, batch.databases.graves, b""):
        if grave[:1] == GUILD_GRAVE:
            reclaimed += _split_guild(batch, grave, rows - reclaimed)
        else:
            reclaimed += _empty_store(batch, grave, owner, rows - reclaimed)
        if grave not in batch.changes.graves:  # this one is not done, so the slice is
            break
    if reclaimed or batch.changes.graves:
        return Swept(0, reclaimed, more=True)
    expired, more = _expire(batch, rows)
    return Swept(expired, 0, more)


def is_due(transaction: "Walkable", databases: "Databases", now_ms: int) -> bool:
    """Whether a sweep would find anything."""
    if next(rows_below(transaction, databases.graves, b""), None) is not None:
        return True
    first = next(rows_below(transaction, databases.expiry, b""), None)
    return first is not None and unpack_number(first[0]) <= now_ms


def _expire(batch: Batch, rows: int) -> tuple[int, bool]:
    expired = size = 0
    for moment, placed in rows_below(batch.transaction, batch.databases.expiry, b""):
        if unpack_number(moment) > batch.now_ms:
            break
        if expired >= rows or size >= _SLICE_BYTES:
            return expired, True
        if (record := batch.entry(placed)) is not None:
            batch.stage(placed, record, None)
            size += entry_size(placed, record)
            _uncount(batch, placed[:NUMBER_BYTES], entry_size(placed, record))
        expired += 1
    return expired, False


def _uncount(batch: Batch, number: bytes, size: int) -> None:
    """Take one entry off the counters of its store and its guild. There are no graves, so it has both."""
    store_key = batch.owner(number) or b""
    guild = batch.guild(batch.owner(store_key[:NUMBER_BYTES]) or b"")
    assert guild is not None
    store = batch.store(guild, store_key[NUMBER_BYTES:])
    assert store is not None
    store.count -= 1
    store.size -= size
    guild.size -= size


def _split_guild(batch: Batch, grave: bytes, rows: int) -> int:
    """Turn a deleted guild's stores into graves of their own; each is one row."""
    databases, changes, split = batch.databases, batch.changes, 0
    for key, row in rows_below(batch.transaction, databases.stores, grave[1:]):
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
    owner = batch.owner(guild_number)
    guild = batch.guild(owner) if owner is not None else None
    removed = size = 0
    for placed, record in rows_below(batch.transaction, batch.databases.entries, grave[1:]):
        if removed >= rows or size >= _SLICE_BYTES:
            return removed
        batch.stage(placed, record, None)
        removed += 1
        size += entry_size(placed, record)
        if guild is not None:  # a deleted guild counts nothing any more
            guild.size -= entry_size(placed, record)
    batch.changes.graves[grave] = None
    return removed
