"""What one commit will change, decided before anything is written.

The writer is the only one who changes the data, so the last committed state, seen through a read transaction,
is the truth on which the next commit may be decided. Deciding happens on the trio thread, in memory; the
commit's thread then only carries bytes to LMDB. That keeps the thread out of Python (a busy trio thread would
make it wait for the interpreter at every row), and means that an operation which is refused has changed
nothing that would have to be undone, and its neighbours never notice. A transaction gathers in a `Draft` (draft.py).
"""

from typing import TYPE_CHECKING, Any, Final

import msgspec

from storage.kv.environment import SEQUENCE_KEY, Databases, Rows, find_row
from storage.kv.errors import GuildQuotaExceeded, StaleEpoch, StoreQuotaExceeded
from storage.kv.keys import place
from storage.kv.limits import KvLimits
from storage.kv.records import (
    GuildRow,
    StoreRow,
    entry_expiry,
    entry_size,
    pack_number,
    unpack_number,
)

if TYPE_CHECKING:
    import lmdb

GUILD_GRAVE: Final = b"g"
STORE_GRAVE: Final = b"s"


class Changes(msgspec.Struct, array_like=True):
    """The rows of one commit, by database, ready to be written without a further thought."""

    guilds: Rows = msgspec.field(default_factory=dict)
    stores: Rows = msgspec.field(default_factory=dict)
    owners: Rows = msgspec.field(default_factory=dict)
    entries: Rows = msgspec.field(default_factory=dict)
    graves: Rows = msgspec.field(default_factory=dict)
    meta: Rows = msgspec.field(default_factory=dict)
    expiry: dict[tuple[bytes, bytes], bool] = msgspec.field(default_factory=dict)
    """Moment and entry: whether the row is to be there."""


