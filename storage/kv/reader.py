"""Reading, on the trio thread: a look into LMDB's map costs microseconds, a thread would cost hundreds.

Each function takes one consistent view and lets go of it before it returns; what could take long is cut into
slices by the callers (store.py). What looks at single keys may be called at any moment; what walks over rows only
after `Gathering.until_walkable`. Expired entries are invisible whether or not they were swept.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from storage.kv.environment import find_row, rows_below
from storage.kv.errors import AnswerTooLarge
from storage.kv.gathering import Gathering
from storage.kv.keys import NUMBER_BYTES, place
from storage.kv.limits import KvLimits
from storage.kv.listing import Span
from storage.kv.records import (
    Entry,
    GuildRow,
    KeyInfo,
    StoreRow,
    describe_entry,
    entry_expiry,
    entry_key,
    unpack_entry,
    unpack_number,
    without_value,
)

if TYPE_CHECKING:
    import lmdb

    from storage.kv.gathering import Walkable

    AnyCursor = lmdb.Cursor[bytes] | lmdb.Cursor[memoryview]


@dataclass(frozen=True, slots=True)
class StoreInfo:
    """A store's name and what it holds; expired entries count until they are swept."""

    name: str
    count: int
    size: int


@dataclass(frozen=True, slots=True)
class GuildUsage:
    """What a guild is charged for; deleted data counts until it is swept."""

    size: int = 0
    epoch: int = 0


