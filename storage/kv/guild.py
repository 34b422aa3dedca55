"""A guild's stores as its scripts see them: one method for each thing that can be asked, over any port.

Expected ends are returned (`Written | Mismatch`), refusals are raised (errors.py).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeVar, cast

from storage.kv.errors import KvError
from storage.kv.listing import Listing, Page
from storage.kv.operations import (
    ABSENT,
    ANY_VERSION,
    Check,
    Cleared,
    Committed,
    Deleted,
    Incremented,
    Mismatch,
    Mutation,
    Operation,
    Outcome,
    Written,
)
from storage.kv.port import KeyValuePort, Pending, SetPlain
from storage.kv.reader import GuildUsage, StoreInfo
from storage.kv.records import Entry

_Result = TypeVar("_Result", bound=Outcome)


def expect(outcome: Outcome, *expected: type[_Result]) -> _Result:
    """An operation's end as its method promises it; raises when it was refused."""
    if isinstance(outcome, KvError):
        raise outcome
    assert isinstance(outcome, expected)
    return outcome


@dataclass(frozen=True, slots=True)
class GuildView:
    """All that one guild has; nothing of another guild can be reached from here."""

    port: KeyValuePort
    guild: int
    epoch: int = 0

    def store(self, name: str) -> "StoreView":
        """A store by name; it exists as soon as something is written to it."""
        return StoreView(self, name)

    async def write(self, operations: Sequence[Operation]) -> list[Outcome]:
        """Many operations in one go, each with its own end; made with `port.operations`."""
        return await self.port.write(self.guild, operations, epoch=self.epoch)

    async def transact(self, checks: Sequence[Check], mutations: Sequence[Mutation]) -> Committed | Mismatch:
        """All mutations or, when a check fails, none."""
        operation = self.port.operations.transaction(checks, mutations)
        return await self.one(operation, Committed, Mismatch)

    async def stores(self) -> list[StoreInfo]:
        """Stores by name, with how much is in them."""
        return await self.port.stores(self.guild)

    async def usage(self) -> GuildUsage:
        """What counts towards the guild's quota."""
        return await self.port.usage(self.guild)

    async def one(self, operation: Operation, *expected: type[_Result]) -> _Result:
        """One operation's end; raises when it was refused."""
        return expect(await self.port.write_one(self.guild, operation, epoch=self.epoch), *expected)


class StoreView:
    """One store of one guild."""

    __slots__ = ("_set_plain", "guild", "name")

    def __init__(self, guild: GuildView, name: str) -> None:
        self.guild = guild
        self.name = name
        self._set_plain: SetPlain | None = None
        """Looked up by the first set: a name that is no store's is refused when the store is used."""

    async def get(self, key: str) -> Entry | None:
        """The entry, or None when there is none or it expired."""
        return await self.guild.port.get(self.guild.guild, self.name, key)

    async def has(self, key: str) -> bool:
        """Whether the key exists."""
        return await self.get(key) is not None

    async def get_many(self, keys: Sequence[str]) -> list[Entry | None]:
        """Entries in the order of the keys, all of one moment."""
        return await self.guild.port.get_many(self.guild.guild, self.name, keys)

    def set(
        self,
        key: str,
        value: object,
        *,
        ttl: float | None = None,
        expires_at: float | None = None,
        metadata: object | None = None,
    ) -> Pending[Written]:
        """Store JSON or bytes; an earlier value goes with its expiry and metadata."""
        if ttl is None and expires_at is None and metadata is None:
            set_plain = self._set_plain
            if set_plain is None:
                guild = self.guild
                set_plain = self._set_plain = guild.port.plain_setter(guild.guild, self.name, guild.epoch)
            return set_plain(key, value)
        guild = self.guild
        port = guild.port
        operation = port.operations.put(self.name, key, value, ttl=ttl, expires_at=expires_at, metadata=metadata)
        # Without a condition it ends so, or is raised.
        return cast("Pending[Written]", port.write_one(guild.guild, operation, epoch=guild.epoch))

    async def compare_and_set(
        self,
        key: str,
        version: int,
        value: object,
        *,
        ttl: float | None = None,
        expires_at: float | None = None,
        metadata: object | None = None,
    ) -> Written | Mismatch:
        """Store it only if the key still has this version."""
        operation = self.guild.port.operations.put(
            self.name, key, value, ttl=ttl, expires_at=expires_at, metadata=metadata, if_version=version
        )
        return await self.guild.one(operation, Written, Mismatch)

    async def set_if_absent(
        self,
        key: str,
        value: object,
        *,
        ttl: float | None = None,
        expires_at: float | None = None,
        metadata: object | None = None,
    ) -> Written | Mismatch:
        """Store it only if there is no such key."""
        return await self.compare_and_set(key, ABSENT, value, ttl=ttl, expires_at=expires_at, metadata=metadata)

    async def delete(self, key: str, *, if_version: int = ANY_VERSION) -> Deleted | Mismatch:
        """Remove a key."""
        operation = self.guild.port.operations.delete(self.name, key, if_version=if_version)
        return await self.guild.one(operation, Deleted, Mismatch)

    async def increment(
        self, key: str, amount: float = 1, *, ttl: float | None = None, expires_at: float | None = None
    ) -> Incremented:
        """Add to a number; the expiry holds only for a key that this makes."""
        operation = self.guild.port.operations.increment(self.name, key, amount, ttl=ttl, expires_at=expires_at)
        return await self.guild.one(operation, Incremented)

    async def update_metadata(self, key: str, metadata: object | None) -> Written:
        """Replace the metadata of a key that exists; raises `KeyNotFound`."""
        return await self.guild.one(self.guild.port.operations.set_metadata(self.name, key, metadata), Written)

    async def list_keys(
        self, listing: Listing | None = None, *, limit: int | None = None, cursor: str | None = None
    ) -> Page:
        """A page of keys in the order of their UTF-8 bytes."""
        terms = listing or Listing()
        return await self.guild.port.list_keys(self.guild.guild, self.name, terms, limit=limit, cursor=cursor)

    async def count(self) -> int:
        """How many keys there are."""
        return await self.guild.port.count(self.guild.guild, self.name)

    async def clear(self) -> Cleared:
        """Empty the store, at once and as a whole."""
        return await self.guild.one(self.guild.port.operations.clear(self.name), Cleared)
