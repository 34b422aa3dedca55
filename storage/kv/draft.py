"""What a transaction would change: beside its batch until all of it turned out to be allowed."""

from storage.kv.batch import Batch, growth
from storage.kv.keys import place
from storage.kv.records import GuildRow, StoreRow, pack_number


class Draft:
    """What a transaction would change; merged into the batch when all of it turned out to be allowed."""

    def __init__(self, batch: Batch, guild: GuildRow) -> None:
        self._batch = batch
        self._guild = guild
        self._entries: dict[bytes, bytes | None] = {}
        self._growth: dict[bytes, tuple[StoreRow, int, int]] = {}

    def find(self, guild: GuildRow, store: bytes, key: bytes) -> bytes | None:
        """The record of a key that exists and has not expired."""
        row = self._batch.store(guild, store)
        return self._batch.alive(self._entry(place(row.number, key))) if row else None

    def write(self, guild: GuildRow, store: bytes, key: bytes, body: bytes) -> int:
        """Store a record under a key; answers its version."""
        row = self._batch.store_for_writing(guild, store)
        placed = place(row.number, key)
        version = self._batch.next_number()
        self._replace(row, placed, pack_number(version) + body)
        return version

    def remove(self, guild: GuildRow, store: bytes, key: bytes) -> bool:
        """Remove a key; answers whether it existed."""
        row = self._batch.store(guild, store)
        placed = place(row.number, key) if row else b""
        record = self._entry(placed) if row else None
        if row is None or record is None:
            return False
        self._replace(row, placed, None)
        return self._batch.alive(record) is not None

    def accept(self) -> None:
        """Check the quotas, then make it part of the batch; raises without having changed anything."""
        total = 0
        for row, _count, size in self._growth.values():
            total += size
            self._batch.check_store_quota(row, size)
        self._batch.check_guild_quota(self._guild, total)
        self._guild.size += total
        for row, count, size in self._growth.values():
            row.count += count
            row.size += size
        for placed, record in self._entries.items():
            self._batch.stage(placed, self._batch.entry(placed), record)

    def _entry(self, placed: bytes) -> bytes | None:
        return self._entries[placed] if placed in self._entries else self._batch.entry(placed)

    def _replace(self, row: StoreRow, placed: bytes, record: bytes | None) -> None:
        before = self._entry(placed)
        count = (record is not None) - (before is not None)
        size = growth(placed, before, record)
        _row, counted, sized = self._growth.get(row.number, (row, 0, 0))
        self._growth[row.number] = (row, counted + count, sized + size)
        self._entries[placed] = record
