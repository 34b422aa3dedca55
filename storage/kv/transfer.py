"""A guild's data as JSON lines: out of one moment, and in as a whole or not at all.

The first line says what it is, each further one is an entry, the last one counts them, so that a file cut
short is noticed. Bytes travel as base64. Versions do not travel: they belong to a store's own history.
"""

import json
from base64 import b64decode, b64encode
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any, Final, cast

import trio

from storage.kv.environment import Environment, rows_below
from storage.kv.errors import GuildNotEmpty, ImportRefused, KvError, KvRefused
from storage.kv.keys import NUMBER_BYTES, encode_guild, staged_guild
from storage.kv.making import Operations
from storage.kv.operations import Operation, Promote, Put
from storage.kv.records import Entry, GuildRow, StoreRow, unpack_entry
from storage.kv.store import KeyValueStore
from storage.kv.values import Kind

if TYPE_CHECKING:
    import lmdb

_HEADER: Final = {"format": "flora-kv", "version": 1}
_LINES_AT_ONCE: Final = 100


@dataclass(frozen=True, slots=True)
class Transferred:
    """How much went over."""

    entries: int
    expired: int = 0
    """Entries of an import that had expired meanwhile and were left out."""


async def export_guild(kv: KeyValueStore, guild: int, target: Path, *, store: str | None = None) -> Transferred:
    """Write all that a guild has at one moment, or one store of it, to a file.

    To a file, not to a socket: the moment is held open while it is written, and whoever reads slowly must not
    hold it (deleted pages could not be reused meanwhile).
    """
    await kv.checkpoint()
    now_ms = kv.operations.now_ms()
    return await trio.to_thread.run_sync(_export, kv.environment, encode_guild(guild), now_ms, target, store)


async def import_guild(
    kv: KeyValueStore, guild: int, source: Path, *, replace: bool = False, epoch: int = 0
) -> Transferred:
    """Give a guild what an export holds, in place of what it has.

    The entries gather unseen beside the guild and take its place in one commit, so an import that fails
    (a bad line, a quota, a crash) has changed nothing. Raises `ImportRefused` naming the line, and
    `GuildNotEmpty` if there is data and `replace` was not said.
    """
    if not replace and await kv.stores(guild):
        raise GuildNotEmpty("The guild has data; say that it may be replaced")
    staged = staged_guild(encode_guild(guild))
    await kv.delete_guild_as(staged)
    try:
        with source.open("rb") as file:
            transferred = await _fill(kv, staged, _Import(file, kv.operations))
        outcomes = await kv.write(guild, [Promote(staged, replace)], epoch=epoch)
        _raise_refusals(outcomes)
    except BaseException:
        with trio.CancelScope(shield=True):
            await kv.delete_guild_as(staged)
        raise
    return transferred


async def _fill(kv: KeyValueStore, staged: bytes, lines: "_Import") -> Transferred:
    entries = iter(lines)
    while puts := list(islice(entries, _LINES_AT_ONCE)):
        for start, end in _portions(puts, kv.limits.request_bytes):
            _raise_refusals(await kv.write_as(staged, puts[start:end]))
    return Transferred(lines.entries, lines.expired)


def _portions(puts: list[Operation], most: int) -> Iterator[tuple[int, int]]:
    start = size = 0
    for end, put in enumerate(puts):
        if size and size + put.size > most:
            yield start, end
            start, size = end, 0
        size += put.size
    yield start, len(puts)


def _raise_refusals(outcomes: list[Any]) -> None:
    for outcome in outcomes:
        if isinstance(outcome, KvError):
            raise outcome


