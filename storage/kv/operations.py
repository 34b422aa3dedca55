"""What can be asked of the writer, already checked and in bytes, and how each may end.

The writer decides on bytes only; `Operations` is the one door where names, values and times from outside are
checked, and where every refusal that needs no look at the data is raised. Operations and outcomes are
msgspec structs: one is made for every write, in a tenth of the time that a frozen dataclass takes.
"""

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Final, TypeAlias

import msgspec

from storage.kv.errors import InvalidExpiry, KvError, TooManyOperations
from storage.kv.keys import HEAD, encode_key, encode_store_name
from storage.kv.limits import KvLimits
from storage.kv.records import PLAIN, Content, pack_body
from storage.kv.values import Kind, check_amount, dump_text, encode_metadata, encode_value, is_number

ANY_VERSION: Final = -1
"""No condition on what is there."""
ABSENT: Final = 0
"""Only when the key does not exist; versions start at 1."""

_PLAIN_TEXT: Final = PLAIN[Kind.JSON]
_LATEST_MS: Final = 253_402_300_800_000
"""The year 10000: an expiry beyond it is a mistake of unit."""


class Put(msgspec.Struct, frozen=True, gc=False):
    """Store a value; what was there before is replaced, its expiry and metadata too."""

    store: bytes
    key: bytes
    body: bytes
    """The entry's record but for its version."""
    if_version: int = ANY_VERSION
    size: int = 0
    """Bytes this operation brings into the queue."""
    is_plain: bool = False
    """No condition, no expiry, and a key that stands as it is (keys.py): it is decided the short way."""


class Delete(msgspec.Struct, frozen=True, gc=False):
    """Remove a key, if it is there."""

    store: bytes
    key: bytes
    if_version: int = ANY_VERSION
    size: int = 0


class Increment(msgspec.Struct, frozen=True, gc=False):
    """Add to a number; a key that does not exist counts from nought, with the expiry given here."""

    store: bytes
    key: bytes
    amount: int | float
    expires_ms: int = 0
    size: int = 0


class SetMetadata(msgspec.Struct, frozen=True, gc=False):
    """Replace the metadata of a key that exists; value and expiry stay."""

    store: bytes
    key: bytes
    metadata: bytes
    size: int = 0


class Check(msgspec.Struct, frozen=True, gc=False):
    """A condition of a transaction: the key has this version, or is `ABSENT`."""

    store: bytes
    key: bytes
    if_version: int


Mutation: TypeAlias = Put | Delete | Increment | SetMetadata


class Transaction(msgspec.Struct, frozen=True):
    """All of the mutations, in this order, or none of them."""

    checks: tuple[Check, ...]
    mutations: tuple[Mutation, ...]

    @property
    def size(self) -> int:
        """Bytes this operation brings into the queue."""
        return sum(mutation.size for mutation in self.mutations)


class Clear(msgspec.Struct, frozen=True, gc=False):
    """Empty a store at once."""

    store: bytes
    size: int = 0


class DeleteGuild(msgspec.Struct, frozen=True, gc=False):
    """Remove all that a guild has, at once."""

    size: int = 0


class Promote(msgspec.Struct, frozen=True, gc=False):
    """Put the staged guild in this guild's place; `replace` says that there may be data already."""

    staged: bytes
    replace: bool
    size: int = 0


class Sweep(msgspec.Struct, frozen=True, gc=False):
    """Remove a slice of what has expired and of what was deleted; always a commit of its own."""

    rows: int
    size: int = 0


class Checkpoint(msgspec.Struct, frozen=True, gc=False):
    """Changes nothing: once it is done, LMDB has committed everything that was acknowledged before."""

    size: int = 0


Operation: TypeAlias = Mutation | Transaction | Clear | DeleteGuild | Promote | Sweep | Checkpoint


class Several(msgspec.Struct, frozen=True):
    """Operations that came together; each ends for itself, and they are durable together."""

    operations: Sequence[Operation]
    size: int


class Written(msgspec.Struct, frozen=True, gc=False):
    """It is stored, durably, under this version."""

    version: int


class Deleted(msgspec.Struct, frozen=True, gc=False):
    """It is not there any more; `existed` says whether it was."""

    existed: bool


class Incremented(msgspec.Struct, frozen=True, gc=False):
    """The number as it now stands."""

    value: int | float
    version: int


class Mismatch(msgspec.Struct, frozen=True, gc=False):
    """Nothing was done: the key has another version (0: absent). `check` counts a transaction's parts."""

    version: int
    check: int = 0


class Committed(msgspec.Struct, frozen=True):
    """Each one's end, in order."""

    outcomes: "tuple[Outcome, ...]"


class Cleared(msgspec.Struct, frozen=True, gc=False):
    """How many entries went; expired ones that nobody had swept count too."""

    entries: int


class Swept(msgspec.Struct, frozen=True, gc=False):
    """Rows removed, and whether there is more to do."""

    expired: int = 0
    reclaimed: int = 0
    more: bool = False


Outcome: TypeAlias = Written | Deleted | Incremented | Mismatch | Committed | Cleared | Swept | KvError


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
        is_plain = metadata is None and ttl is None and expires_at is None
        if is_plain:
            body = plain_body(encoded, value, limits.value_bytes)
        else:
            kind, data = encode_value(value, limits.value_bytes)
            described = encode_metadata(metadata, limits.metadata_bytes)
            body = pack_body(encoded, Content(kind, data, described, self._expiry(ttl, expires_at)))
        is_plain = is_plain and if_version == ANY_VERSION and len(encoded) <= HEAD
        return Put(name, encoded, body, if_version, len(encoded) + len(body), is_plain)

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
    if type(value) is str and len(key) <= HEAD:  # the commonest of all
        try:
            body = _PLAIN_TEXT + dump_text(value)
        except UnicodeEncodeError:
            body = b""
        if 0 < len(body) <= limit:
            return body
    kind, data = encode_value(value, limit)  # or it says why not
    return PLAIN[kind] + data if len(key) <= HEAD else pack_body(key, Content(kind, data))
