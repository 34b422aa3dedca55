"""The key-value store on LMDB: opened with `open_kv`, one writer, one sweeper, reads inline."""

import logging
from collections.abc import AsyncGenerator, Callable, Sequence
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Final

import lmdb
import trio

from storage.kv.clock import SteadyClock
from storage.kv.environment import open_environment, rows_below
from storage.kv.errors import KvError, StorageFailed, TooManyOperations
from storage.kv.gathering import Gathering, open_gathering
from storage.kv.guild import GuildView
from storage.kv.keys import encode_guild, encode_key, encode_store_name, is_staged
from storage.kv.lane import Lane
from storage.kv.limits import KvLimits
from storage.kv.listing import Listing, Page, make_cursor, page_size, read_cursor, span_of
from storage.kv.making import Operations
from storage.kv.operations import (
    Checkpoint,
    Deleted,
    DeleteGuild,
    Operation,
    Outcome,
    Sweep,
    Swept,
    Target,
)
from storage.kv.pages import refuse_damage_after_a_crash
from storage.kv.port import Pending, SetPlain
from storage.kv.reader import GuildUsage, Reader, StoreInfo
from storage.kv.records import Entry, KeyInfo
from storage.kv.sweep import is_due
from storage.kv.writer import Writer

_log = logging.getLogger(__name__)

SWEEP_ROWS: Final = 500
"""Rows in one slice: a commit of a few milliseconds."""
_SWEEP_SECONDS: Final = 1.0
_READS_IN_A_ROW: Final = 32
"""Reads that one turn of the loop may do; a checkpoint costs more than a read does."""
_SLICE_ROWS: Final = 256
_LANES: Final = 4_096
_DUE_INLINE: Final = 4_096


@dataclass(frozen=True, slots=True)
class KvStatistics:
    """For metrics and `flora doctor`."""

    queued: int
    commits: int
    operations: int
    used_bytes: int
    map_bytes: int
    clock_corrections: int
    is_behind: bool
    """What was acknowledged waits in the journal: LMDB could not take it, for want of room most often."""