class _Import:
    """The entries of an export as operations; refuses the first line that is not what an export writes."""

    def __init__(self, file: IO[bytes], operations: Operations) -> None:
        self._file = file
        self._operations = operations
        self.entries = 0
        self.expired = 0

    def __iter__(self) -> Iterator[Operation]:
        longest = 4 * (self._operations.limits.value_bytes + self._operations.limits.metadata_bytes) + 8_192
        for number in range(1, 1 << 62):
            text = self._file.readline(longest)
            try:
                fields = _object(json.loads(text))
                if number == 1:
                    self._check_header(fields)
                elif "entries" in fields:
                    self._check_end(fields)
                    return
                elif (put := self._put(fields)) is not None:
                    yield put
            except ImportRefused:
                raise
            except KvRefused as refusal:
                raise ImportRefused(f"Line {number}: {refusal}") from refusal
            except KeyError as missing:
                raise ImportRefused(f"Line {number} lacks {missing}") from None
            except (ValueError, TypeError, AttributeError, RecursionError) as error:
                what = f"is not what an export writes: {error}" if text else "should be the last one, but is missing"
                raise ImportRefused(f"Line {number} {what}") from None

    @staticmethod
    def _check_header(fields: dict[str, Any]) -> None:
        if {key: fields.get(key) for key in _HEADER} != _HEADER:
            raise ImportRefused(f"Line 1 does not say {json.dumps(_HEADER)}")

    def _check_end(self, fields: dict[str, Any]) -> None:
        found = self.entries + self.expired
        if fields["entries"] != found:
            raise ImportRefused(f"The file holds {found} entries, but says {fields['entries']}")
        if self._file.read(1):
            raise ImportRefused("Something follows after the last line")

    def _put(self, fields: dict[str, Any]) -> Put | None:
        expires_ms = fields.get("expires_ms")
        if expires_ms is not None and expires_ms <= self._operations.now_ms():
            self.expired += 1
            return None
        self.entries += 1
        return self._operations.put(
            fields["store"],
            fields["key"],
            b64decode(fields["bytes"], validate=True) if "bytes" in fields else fields["json"],
            expires_at=None if expires_ms is None else expires_ms / 1000,
            metadata=fields.get("metadata"),
        )


def _object(line: object) -> dict[str, Any]:
    if not isinstance(line, dict):
        raise TypeError("it is not an object")
    return cast("dict[str, Any]", line)


def _export(environment: Environment, guild: bytes, now_ms: int, target: Path, wanted: str | None) -> Transferred:
    count = 0
    with target.open("xb") as file, environment.read() as transaction:
        _write_line(file, _HEADER | {"guild": str(int.from_bytes(guild, "big"))})
        for store, entry in _entries(environment, transaction, guild, wanted):
            if not 0 < entry.expires_ms <= now_ms:
                _write_line(file, _fields(store, entry))
                count += 1
        _write_line(file, {"entries": count})
    return Transferred(count)


def _entries(
    environment: Environment, transaction: "lmdb.Transaction[bytes]", guild: bytes, wanted: str | None
) -> Iterator[tuple[str, Entry]]:
    row = transaction.get(guild, db=environment.databases.guilds)
    if row is None:
        return
    number = GuildRow.unpack(row).number
    for key, store_row in rows_below(transaction, environment.databases.stores, number):
        name = key[NUMBER_BYTES:].decode()
        if wanted not in {None, name}:
            continue
        store = StoreRow.unpack(store_row).number
        for placed, record in rows_below(transaction, environment.databases.entries, store):
            yield name, unpack_entry(placed, record)


def _fields(store: str, entry: Entry) -> dict[str, Any]:
    fields: dict[str, Any] = {"store": store, "key": entry.key}
    if entry.kind is Kind.BYTES:
        fields["bytes"] = b64encode(entry.data).decode()
    else:
        fields["json"] = entry.value
    if entry.metadata_json:
        fields["metadata"] = entry.metadata
    if entry.expires_ms:
        fields["expires_ms"] = entry.expires_ms
    return fields


def _write_line(file: IO[bytes], fields: dict[str, Any]) -> None:
    file.write(json.dumps(fields, ensure_ascii=False, separators=(",", ":")).encode() + b"\n")
