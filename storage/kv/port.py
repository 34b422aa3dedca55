"""What the rest of flora knows of the key-value store. It could be remote: nothing here says LMDB."""

from collections.abc import Callable, Coroutine, Sequence
from typing import Protocol, TypeAlias, TypeVar

from storage.kv.listing import Listing, Page
from storage.kv.making import Operations
from storage.kv.operations import Operation, Outcome, Written
from storage.kv.reader import GuildUsage, StoreInfo
from storage.kv.records import Entry

_Answer = TypeVar("_Answer")
Pending: TypeAlias = Coroutine[object, object, _Answer]
"""What an `async def` answers; said so where a plain `def` hands on another's."""

SetPlain: TypeAlias = Callable[[str, object], Pending[Written]]
"""Stores a value under a key; returns when it is durable, raises its refusal."""


class KeyValuePort(Protocol):
    """A guild's data, by guild id. `epoch` is the lease under which a node writes (DESIGN.md D11)."""

    @property
    def operations(self) -> Operations:
        """Makes what `write` takes, and refuses bad input."""
        ...

    def write(self, guild: int, operations: Sequence[Operation], *, epoch: int = 0) -> Pending[list[Outcome]]:
        """Do the operations, each for itself; returns when they are durable. A refusal is an outcome too."""
        ...

    def write_one(self, guild: int, operation: Operation, *, epoch: int = 0) -> Pending[Outcome]:
        """Do one operation; raises its refusal, and returns when it is durable."""
        ...

    def plain_setter(self, guild: int, store: str, epoch: int = 0) -> SetPlain:
        """What stores a value and nothing else: the commonest write of all, by the shortest way."""
        ...

    async def get(self, guild: int, store: str, key: str) -> Entry | None:
        """One entry, or None when there is none or it expired."""
        ...

    async def get_many(self, guild: int, store: str, keys: Sequence[str]) -> list[Entry | None]:
        """Entries in the order of the keys, all of one moment."""
        ...

    async def list_keys(
        self, guild: int, store: str, listing: Listing, *, limit: int | None = None, cursor: str | None = None
    ) -> Page:
        """A page of keys in the order of their UTF-8 bytes."""
        ...

    async def count(self, guild: int, store: str) -> int:
        """How many keys a store has."""
        ...

    async def stores(self, guild: int) -> list[StoreInfo]:
        """The guild's stores, by name."""
        ...

    async def usage(self, guild: int) -> GuildUsage:
        """What the guild is charged for."""
        ...
