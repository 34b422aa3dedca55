"""Everything the key-value store refuses, each with a type of its own and a stable `code`.

Blame is in the base: `KvRefused` is the caller's to mend, `KvUnavailable` the operator's.
"""

# ruff: noqa: N818 -- each name says what was wrong; that it is an error is in the base

from pathlib import Path
from typing import ClassVar


class KvError(Exception):
    """Raised, or handed back in a batch's outcomes, when an operation did not happen."""

    code: ClassVar[str] = "kv_error"


class KvRefused(KvError):
    """The operation asks for what is not allowed; asking again will not help."""


class KvUnavailable(KvError):
    """The store itself cannot do it now; nothing is wrong with the operation."""


class InvalidKey(KvRefused):
    """A key is empty, holds NUL or half a surrogate pair."""

    code = "kv_invalid_key"


class KeyTooLong(KvRefused):
    """A key has more bytes of UTF-8 than allowed."""

    code = "kv_key_too_long"


class InvalidStoreName(KvRefused):
    """A store's name is empty, too long, or holds what a name may not hold."""

    code = "kv_invalid_store_name"


class InvalidGuild(KvRefused):
    """A guild's id is not an unsigned 64-bit number."""

    code = "kv_invalid_guild"


class InvalidValue(KvRefused):
    """A value is neither JSON nor bytes: cyclic, not a number, half a surrogate pair, an object."""

    code = "kv_invalid_value"


class ValueTooLarge(KvRefused):
    """A value has more bytes than allowed."""

    code = "kv_value_too_large"


class InvalidMetadata(KvRefused):
    """Metadata is not JSON."""

    code = "kv_invalid_metadata"


class MetadataTooLarge(KvRefused):
    """Metadata has more bytes of JSON than allowed."""

    code = "kv_metadata_too_large"


class InvalidExpiry(KvRefused):
    """A ttl is not positive, an expiry is past, both were given, or it is no time at all."""

    code = "kv_invalid_expiry"


class InvalidNumber(KvRefused):
    """The amount of an increment is not a finite number within 2^53."""

    code = "kv_invalid_number"


class NotANumber(KvRefused):
    """The value to be incremented is not a number."""

    code = "kv_not_a_number"


class NumberOverflow(KvRefused):
    """The sum would leave the range in which JavaScript counts exactly (2^53 - 1)."""

    code = "kv_number_overflow"


class KeyNotFound(KvRefused):
    """The key whose metadata should change does not exist (or has expired)."""

    code = "kv_key_not_found"


class InvalidLimit(KvRefused):
    """A page's size is not between 1 and the largest allowed."""

    code = "kv_invalid_limit"


class InvalidCursor(KvRefused):
    """A cursor was not made by this store for this very listing."""

    code = "kv_invalid_cursor"


class TooManyOperations(KvRefused):
    """One request holds more operations or more bytes than allowed."""

    code = "kv_too_many_operations"


class AnswerTooLarge(KvRefused):
    """The values asked for at once have more bytes than one answer may have."""

    code = "kv_answer_too_large"


class StoreQuotaExceeded(KvRefused):
    """The store would hold more bytes than allowed."""

    code = "kv_store_quota_exceeded"


class GuildQuotaExceeded(KvRefused):
    """The guild would hold more bytes than allowed."""

    code = "kv_guild_quota_exceeded"


class StaleEpoch(KvRefused):
    """The writer's lease on this guild was taken over by another (docs/kv.md, "More than one node")."""

    code = "kv_stale_epoch"


class GuildNotEmpty(KvRefused):
    """An import would replace data, and nobody said that it should."""

    code = "kv_guild_not_empty"


class ImportRefused(KvRefused):
    """A line of an import is not what an export writes."""

    code = "kv_import_refused"


class StorageFull(KvUnavailable):
    """The disk or the map is full; nothing of the operation was written."""

    code = "kv_storage_full"


class StorageFailed(KvUnavailable):
    """The disk refused a read or a write; nothing of the operation is known to be written."""

    code = "kv_storage_failed"


class KvClosed(KvUnavailable):
    """The store is closing or closed; the operation was not begun."""

    code = "kv_closed"


class KvCannotOpen(KvUnavailable):
    """The folder of the data cannot be used; the message names it and says what to do."""

    code = "kv_cannot_open"

    def __init__(self, path: Path, why: str) -> None:
        super().__init__(f"The data in {path} cannot be opened: {why}")
        self.path = path
        self.why = why


class KvUnreadable(KvCannotOpen):
    """The data file is damaged, or not ours."""

    code = "kv_unreadable"


class KvUnwritable(KvCannotOpen):
    """The folder cannot be written to."""

    code = "kv_unwritable"


class KvInUse(KvCannotOpen):
    """Another process has the data open."""

    code = "kv_in_use"


class SnapshotRefused(KvUnavailable):
    """A snapshot would be written over, or restored over, something that is there."""

    code = "kv_snapshot_refused"
