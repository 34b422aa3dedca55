"""A guild's data as JSON lines (export_lines.py): out of one moment, and in as a whole or not at all."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import trio

from storage.kv.environment import Environment, rows_below
from storage.kv.errors import GuildNotEmpty, KvError
from storage.kv.export_lines import ExportedEntries, first_line, last_line, line_of
from storage.kv.keys import NUMBER_BYTES, encode_guild, staged_guild
from storage.kv.operations import Operation, Promote
from storage.kv.records import Entry, GuildRow, StoreRow, unpack_entry
from storage.kv.store import KeyValueStore

if TYPE_CHECKING:
    import lmdb

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
    try:
        with source.open("rb") as file:
            transferred = await _fill(kv, staged, ExportedEntries(file, kv.operations))
        outcomes = await kv.write(guild, [Promote(staged, replace)], epoch=epoch)
        _raise_refusals(outcomes)
    except BaseException:
        with trio.CancelScope(shield=True):
            await kv.delete_guild_as(staged)
        raise
    return transferred


async def _fill(kv: KeyValueStore, staged: bytes, lines: ExportedEntries) -> Transferred:
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


def _export(environment: Environment, guild: bytes, now_ms: int, target: Path, wanted: str | None) -> Transferred:
    count = 0
    with target.open("xb") as file, environment.read() as transaction:
        file.write(first_line(int.from_bytes(guild, "big")))
        for store, entry in _entries(environment, transaction, guild, wanted):
            if not 0 < entry.expires_ms <= now_ms:
                file.write(line_of(store, entry))
                count += 1
        file.write(last_line(count))
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