class Reader:
    """Every question that does not change anything."""

    def __init__(self, gathering: Gathering, limits: KvLimits, now_ms: Callable[[], int]) -> None:
        self._environment = gathering.environment
        self._gathering = gathering
        self._databases = gathering.environment.databases
        self._limits = limits
        self._now_ms = now_ms

    def get(self, guild: bytes, store: bytes, key: bytes) -> Entry | None:
        """One entry."""
        with self._environment.handle.begin() as transaction:
            row = self._store(transaction, guild, store)
            if row is None:
                return None
            placed = place(row.number, key)
            record = find_row(self._gathering.rows.entries, transaction, self._databases.entries, placed)
        if record is None or self._is_expired(record):
            return None
        return unpack_entry(placed, record)

    def get_many(self, guild: bytes, store: bytes, keys: Sequence[bytes]) -> list[Entry | None]:
        """Entries in the order of the keys, all of one moment."""
        entries: list[Entry | None] = []
        room, recent = self._limits.read_bytes, self._gathering.rows.entries
        with self._environment.read() as transaction:
            row = self._store(transaction, guild, store)
            for key in keys:
                placed = place(row.number, key) if row else b""
                record = find_row(recent, transaction, self._databases.entries, placed) if row else None
                if record is None or self._is_expired(record):
                    entries.append(None)
                    continue
                room -= len(record)
                if room < 0:
                    raise AnswerTooLarge(f"These keys hold more than {self._limits.read_bytes} bytes; ask for fewer")
                entries.append(unpack_entry(placed, record))
        return entries

    def slice(self, guild: bytes, store: bytes, span: Span, rows: int) -> tuple[list[KeyInfo], bytes | None]:
        """Live entries among the next so many rows, and the key to go on after; None at the end."""
        entries: list[KeyInfo] = []
        with self._gathering.walk() as view:
            row = self._store(view, guild, store)
            if row is None:
                return entries, None
            for looked_at, (placed, record) in enumerate(self._walk(view, row.number, span), 1):
                key = entry_key(placed, record)
                if not span.holds(key):
                    return entries, None
                if not self._is_expired(record):
                    entries.append(describe_entry(placed, record))
                if looked_at >= rows:
                    return entries, key
        return entries, None

    def stores(self, guild: bytes) -> list[StoreInfo]:
        """The guild's stores by name."""
        with self._gathering.walk() as transaction:
            row = self._guild(transaction, guild)
            return list(self._stores(transaction, row)) if row else []

    def usage(self, guild: bytes) -> GuildUsage:
        """What the guild is charged for."""
        with self._environment.read() as transaction:
            row = self._guild(transaction, guild)
            return GuildUsage(row.size, row.epoch) if row else GuildUsage()

    def count(self, guild: bytes, store: bytes, most: int) -> int | None:
        """Live entries; None if more than `most` are due, and would have to be looked at."""
        with self._gathering.walk() as transaction:
            row = self._store(transaction, guild, store)
            return self._count_live(transaction, row, most) if row else 0

    def count_committed(self, guild: bytes, store: bytes) -> int:
        """Live entries as of the last commit, however much is due; for a thread."""
        with self._environment.read() as transaction:
            guild_row = transaction.get(guild, b"", db=self._databases.guilds)
            row = transaction.get(guild_row[:NUMBER_BYTES] + store, db=self._databases.stores) if guild_row else None
            count = self._count_live(transaction, StoreRow.unpack(row), None) if row else 0
        assert count is not None
        return count

    def _count_live(self, transaction: "Walkable", row: StoreRow, most: int | None) -> int | None:
        """The counter, less what expired and is not swept."""
        now_ms, count = self._now_ms(), row.count
        for looked_at, (moment, placed) in enumerate(rows_below(transaction, self._databases.expiry, b"")):
            if unpack_number(moment) > now_ms:
                break
            if most is not None and looked_at >= most:
                return None
            count -= placed.startswith(row.number)
        return count

    def _walk(self, transaction: "Walkable", number: bytes, span: Span) -> Iterator[tuple[bytes, bytes]]:
        """Rows of the store, without values, in the span's direction, from where it was left."""
        with transaction.cursor(self._databases.entries) as cursor:
            begin = _begin_backward if span.reverse else _begin_forward
            step = cursor.prev if span.reverse else cursor.next
            found = begin(cursor, number, span)
            while found and (placed := bytes(cursor.key()))[:NUMBER_BYTES] == number:
                yield placed, without_value(memoryview(cursor.value()))
                found = step()

    def _guild(self, transaction: "Walkable", guild: bytes) -> GuildRow | None:
        row = find_row(self._gathering.rows.guilds, transaction, self._databases.guilds, guild)
        return GuildRow.unpack(row) if row else None

    def _store(self, transaction: "Walkable", guild: bytes, store: bytes) -> StoreRow | None:
        recent = self._gathering.rows
        guild_row = find_row(recent.guilds, transaction, self._databases.guilds, guild)
        if guild_row is None:
            return None
        row = find_row(recent.stores, transaction, self._databases.stores, guild_row[:NUMBER_BYTES] + store)
        return StoreRow.unpack(row) if row else None

    def _stores(self, transaction: "Walkable", guild: GuildRow) -> Iterator[StoreInfo]:
        for key, row in rows_below(transaction, self._databases.stores, guild.number):
            store = StoreRow.unpack(row)
            yield StoreInfo(key[NUMBER_BYTES:].decode(), store.count, store.size)

    def _is_expired(self, record: bytes) -> bool:
        return 0 < entry_expiry(record) <= self._now_ms()


def _begin_forward(cursor: "AnyCursor", number: bytes, span: Span) -> bool:
    if span.after is None:
        return cursor.set_range(place(number, span.first))
    target = place(number, span.after)
    found = cursor.set_range(target)
    return cursor.next() if found and bytes(cursor.key()) == target else found


def _begin_backward(cursor: "AnyCursor", number: bytes, span: Span) -> bool:
    limit = span.after if span.after is not None else span.end
    if limit is not None and limit <= span.last:
        found = cursor.set_range(place(number, limit))
        return cursor.prev() if found else cursor.last()
    target = place(number, span.last)
    found = cursor.set_range(target)
    if found and bytes(cursor.key()) == target:
        return True
    return cursor.prev() if found else cursor.last()
