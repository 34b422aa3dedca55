"""The one door where names, values and times from outside are checked, and become operations in bytes.

Every refusal that needs no look at the data is raised here; the writer decides on bytes only.
"""

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Final

from storage.kv.errors import InvalidExpiry, TooManyOperations
from storage.kv.keys import HEAD, encode_key, encode_store_name
from storage.kv.limits import KvLimits
from storage.kv.operations import (
    ANY_VERSION,
    Check,
    Clear,
    Delete,
    Increment,
    Mutation,
    Put,
    SetMetadata,
    Transaction,
)
from storage.kv.records import PLAIN, Content, pack_body
from storage.kv.values import Kind, check_amount, encode_metadata, encode_value, is_number

PLAIN_TEXT: Final = PLAIN[Kind.JSON]
_LATEST_MS: Final = 253_402_300_800_000
"""The year 10000: an expiry beyond it is a mistake of unit."""


@dataclass(frozen=True, slots=True)
class Operations:
    """Makes operations from what callers say. `now_ms` is the store's clock."""

    limits: KvLimits
    now_ms: Callable[[], int] = field(repr=False)

    def put(  # noqa: PLR0913 -- what a script may say about one entry
        self,
        store: str,
        key: str,
        value: object,
        *,
        ttl: float | None = None,
        expires_at: float | None = None,
        metadata: object | None = None,
        if_version: int = ANY_VERSION,
    ) -> Put:
        """Store JSON, `RawJson` or bytes; `ttl` in seconds from now or `expires_at` in Unix seconds."""
        limits = self.limits
        name, encoded = encode_store_name(store, limits.store_name_bytes), encode_key(key)
        if metadata is None and ttl is None and expires_at is None:
            body = plain_body(encoded, value, limits.value_bytes)
        else:
            kind, data = encode_value(value, limits.value_bytes)
            described = encode_metadata(metadata, limits.metadata_bytes)
            body = pack_body(encoded, Content(kind, data, described, self._expiry(ttl, expires_at)))
        return Put(name, encoded, body, if_version, len(encoded) + len(body))

    def delete(self, store: str, key: str, *, if_version: int = ANY_VERSION) -> Delete:
        """Remove a key."""
        return Delete(*self._names(store, key), if_version)

    def increment(
        self,
        store: str,
        key: str,
        amount: float = 1,
        *,
        ttl: float | None = None,
        expires_at: float | None = None,
    ) -> Increment:
        """Add to a number; the expiry holds only for a key that is made by this."""
        return Increment(*self._names(store, key), check_amount(amount), self._expiry(ttl, expires_at))

    def set_metadata(self, store: str, key: str, metadata: object | None) -> SetMetadata:
        """Replace the metadata; None removes it."""
        return SetMetadata(*self._names(store, key), encode_metadata(metadata, self.limits.metadata_bytes))

    def check(self, store: str, key: str, version: int) -> Check:
        """A condition of a transaction."""
        return Check(*self._names(store, key), version)

    def clear(self, store: str) -> Clear:
        """Empty a store."""
        return Clear(encode_store_name(store, self.limits.store_name_bytes))

    def transaction(self, checks: Sequence[Check], mutations: Sequence[Mutation]) -> Transaction:
        """All or nothing."""
        if len(checks) + len(mutations) > self.limits.request_operations:
            raise TooManyOperations(f"A transaction has more than {self.limits.request_operations} parts")
        return Transaction(tuple(checks), tuple(mutations))

    def _names(self, store: str, key: str) -> tuple[bytes, bytes]:
        return encode_store_name(store, self.limits.store_name_bytes), encode_key(key)

    def _expiry(self, ttl: float | None, expires_at: float | None) -> int:
        if ttl is None and expires_at is None:
            return 0
        if ttl is not None and expires_at is not None:
            raise InvalidExpiry("Give a ttl or an expiry, not both")
        seconds = ttl if ttl is not None else expires_at
        if not is_number(seconds) or not math.isfinite(seconds):
            raise InvalidExpiry(f"{seconds!r} is not a time in seconds")
        now_ms = self.now_ms()
        moment = round(seconds * 1000) if ttl is None else now_ms + math.ceil(seconds * 1000)
        if moment <= now_ms:
            raise InvalidExpiry(f"{seconds!r} lies in the past")
        if moment > _LATEST_MS:
            raise InvalidExpiry(f"{seconds!r} lies beyond the year 9999; are these milliseconds?")
        return moment


def plain_body(key: bytes, value: object, limit: int) -> bytes:
    """The record without its version of an entry that has no expiry and no metadata."""
    kind, data = encode_value(value, limit)
    return PLAIN[kind] + data if len(key) <= HEAD else pack_body(key, Content(kind, data))
