"""Group commit: everything that waits becomes one batch, and nobody is answered before it is on disk.

A batch is decided, appended to the journal with one sync, seen by everybody from then on, and answered. While one
is under way the next one gathers, so a slow disk makes batches larger, not callers more numerous. Bytes that wait
are bounded; a caller beyond the bound waits before it queues. A batch for which the journal has no room, and one that
the journal's disk refused, goes to LMDB directly.

A request cancelled while it waits in the queue is dropped and never happens. Once its batch has begun,
cancelling only stops the waiting: it may or may not have happened, as with any database.
"""

import errno
import logging
import os
from collections import deque
from collections.abc import Callable, Sequence
from typing import Final

import lmdb
import msgspec
import trio

from storage.kv.batch import Batch, Changes
from storage.kv.decide import decide_all
from storage.kv.environment import FULL_DISK
from storage.kv.errors import KvClosed, KvError, StorageFailed, StorageFull
from storage.kv.gathering import Gathering
from storage.kv.limits import MIB, KvLimits
from storage.kv.operations import Checkpoint, Committed, Operation, Outcome, Several, Sweep

_log = logging.getLogger(__name__)

_IDLE_SECONDS: Final = 0.2
"""Quiet for so long, and LMDB takes over."""
_PATIENCE: Final = 4
"""How many times longer, when LMDB could not last time."""
_NOTHING_YET: Final = Committed(())
_SLICE: Final = 128
"""Requests decided before other tasks have their turn."""


class Request(msgspec.Struct, gc=False):
    """What somebody waits for."""

    guild: bytes
    """Empty for a sweep and a checkpoint, which belong to no guild and have a batch of their own."""
    epoch: int
    operation: Operation | Several
    task: trio.lowlevel.Task | None
    """Who waits; None once he was answered, or gave up."""
    outcome: Outcome = _NOTHING_YET

    def give_up(self, _raise_cancel: object) -> trio.lowlevel.Abort:
        """The caller was cancelled; nobody waits for the answer."""
        self.task = None
        return trio.lowlevel.Abort.SUCCEEDED

    def answer(self) -> None:
        """Wake the caller, if there still is one."""
        if self.task is not None:
            trio.lowlevel.reschedule(self.task)
            self.task = None

    def fail(self, error: KvError) -> None:
        """Nothing of it was done."""
        self.outcome = error
        self.answer()