class KeyValueStore:
    """The port's implementation in this process."""

    def __init__(self, path: Path, gathering: Gathering, limits: KvLimits, clock: SteadyClock) -> None:
        self.path = path
        self.environment = gathering.environment
        self._gathering = gathering
        self.limits = limits
        self._clock = clock
        self._writer = Writer(gathering, limits, clock.now_ms)
        self._reader = Reader(gathering, limits, clock.now_ms)
        self.operations = Operations(limits, clock.now_ms)
        """Makes what `write` takes, and refuses bad input."""
        self._reads = 0
        self._lane = lru_cache(_LANES)(self._make_lane)

    def guild(self, guild: int, *, epoch: int = 0) -> GuildView:
        """One guild's stores."""
        encode_guild(guild)
        return GuildView(self, guild, epoch)

    def write(self, guild: int, operations: Sequence[Operation], *, epoch: int = 0) -> Pending[list[Outcome]]:
        """Do the operations, each for itself; returns when they are durable.

        No coroutine of its own around the writer's: each one takes part in every wake-up.
        """
        return self.write_as(encode_guild(guild), operations, epoch=epoch)

    def write_as(self, guild: bytes, operations: Sequence[Operation], *, epoch: int = 0) -> Pending[list[Outcome]]:
        """Like `write`, for a guild's key as it stands in the data; a staged import has one too."""
        if len(operations) > 1:
            self._check_request(operations)
        return self._writer.queue.submit_all(guild, epoch, operations)

    def write_one(self, guild: int, operation: Operation, *, epoch: int = 0) -> Pending[Outcome]:
        """Do one operation; raises its refusal, and returns when it is durable."""
        return self._writer.queue.submit(encode_guild(guild), epoch, operation)

    def plain_setter(self, guild: int, store: str, epoch: int = 0) -> SetPlain:
        """What stores a value and nothing else."""
        return self._lane(guild, store, epoch).set

    async def get(self, guild: int, store: str, key: str) -> Entry | None:
        """One entry, or None when there is none or it expired."""
        where = self._place(guild, store)
        await self._take_turn()
        with _translated():
            return self._reader.get(*where, encode_key(key))

    async def get_many(self, guild: int, store: str, keys: Sequence[str]) -> list[Entry | None]:
        """Entries in the order of the keys, all of one moment."""
        where = self._place(guild, store)
        if len(keys) > self.limits.read_keys:
            raise TooManyOperations(f"At most {self.limits.read_keys} keys are read at once")
        await self._take_turn()
        with _translated():
            return self._reader.get_many(*where, [encode_key(key) for key in keys])

    async def list_keys(
        self, guild: int, store: str, listing: Listing, *, limit: int | None = None, cursor: str | None = None
    ) -> Page:
        """A page of keys. One more than asked for is looked at, to know whether anything follows."""
        where = self._place(guild, store)
        size = page_size(limit, self.limits)
        signed_for = b"\0".join(where)
        after = read_cursor(self.environment.secret, signed_for, listing, cursor) if cursor is not None else None
        span = span_of(listing, after)
        keys: list[KeyInfo] = []
        while True:
            await self._take_turn()
            await self._gathering.until_walkable()
            with _translated():
                more, after = self._reader.slice(*where, span, min(_SLICE_ROWS, size + 1))
            keys += more
            if after is None or len(keys) > size:
                break
            span = span_of(listing, after)
        if len(keys) <= size:
            return Page(tuple(keys), None)
        last = keys[size - 1].key.encode()
        return Page(tuple(keys[:size]), make_cursor(self.environment.secret, signed_for, listing, last))

    async def count(self, guild: int, store: str) -> int:
        """How many keys a store has, exactly. Off the trio thread if a whole lot waits to be swept."""
        where = self._place(guild, store)
        await self._take_turn()
        await self._gathering.until_walkable()
        with _translated():
            count = self._reader.count(*where, _DUE_INLINE)
        if count is None:
            await self.checkpoint()
            with _translated():
                count = await trio.to_thread.run_sync(self._reader.count_committed, *where)
        return count

    async def stores(self, guild: int) -> list[StoreInfo]:
        """The guild's stores, by name."""
        await self._take_turn()
        await self._gathering.until_walkable()
        with _translated():
            return self._reader.stores(encode_guild(guild))

    async def usage(self, guild: int) -> GuildUsage:
        """What the guild is charged for."""
        await self._take_turn()
        with _translated():
            return self._reader.usage(encode_guild(guild))

    async def delete_guild(self, guild: int, *, epoch: int = 0) -> bool:
        """Remove all that a guild has: gone at once, swept in slices. Answers whether there was anything."""
        return await self.delete_guild_as(encode_guild(guild), epoch=epoch)

    async def delete_guild_as(self, guild: bytes, *, epoch: int = 0) -> bool:
        """Like `delete_guild`, for a guild's key as it stands in the data."""
        outcome = await self._writer.queue.submit(guild, epoch, DeleteGuild())
        assert isinstance(outcome, Deleted)
        return outcome.existed

    async def drop_unfinished_imports(self) -> None:
        """Clear away what an import left behind when its process was killed."""
        await self._gathering.until_walkable()
        with _translated(), self._gathering.walk() as transaction:
            guilds = rows_below(transaction, self.environment.databases.guilds, b"")
            staged = [key for key, _row in guilds if is_staged(key)]
        for key in staged:
            await self.delete_guild_as(key)

    async def sweep(self) -> Swept:
        """Remove everything that is due, slice by slice; the sweeper does it by itself every second."""
        expired = reclaimed = 0
        while await self._is_sweep_due():
            outcome = await self._writer.queue.submit(b"", 0, Sweep(SWEEP_ROWS))
            assert isinstance(outcome, Swept)
            expired, reclaimed = expired + outcome.expired, reclaimed + outcome.reclaimed
            if not outcome.more:
                break
        await trio.lowlevel.checkpoint()
        return Swept(expired, reclaimed)

    async def checkpoint(self) -> None:
        """Returns when LMDB has committed all that was acknowledged before; for who reads it in a thread."""
        await self._writer.queue.submit(b"", 0, Checkpoint())

    def statistics(self) -> KvStatistics:
        """How the store is doing."""
        info, page = self.environment.handle.info(), self.environment.handle.stat()["psize"]
        return KvStatistics(
            queued=self._writer.queue.operations,
            commits=self._writer.commits,
            operations=self._writer.queue.taken,
            used_bytes=(info["last_pgno"] + 1) * page,
            map_bytes=info["map_size"],
            clock_corrections=self._clock.corrections,
            is_behind=self._writer.is_behind,
        )

    async def run_writer(self) -> None:
        """Shielded: what is queued is written whatever is cancelled around it; `close` ends it."""
        with trio.CancelScope(shield=True):
            await self._writer.run()

    async def run_sweeper(self) -> None:
        """A slice after another while something is due, then a pause. Readers of other processes that were killed
        in the middle (a backup) no longer keep pages from being used again."""
        while True:
            self.environment.handle.reader_check()
            with suppress(KvError):  # the writer has said why; what is due stays due
                await self.sweep()
            await trio.sleep(_SWEEP_SECONDS)

    def close(self) -> None:
        """Take no more writes."""
        self._writer.queue.close()

    def _check_request(self, operations: Sequence[Operation]) -> None:
        if len(operations) > self.limits.request_operations:
            raise TooManyOperations(f"A request has at most {self.limits.request_operations} operations")
        if sum(operation.size for operation in operations) > self.limits.request_bytes:
            raise TooManyOperations(f"A request has at most {self.limits.request_bytes} bytes")

    async def _is_sweep_due(self) -> bool:
        await self._gathering.until_walkable()
        with _translated(), self._gathering.walk() as transaction:
            return is_due(transaction, self.environment.databases, self._clock.now_ms())

    def _place(self, guild: int, store: str) -> tuple[bytes, bytes]:
        return encode_guild(guild), encode_store_name(store, self.limits.store_name_bytes)

    def _make_lane(self, guild: int, store: str, epoch: int) -> Lane:
        target = Target(*self._place(guild, store), epoch)
        return Lane(self._writer.queue, target, self.limits.value_bytes)

    async def _take_turn(self) -> None:
        """A full checkpoint every so often; in between only the look whether the caller was cancelled."""
        self._reads += 1
        if self._reads % _READS_IN_A_ROW:
            await trio.lowlevel.checkpoint_if_cancelled()
        else:
            await trio.lowlevel.checkpoint()


