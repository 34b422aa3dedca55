"""Walks everything and says where rows, counters and indexes disagree. An empty list means that they agree.

Holds one read transaction for the whole walk, so the answer is about one moment, that of LMDB's last commit; run it in
a thread, or in another process (`flora doctor`).
"""

import signal
import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from struct import error as struct_error
from typing import TYPE_CHECKING

import msgspec
import trio

from storage.kv.batch import STORE_GRAVE
from storage.kv.environment import (
    DATA_FILE,
    JOURNAL_KEY,
    SEQUENCE_KEY,
    Databases,
    Environment,
    find_row,
    open_for_reading,
    rows_below,
    translated,
)
from storage.kv.errors import KvCannotOpen, KvUnreadable
from storage.kv.journal import JournalState, read_journal
from storage.kv.keys import NUMBER_BYTES, is_ranked, place
from storage.kv.limits import TIB
from storage.kv.pages import REMEDY, refuse_damage
from storage.kv.records import (
    GuildRow,
    StoreRow,
    entry_expiry,
    entry_key,
    entry_size,
    entry_version,
    pack_number,
    unpack_entry,
    unpack_number,
)

if TYPE_CHECKING:
    from storage.kv.environment import Database
    from storage.kv.gathering import Walkable


class _Report(msgspec.Struct):
    """What the other process found, and why it could not look."""

    problems: list[str]
    refused: str = ""


async def check_apart(path: Path) -> list[str]:
    """As `check_path`, in a process of its own: some kinds of damage end the process that meets them."""
    command = [sys.executable, "-P", "-m", __name__, str(path)]
    done = await trio.run_process(command, capture_stdout=True, capture_stderr=True, check=False)
    if done.returncode != 0:
        why = signal.strsignal(-done.returncode) if done.returncode < 0 else done.stderr.decode(errors="replace")[-200:]
        raise KvUnreadable(path, f"looking through its {DATA_FILE} ended the process that looked ({why}). {REMEDY}")
    report = msgspec.json.decode(done.stdout, type=_Report)
    if report.refused:
        raise KvUnreadable(path, report.refused)
    return report.problems


def check_path(path: Path) -> list[str]:
    """Check the data in a folder, and that its journal can be read.

    Nobody may write there meanwhile. Raises `KvCannotOpen` if it is none, or too damaged to walk.
    """
    refuse_damage(path)
    with open_for_reading(path, TIB) as environment, translated(path):
        if (row := environment.get_meta(JOURNAL_KEY)) is not None:
            read_journal(path, JournalState.unpack(row))
        try:
            return check(environment)
        except struct_error as error:
            raise KvUnreadable(path, f"its {DATA_FILE} has a row that is none ({error}). {REMEDY}") from error


def check(environment: Environment) -> list[str]:
    """Every disagreement, in a sentence each."""
    with environment.read() as transaction:
        return check_rows(transaction, environment.databases)


def check_rows(transaction: "Walkable", databases: Databases) -> list[str]:
    """The same, for the rows that this transaction sees."""
    walk = _Walk(transaction, databases)
    walk.guilds()
    walk.stores()
    walk.graves()
    walk.entries()
    walk.expiry()
    walk.owners()
    walk.counters()
    return walk.problems


@dataclass(slots=True)
class _Walk:
    transaction: "Walkable"
    databases: Databases
    problems: list[str] = field(default_factory=list)
    guild_rows: dict[bytes, GuildRow] = field(default_factory=dict)
    """By number."""
    store_rows: dict[bytes, StoreRow] = field(default_factory=dict)
    """By number; `guild_of` says whose, for graves as well."""
    guild_of: dict[bytes, bytes] = field(default_factory=dict)
    owner_rows: dict[bytes, bytes] = field(default_factory=dict)
    expiring: set[tuple[bytes, bytes]] = field(default_factory=set)
    counts: Counter[bytes] = field(default_factory=Counter)
    sizes: Counter[bytes] = field(default_factory=Counter)

    def guilds(self) -> None:
        for key, row in self._rows(self.databases.guilds):
            guild = GuildRow.unpack(row)
            self.guild_rows[guild.number] = guild
            self.owner_rows[guild.number] = key

    def graves(self) -> None:
        for key, row in self._rows(self.databases.graves):
            if key[:1] == STORE_GRAVE:
                self.guild_of[key[1:]] = row

    def stores(self) -> None:
        for key, row in self._rows(self.databases.stores):
            store = StoreRow.unpack(row)
            self.store_rows[store.number] = store
            self.guild_of[store.number] = key[:NUMBER_BYTES]
            self.owner_rows[store.number] = key

    def entries(self) -> None:
        stored = find_row({}, self.transaction, self.databases.meta, SEQUENCE_KEY)
        sequence = unpack_number(stored) if stored else 0
        for placed, record in self._rows(self.databases.entries):
            number = placed[:NUMBER_BYTES]
            if number not in self.guild_of:
                self._say(f"entry {placed!r} belongs to no store and to no grave")
            if not self._is_whole(placed, record):
                self._say(f"entry {placed!r} is torn")
                continue
            if entry_version(record) > sequence:
                self._say(f"entry {placed!r} has a version from the future")
            self.counts[number] += 1
            self.sizes[number] += entry_size(placed, record)
            if moment := entry_expiry(record):
                self.expiring.add((pack_number(moment), placed))

    def expiry(self) -> None:
        indexed = set(self._rows(self.databases.expiry))
        for _moment, placed in indexed - self.expiring:
            self._say(f"the expiry index names {placed!r}, which does not expire then")
        for _moment, placed in self.expiring - indexed:
            self._say(f"the expiry index lacks {placed!r}")

    def owners(self) -> None:
        stored = dict(self._rows(self.databases.owners))
        for number in stored.keys() | self.owner_rows.keys():
            found, right = stored.get(number), self.owner_rows.get(number)
            if found != right:
                self._say(f"number {number!r} is owned by {found!r}, not {right!r}")

    def counters(self) -> None:
        for number, store in self.store_rows.items():
            found = (self.counts[number], self.sizes[number])
            if (store.count, store.size) != found:
                self._say(f"store {number!r} counts {(store.count, store.size)}, but holds {found}")
            if store.count == 0:
                self._say(f"store {number!r} is empty and still there")
        totals: Counter[bytes] = Counter()
        for number, guild_number in self.guild_of.items():
            totals[guild_number] += self.sizes[number]
        for number, guild in self.guild_rows.items():
            if guild.size != totals[number]:
                self._say(f"guild {number!r} counts {guild.size} bytes, but holds {totals[number]}")

    def _is_whole(self, placed: bytes, record: bytes) -> bool:
        try:
            entry = unpack_entry(placed, record)
            _ = (entry.value, entry.metadata)
        except (ValueError, struct_error):
            return False
        return not is_ranked(placed) or place(placed[:NUMBER_BYTES], entry_key(placed, record)) == placed

    def _rows(self, database: "Database") -> Iterator[tuple[bytes, bytes]]:
        yield from rows_below(self.transaction, database, b"")

    def _say(self, problem: str) -> None:
        self.problems.append(problem)


def _report(path: Path) -> _Report:
    try:
        return _Report(check_path(path))
    except KvCannotOpen as error:
        return _Report([], error.why)


if __name__ == "__main__":
    sys.stdout.buffer.write(msgspec.json.encode(_report(Path(sys.argv[1]))))
