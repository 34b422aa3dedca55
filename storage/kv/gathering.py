"""The rows between the journal and LMDB: durable, seen by everybody, and not committed yet.

They are kept in memory, by key, until they are committed: a look at one key goes there first and then to what
LMDB last committed, so it waits for nothing, not even while a commit is under way. What walks over rows (listings,
sweeps) reads an open write transaction, into which everything is placed before, so it has no two sources to merge. Only
such a walk waits for a commit, some milliseconds. Without one, rows are placed when they are to be committed and not
before: a key that is written again and again is placed once.

If a commit fails, the rows are still in memory and in the journal; the next attempt begins from there.
"""

from collections.abc import Generator
from contextlib import ExitStack, contextmanager
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import lmdb
import trio

from storage.kv.batch import Changes
from storage.kv.commit import OpenTransaction
from storage.kv.environment import JOURNAL_KEY, Environment, translated
from storage.kv.journal import Journal, JournalState, make_journal, open_journal

if TYPE_CHECKING:
    Walkable = lmdb.Transaction[bytes] | lmdb.Transaction[memoryview]

_SLICE: Final = 512
"""Entries that are placed before other tasks have their turn: less than 1 ms."""
_DATABASES: Final = Changes.__struct_fields__


class Gathering:
    """All rows that are newer than LMDB's last commit. The writer alone adds to them and commits them."""

    def __init__(self, environment: Environment, journal: Journal) -> None:
        self.environment = environment
        self.journal = journal
        self.rows = Changes()
        self._unplaced = self.rows
        """What the open transaction lacks: all of the rows, the very same object, while there is none."""
        self._open: OpenTransaction | None = None
        self._commit_ended: trio.Event | None = None
        for changes in journal.recover():
            self.add(changes)

    @property
    def has_rows(self) -> bool:
        """Whether there is anything to commit."""
        return _has_any(self.rows)

    def add(self, changes: Changes) -> None:
        """Rows that are durable from now on."""
        _merge(self.rows, changes)
        if self._unplaced is not self.rows:
            _merge(self._unplaced, changes)

    def place(self) -> None:
        """Put into the open transaction what is not there yet; raises what LMDB raised."""
        if self._unplaced is self.rows or _has_any(self._unplaced):
            self._place(self._unplaced)
            self._unplaced = Changes()

    def _place(self, changes: Changes) -> None:
        if self._open is None:
            self._open = OpenTransaction(self.environment)
        try:
            self._open.place(changes)
        except BaseException:
            self.abandon()
            raise

    def _place_slice(self) -> bool:
        """Put some of it there; answers whether there was so much that a slice is worth it."""
        if len(self._unplaced.entries) <= _SLICE:
            return False
        if self._unplaced is self.rows:
            self._unplaced = Changes()
            _merge(self._unplaced, self.rows)
        entries = self._unplaced.entries
        keys = list(islice(entries, _SLICE))
        self._place(Changes(entries={key: entries[key] for key in keys}))
        for key in keys:
            del entries[key]
        return True

    def abandon(self) -> None:
        """Let go of the open transaction; the rows wait for the next one."""
        if self._open is not None:
            self._open.abort()
            self._start_over()

    async def until_walkable(self) -> None:
        """Wait while a commit is under way, and place what `walk` would take long over.

        What follows without an await stays true.
        """
        while True:
            if self._commit_ended is not None:
                await self._commit_ended.wait()
                continue
            try:
                if not self._place_slice():
                    return
            except lmdb.Error:  # the walk will meet it again, and say so
                return
            await trio.lowlevel.checkpoint()

    async def _place_in_turns(self) -> None:
        """All but a slice's worth, and others have their turns in between; raises what LMDB raised."""
        more = self._place_slice()
        while more:
            await trio.lowlevel.checkpoint()
            more = self._place_slice()

    @contextmanager
    def walk(self) -> "Generator[Walkable]":
        """A view of all rows, for as long as nobody awaits; only after `until_walkable`."""
        assert self._commit_ended is None
        if self.has_rows:
            self.place()
            assert self._open is not None
            yield self._open.transaction
        else:
            with self.environment.handle.begin(buffers=True) as transaction:
                yield transaction

    async def commit(self, further: Changes | None = None) -> None:
        """Put everything into LMDB and begin the journal's next generation; `further` becomes durable with it.

        Raises what LMDB raised; then `further` is nowhere, and everything else is as it was.
        """
        state = JournalState.new(self.journal.state.size)
        last = further or Changes()
        last.meta[JOURNAL_KEY] = state.pack()
        self._commit_ended = ended = trio.Event()
        try:
            await self._place_in_turns()
            self.place()
            self._open = self._open or OpenTransaction(self.environment)
            try:
                self._open.place(last)
                await self._open.commit()
            except BaseException:
                self._open.abort()
                raise
            self.journal.begin(state)
            self.rows = Changes()
        finally:
            self._start_over()
            self._commit_ended = None
            ended.set()

    def _start_over(self) -> None:
        self._open = None
        self._unplaced = self.rows


@contextmanager
def open_gathering(path: Path, environment: Environment, journal_bytes: int) -> Generator[Gathering]:
    """What the journal holds and LMDB lacks; a journal is made when there is none. Raises `KvCannotOpen`."""
    with translated(path):
        row = environment.get_meta(JOURNAL_KEY)
        if row is None:
            state = make_journal(path, journal_bytes)
            environment.put_meta(JOURNAL_KEY, state.pack())
        else:
            state = JournalState.unpack(row)
    with ExitStack() as stack:
        with translated(path):
            journal = stack.enter_context(open_journal(path, state))
            gathering = Gathering(environment, journal)
        try:
            yield gathering
        finally:
            gathering.abandon()


def _has_any(changes: Changes) -> bool:
    return any(getattr(changes, name) for name in _DATABASES)


def _merge(into: Changes, changes: Changes) -> None:
    for name in _DATABASES:
        more: dict[Any, Any] = getattr(changes, name)
        if more:
            getattr(into, name).update(more)