class _translated:  # noqa: N801 -- used like a function; a generator would double the cost of a read
    """A failing disk under a read, in our words."""

    def __enter__(self) -> None:
        return None

    def __exit__(self, _type: object, error: BaseException | None, _trace: object) -> None:
        if isinstance(error, lmdb.Error | OSError):
            _log.error(
                "Key-value data could not be read (`flora doctor`, while flora is stopped, says more): %s", error
            )
            raise StorageFailed(f"The key-value data could not be read: {error}") from error


@asynccontextmanager
async def open_kv(path: Path, limits: KvLimits, clock: Callable[[], float]) -> AsyncGenerator[KeyValueStore]:
    """Open the data in this folder and run its writer and sweeper; `clock` says Unix seconds.

    Raises `KvCannotOpen`. On leaving, whatever is queued is still written and answered.
    """
    await refuse_damage_after_a_crash(path)
    with (
        open_environment(path, limits.map_bytes) as environment,
        open_gathering(path, environment, limits.journal_bytes) as gathering,
    ):
        kv = KeyValueStore(path, gathering, limits, SteadyClock(clock))
        async with trio.open_nursery() as nursery, trio.open_nursery() as background:
            nursery.start_soon(kv.run_writer)
            background.start_soon(kv.run_sweeper)
            try:
                await kv.drop_unfinished_imports()
                yield kv
            finally:
                background.cancel_scope.cancel()
                kv.close()
