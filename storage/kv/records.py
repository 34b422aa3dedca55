"""The rows of the environment, byte for byte.

| database | key | row |
|---|---|---|
| guilds  | guild (8 bytes), and 8 random ones while an import is staged | `GuildRow` |
| stores  | the guild's number, the store's name | `StoreRow` |
| owners  | a number | the key in `guilds` or `stores` of what has this number |
| entries | the store's number, the key (keys.py) | version, expiry, kind, metadata, value |
| expiry  | expiry in ms | (one for each entry that expires) the entry's key in `entries` |
| graves  | `g` or `s` and a number | what was deleted at once and is swept in slices |
| meta    | a name | the sequence, the format, the secret that signs cursors |

Numbers and versions come from one sequence and are never used twice. So a store that is cleared, or a guild
that is deleted, is gone in one small write: its number leaves `stores` or `guilds`, and what stood under the
number is nobody's until it is swept.
"""

from collections.abc import Callable
from dataclasses import dataclass
from struct import Struct
from typing import Final, cast

import msgspec

from storage.kv.keys import HEAD, NUMBER_BYTES, is_ranked
from storage.kv.limits import ENTRY_OVERHEAD
from storage.kv.values import Kind, decode_json

FORMAT: Final = b"1"

_HEAD: Final = Struct(">QQBHI")  # version, expiry in ms or 0, kind, length of the full key or 0, of the metadata
_BODY: Final = Struct(">QBHI")  # the same without the version
PLAIN: Final = tuple(_BODY.pack(0, kind, 0, 0) for kind in Kind)
"""By kind, what stands before the value in the body of the commonest entry: no expiry, no metadata, no key to spell."""
_GUILD: Final = Struct(">8sQQ")
_STORE: Final = Struct(">8sQQ")
_MOMENT: Final = Struct(">Q")
EXPIRY: Final = slice(8, 16)
NEVER: Final = bytes(8)
"""What stands at `EXPIRY` in a record that does not expire: compared, not read, where every write looks at it."""
pack_number: Final[Callable[[int], bytes]] = _MOMENT.pack
"""A number or a moment, in bytes that sort like it."""


@dataclass(slots=True)
class GuildRow:
    """A guild that has, or is about to have, data."""

    number: bytes
    size: int = 0
    """Bytes of its stores, and of what it deleted and nobody has swept yet."""
    epoch: int = 0
    """The newest lease that wrote (DESIGN.md D11)."""

    def pack(self) -> bytes:
        """The row's bytes."""
        return _GUILD.pack(self.number, self.size, self.epoch)

    @classmethod
    def unpack(cls, row: bytes) -> "GuildRow":
        """The row of these bytes."""
        return cls(*_GUILD.unpack(row))


@dataclass(slots=True)
class StoreRow:
    """A store that has entries, or is about to."""

    number: bytes
    count: int = 0
    size: int = 0

    def pack(self) -> bytes:
        """The row's bytes."""
        return _STORE.pack(self.number, self.count, self.size)

    @classmethod
    def unpack(cls, row: bytes) -> "StoreRow":
        """The row of these bytes."""
        return cls(*_STORE.unpack(row))


class Entry(msgspec.Struct, frozen=True, gc=False):
    """One key with what is stored under it."""

    key: str
    kind: Kind
    data: bytes
    """JSON text or bytes, as `kind` says."""
    metadata_json: bytes
    expires_ms: int
    version: int
    """Different after every write of this key; what compare-and-set compares."""

    @property
    def value(self) -> object:
        """The value as Python has it."""
        return self.data if self.kind is Kind.BYTES else decode_json(self.data)

    @property
    def metadata(self) -> object | None:
        """The metadata as Python has it, or None."""
        return decode_json(self.metadata_json) if self.metadata_json else None

    @property
    def expires_at(self) -> float | None:
        """Unix seconds, or None."""
        return self.expires_ms / 1000 if self.expires_ms else None


class KeyInfo(msgspec.Struct, frozen=True, gc=False):
    """A listed key: an entry without its value."""

    key: str
    version: int
    expires_ms: int
    metadata_json: bytes

    @property
    def metadata(self) -> object | None:
        """The metadata as Python has it, or None."""
        return decode_json(self.metadata_json) if self.metadata_json else None

    @property
    def expires_at(self) -> float | None:
        """Unix seconds, or None."""
        return self.expires_ms / 1000 if self.expires_ms else None


class Content(msgspec.Struct, frozen=True, gc=False):
    """What an entry's record holds beside its key."""

    kind: Kind
    data: bytes
    metadata: bytes = b""
    expires_ms: int = 0


def pack_body(key: bytes, content: Content) -> bytes:
    """An entry's record without its version, which stands before it: that one is known last."""
    spelled = key if len(key) > HEAD else b""
    head = _BODY.pack(content.expires_ms, content.kind, len(spelled), len(content.metadata))
    return b"".join((head, spelled, content.metadata, content.data))


def entry_version(record: bytes) -> int:
    """The version, without looking at the rest."""
    return cast("int", _MOMENT.unpack_from(record)[0])


def entry_expiry(record: bytes) -> int:
    """The expiry in ms, or 0, without looking at the rest."""
    return cast("int", _MOMENT.unpack_from(record, 8)[0])


def entry_size(placed: bytes, record: bytes) -> int:
    """Bytes this entry is charged for."""
    size = len(record) - _HEAD.size + ENTRY_OVERHEAD
    return size if is_ranked(placed) else size + len(placed) - NUMBER_BYTES


def entry_key(placed: bytes, record: bytes) -> bytes:
    """The key in full."""
    if not is_ranked(placed):
        return placed[NUMBER_BYTES:]
    length = _HEAD.unpack_from(record)[3]
    return record[_HEAD.size : _HEAD.size + length]


def entry_content(record: bytes) -> Content:
    """Everything but key and version."""
    _version, expires_ms, kind, spelled, metadata = _HEAD.unpack_from(record)
    start = _HEAD.size + spelled
    return Content(Kind(kind), record[start + metadata :], record[start : start + metadata], expires_ms)


def unpack_entry(placed: bytes, record: bytes) -> Entry:
    """All of it, for a caller."""
    content = entry_content(record)
    return Entry(
        key=entry_key(placed, record).decode(),
        kind=content.kind,
        data=content.data,
        metadata_json=content.metadata,
        expires_ms=content.expires_ms,
        version=entry_version(record),
    )


def without_value(record: memoryview) -> bytes:
    """A copy of a record up to its value; a listing does not drag a thousand values through memory."""
    _version, _expires_ms, _kind, spelled, metadata = _HEAD.unpack_from(record)
    return bytes(record[: _HEAD.size + spelled + metadata])


def describe_entry(placed: bytes, record: bytes) -> KeyInfo:
    """All but the value, for a caller."""
    return KeyInfo(
        key=entry_key(placed, record).decode(),
        version=entry_version(record),
        expires_ms=entry_expiry(record),
        metadata_json=entry_content(record).metadata,
    )


def unpack_number(row: bytes) -> int:
    """The number of these bytes."""
    return cast("int", _MOMENT.unpack(row)[0])