class Batch:
    """The state as it will be: what LMDB committed, over it the `recent` rows, and over them what was decided."""

    def __init__(self, databases: Databases, recent: Changes, limits: KvLimits, now_ms: int) -> None:
        self.databases = databases
        self.recent = recent
        self.limits = limits
        self.now_ms = now_ms
        self.changes = Changes()
        self._guilds: dict[bytes, GuildRow | None] = {}
        self._stores: dict[bytes, StoreRow | None] = {}
        self.sequence = -1
        self.transaction: lmdb.Transaction[Any]

    def look(self, transaction: "lmdb.Transaction[Any]") -> None:
        """Read the state through this transaction; nothing was committed since the last one."""
        self.transaction = transaction
        if self.sequence < 0:
            stored = find_row(self.recent.meta, transaction, self.databases.meta, SEQUENCE_KEY)
            self.sequence = unpack_number(stored) if stored else 0

    def next_number(self) -> int:
        """A number that was never used before, for a version or for a place."""
        assert self.sequence >= 0, "look first: a number used twice would break compare-and-set"
        self.sequence += 1
        return self.sequence

    def guild(self, guild: bytes) -> GuildRow | None:
        """The guild's row, if it has data."""
        if guild not in self._guilds:
            row = find_row(self.recent.guilds, self.transaction, self.databases.guilds, guild)
            self._guilds[guild] = GuildRow.unpack(row) if row else None
        return self._guilds[guild]

    def guild_for_writing(self, guild: bytes) -> GuildRow:
        """The guild's row; a new one with a number of its own, if it has no data."""
        row = self.guild(guild)
        if row is None:
            row = self._guilds[guild] = GuildRow(pack_number(self.next_number()))
            self.changes.owners[row.number] = guild
        return row

    def drop_guild(self, guild: bytes) -> None:
        """The guild has no data any more; what stands under its number is swept later."""
        row = self.guild(guild)
        if row is not None:
            self.changes.graves[GUILD_GRAVE + row.number] = b""
            self.changes.owners[row.number] = None
            self._guilds[guild] = None

    def move_guild(self, source: bytes, target: bytes) -> None:
        """The target has what the source had; the epoch is the target's."""
        row = self.guild(source)
        before = self.guild(target)
        self.drop_guild(target)
        self._guilds[source] = None
        epoch = before.epoch if before else 0
        if row is not None:
            row.epoch = epoch
            self._guilds[target] = row
            self.changes.owners[row.number] = target
        elif epoch:
            self.guild_for_writing(target).epoch = epoch

    def store(self, guild: GuildRow, name: bytes) -> StoreRow | None:
        """The store's row, if it has entries."""
        key = guild.number + name
        if key not in self._stores:
            row = find_row(self.recent.stores, self.transaction, self.databases.stores, key)
            self._stores[key] = StoreRow.unpack(row) if row else None
        return self._stores[key]

    def store_for_writing(self, guild: GuildRow, name: bytes) -> StoreRow:
        """The store's row; a new one with a number of its own, if it has no entries."""
        row = self.store(guild, name)
        if row is None:
            row = self._stores[guild.number + name] = StoreRow(pack_number(self.next_number()))
            self.changes.owners[row.number] = guild.number + name
        return row

    def drop_store(self, guild: GuildRow, name: bytes) -> None:
        """The store is empty at once; its entries count to the guild until they are swept."""
        row = self.store(guild, name)
        if row is not None:
            self.changes.graves[STORE_GRAVE + row.number] = guild.number
            self.changes.owners[row.number] = None
            self._stores[guild.number + name] = None

    def entry(self, placed: bytes) -> bytes | None:
        """An entry's record, expired or not."""
        decided, recent = self.changes.entries, self.recent.entries
        if placed in decided:
            return decided[placed]
        if placed in recent:  # as `find_row`; every write comes here
            return recent[placed]
        row: bytes | memoryview | None = self.transaction.get(placed, db=self.databases.entries)
        return bytes(row) if row is not None else None

    @property
    def some_expire(self) -> bool:
        """Whether an entry that is not in LMDB yet may expire: each that does has been in the index."""
        return bool(self.recent.expiry or self.changes.expiry)

    def owner(self, number: bytes) -> bytes | None:
        """Whose number this is."""
        return find_row(self.recent.owners, self.transaction, self.databases.owners, number)

    def alive(self, record: bytes | None) -> bytes | None:
        """The record, unless it has expired."""
        if record is not None and 0 < entry_expiry(record) <= self.now_ms:
            return None
        return record

    def find(self, guild: GuildRow, store: bytes, key: bytes) -> bytes | None:
        """The record of a key that exists and has not expired."""
        row = self.store(guild, store)
        return self.alive(self.entry(place(row.number, key))) if row else None

    def write(self, guild: GuildRow, store: bytes, key: bytes, body: bytes) -> int:
        """Store a record under a key; answers its version, or raises without having changed anything."""
        row = self.store_for_writing(guild, store)
        placed = place(row.number, key)
        before = self.entry(placed)
        version = self.next_number()
        record = pack_number(version) + body
        self._grow(guild, row, growth(placed, before, record))
        row.count += before is None
        self.stage(placed, before, record)
        return version

    def may_grow(self, guild: GuildRow, row: StoreRow, size: int) -> bool:
        """Count so many bytes more, or fewer, unless a quota says no."""
        try:
            self._grow(guild, row, size)
        except (StoreQuotaExceeded, GuildQuotaExceeded):
            return False
        return True

    def _grow(self, guild: GuildRow, row: StoreRow, size: int) -> None:
        self.check_store_quota(row, size)
        self.check_guild_quota(guild, size)
        row.size += size
        guild.size += size

    def remove(self, guild: GuildRow, store: bytes, key: bytes) -> bool:
        """Remove a key; answers whether it existed."""
        row = self.store(guild, store)
        placed = place(row.number, key) if row else b""
        record = self.entry(placed) if row else None
        if row is None or record is None:
            return False
        size = entry_size(placed, record)
        row.count -= 1
        row.size -= size
        guild.size -= size
        self.stage(placed, record, None)
        return self.alive(record) is not None

    def stage(self, placed: bytes, before: bytes | None, record: bytes | None) -> None:
        """Put one record in another's place, and keep the expiry index with it."""
        if before is not None and (moment := entry_expiry(before)):
            self.changes.expiry[pack_number(moment), placed] = False
        if record is not None and (moment := entry_expiry(record)):
            self.changes.expiry[pack_number(moment), placed] = True
        self.changes.entries[placed] = record

    def check_store_quota(self, row: StoreRow, size: int) -> None:
        """Raise if the store may not grow by so much; shrinking is always allowed."""
        most = self.limits.store_bytes
        if size > 0 and row.size + size > most:
            raise StoreQuotaExceeded(f"The store would hold {row.size + size} bytes, more than {most}")

    def check_guild_quota(self, row: GuildRow, size: int) -> None:
        """Raise if the guild may not grow by so much; shrinking is always allowed."""
        most = self.limits.guild_bytes
        if size > 0 and row.size + size > most:
            raise GuildQuotaExceeded(f"The guild would hold {row.size + size} bytes, more than {most}")

    def finish(self) -> Changes:
        """Everything to write, the counters last: an empty store or guild leaves no row behind."""
        changes = self.changes
        for guild, guild_row in self._guilds.items():
            keep = guild_row is not None and (guild_row.size > 0 or guild_row.epoch > 0)
            changes.guilds[guild] = guild_row.pack() if keep and guild_row else None
            if guild_row is not None and not keep:
                changes.owners[guild_row.number] = None
        for store, store_row in self._stores.items():
            keep = store_row is not None and store_row.count > 0
            changes.stores[store] = store_row.pack() if keep and store_row else None
            if store_row is not None and not keep:
                changes.owners[store_row.number] = None
        if self.sequence >= 0:
            changes.meta[SEQUENCE_KEY] = pack_number(self.sequence)
        return changes


def growth(placed: bytes, before: bytes | None, record: bytes | None) -> int:
    """Bytes charged beyond what was charged before."""
    if before is not None and record is not None:
        return len(record) - len(before)
    return (entry_size(placed, record) if record else 0) - (entry_size(placed, before) if before else 0)


def compare_epoch(row: GuildRow, epoch: int) -> None:
    """The one place where a write says under whose lease it was made (DESIGN.md D11); the newest wins."""
    if epoch < row.epoch:
        raise StaleEpoch(f"This guild was taken over in epoch {row.epoch}; the write is of epoch {epoch}")
    row.epoch = epoch