class Writer:
    """The one task that changes the data."""

    def __init__(self, gathering: Gathering, limits: KvLimits, now_ms: Callable[[], int]) -> None:
        self._gathering = gathering
        self._environment = gathering.environment
        self._limits = limits
        self._now_ms = now_ms
        self._queue: deque[Request] = deque()
        self._queued_bytes = 0
        self._queued_operations = 0
        self._room = trio.lowlevel.ParkingLot()
        self._something_to_do = trio.Event()
        self._most_operations, self._most_bytes = limits.queued_operations, limits.queued_bytes
        self._is_crowded = False
        self._closing = False
        self._is_behind = False
        self.commits = 0
        self.committed_operations = 0

    @property
    def queued(self) -> int:
        """Operations that wait for a commit."""
        return self._queued_operations

    async def submit_all(self, guild: bytes, epoch: int, operations: Sequence[Operation]) -> list[Outcome]:
        """Queue the operations and wait until they are durable; outcomes stand in the same order."""
        if not operations:
            await trio.lowlevel.checkpoint()
            return []
        several = Several(operations, sum(each.size for each in operations))
        try:
            outcome = await self.submit(guild, epoch, several)
        except KvClosed:
            raise
        except KvError as error:
            return [error] * len(operations)
        assert isinstance(outcome, Committed)
        return list(outcome.outcomes)

    async def submit(self, guild: bytes, epoch: int, operation: Operation | Several) -> Outcome:
        """Queue one operation, wait until it is durable, and raise its refusal."""
        if self._is_crowded or self._closing:
            await self._wait_for_room()
        request = Request(guild, epoch, operation, trio.lowlevel.current_task())
        if not self._queue:
            self._something_to_do.set()
        self._queue.append(request)
        self._queued_operations += 1 if type(operation) is not Several else len(operation.operations)
        self._queued_bytes += operation.size
        if self._queued_operations >= self._most_operations or self._queued_bytes >= self._most_bytes:
            self._is_crowded = True
        # One wake-up for each request, without an event in between.
        await trio.lowlevel.wait_task_rescheduled(request.give_up)
        outcome = request.outcome
        if isinstance(outcome, KvError):
            raise outcome
        return outcome

    async def _wait_for_room(self) -> None:
        while self._is_crowded and not self._closing:
            await self._room.park()
        if self._closing:
            raise KvClosed("The key-value store is closing")

    def close(self) -> None:
        """Take nothing more; `run` ends once what waits is written."""
        self._closing = True
        self._room.unpark_all()
        self._something_to_do.set()

    async def run(self) -> None:
        """Write whatever waits, until closed and done. When it is quiet, LMDB takes over what was journalled."""
        try:
            while self._queue or not self._closing:
                if self._queue:
                    await self._serve(self._take())
                else:
                    await self._rest()
            await self._catch_up()
        finally:
            self._closing = True
            self._room.unpark_all()
            for request in self._queue:
                request.fail(KvClosed("The key-value store has stopped"))

    async def _rest(self) -> None:
        """Until there is something to do."""
        self._something_to_do = trio.Event()
        if self._gathering.has_rows:
            with trio.move_on_after(_IDLE_SECONDS * (1 + _PATIENCE * self._is_behind)) as pause:
                await self._something_to_do.wait()
            if pause.cancelled_caught:
                await self._catch_up()
        else:
            await self._something_to_do.wait()

    async def _serve(self, requests: list[Request]) -> None:
        if requests and isinstance(requests[0].operation, Checkpoint):
            requests[0].outcome = await self._catch_up() or Committed(())
            requests[0].answer()
            return
        await self._commit(requests)
        if len(requests) > 1:  # those who were just answered are likely to ask again: one batch, not two in turn
            await trio.lowlevel.checkpoint()
            await trio.lowlevel.checkpoint()
        journal, rows = self._gathering.journal, self._gathering.rows
        if journal.is_half_full or len(rows.entries) >= self._limits.gathered_rows:
            await self._catch_up()

    async def _catch_up(self) -> KvError | None:
        """Let LMDB take over what the journal holds. If it cannot, nothing is lost: the journal has it."""
        if not self._gathering.has_rows:
            return None
        try:
            await self._gathering.commit()
        except (lmdb.Error, OSError) as error:
            full = _says_full(error) or self._was_cut_short(error, self._limits.journal_bytes)
            if not self._is_behind:
                _log.error("LMDB could not take over what is in the journal, which keeps it: %s", error)
            self._is_behind = True
            return _refusal(error, full=full)
        self._is_behind = False
        return None

    def _take(self) -> list[Request]:
        """The next batch's requests, in order; a sweep and a checkpoint stand alone."""
        taken: list[Request] = []
        operations = size = 0
        queue, most, most_bytes = self._queue, self._limits.commit_operations, self._limits.commit_bytes
        while queue and operations < most and size < most_bytes:
            request = queue[0]
            if not request.guild and operations:
                break
            queue.popleft()
            operation = request.operation
            operations += 1 if type(operation) is not Several else len(operation.operations)
            size += operation.size
            if request.task is not None:
                taken.append(request)
            if not request.guild:
                break
        self._queued_operations -= operations
        self._queued_bytes -= size
        self._is_crowded = self._queued_operations >= self._most_operations or self._queued_bytes >= self._most_bytes
        if self._room:
            self._room.unpark_all()
        return taken

    async def _commit(self, requests: list[Request]) -> None:
        """Decide, write, answer. On a full disk each request is tried by itself: a small one may fit."""
        if not requests:
            return
        try:
            batch = await self._decide(requests)
            await self._keep(batch.finish())
        except (lmdb.Error, OSError) as error:
            await self._give_up(requests, error)
            return
        except BaseException:  # a defect of ours: the store ends, and nobody may wait for it for ever
            for request in requests:
                request.fail(StorageFailed("The key-value store broke down; see the log of flora"))
            raise
        self.commits += 1
        for request in requests:
            operation = request.operation
            self.committed_operations += 1 if type(operation) is not Several else len(operation.operations)
            if request.task is not None:
                trio.lowlevel.reschedule(request.task)
                request.task = None

    async def _keep(self, changes: Changes) -> None:
        """Returns when the changes are durable, and seen."""
        gathering = self._gathering
        frame = gathering.journal.frame(changes)
        if frame is not None:
            try:
                await gathering.journal.append(frame)
            except OSError as error:
                _log.error("The journal of key-value data could not be written, LMDB takes over: %s", error)
            else:
                gathering.add(changes)
                return
        await gathering.commit(changes)
        self._is_behind = False

    async def _give_up(self, requests: list[Request], error: Exception) -> None:
        full = _says_full(error) or self._was_cut_short(error, sum(request.operation.size for request in requests))
        if full and len(requests) > 1:
            for request in requests:
                await self._commit([request])
            return
        _log.error("A commit of key-value data failed%s: %s", ", the disk is full" if full else "", error)
        refusal = _refusal(error, full=full)
        for request in requests:
            request.fail(refusal)

    def _was_cut_short(self, error: Exception, size: int) -> bool:
        """A write that fitted only in part is an input/output error to LMDB; the disk tells them apart."""
        if not isinstance(error, lmdb.Error) or error.code != errno.EIO:
            return False
        disk = os.statvfs(self._environment.handle.path())
        return disk.f_bavail * disk.f_frsize < size + MIB

    async def _decide(self, requests: list[Request]) -> Batch:
        """Nobody else writes, so the state stays the same between the slices."""
        batch = Batch(self._environment.databases, self._gathering.rows, self._limits, self._now_ms())
        walks = isinstance(requests[0].operation, Sweep)
        for start in range(0, len(requests), _SLICE):
            if start:
                await trio.lowlevel.checkpoint()
            if walks:
                await self._gathering.until_walkable()
            with self._gathering.walk() if walks else self._environment.read() as transaction:
                batch.look(transaction)
                decide_all(batch, requests[start : start + _SLICE])
        return batch


def _refusal(error: Exception, *, full: bool) -> KvError:
    if full:
        return StorageFull("The key-value data has no room left on its disk; nothing was written")
    return StorageFailed(f"The key-value data could not be written: {error}")


def _says_full(error: Exception) -> bool:
    if isinstance(error, lmdb.MapFullError | lmdb.TxnFullError):
        return True
    code = error.code if isinstance(error, lmdb.Error) else getattr(error, "errno", None)
    return code in FULL_DISK
