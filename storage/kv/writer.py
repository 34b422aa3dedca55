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
from contextlib import suppress
from typing import Final

import lmdb
import msgspec
import trio

from storage.kv.batch import Batch, Changes
from storage.kv.decide import decide
from storage.kv.environment import FULL_DISK
from storage.kv.errors import KvClosed, KvError, StorageFailed, StorageFull
from storage.kv.gathering import Gathering
from storage.kv.limits import MIB, KvLimits
from storage.kv.operations import Checkpoint, Committed, Operation, Outcome, Sweep

_log = logging.getLogger(__name__)

_IDLE_SECONDS: Final = 0.2
"""Quiet for so long, and LMDB takes over."""
_PATIENCE: Final = 4
"""How many times longer, when LMDB could not last time."""
_PLACED_AT_ONCE: Final = 1_024
"""Entries that wait before they are put into the open transaction; 2 ms for whoever walks over rows before that."""
_NONE_YET: Final[list[Outcome]] = []
_SLICE: Final = 128
"""Requests decided before other tasks have their turn."""


class Request(msgspec.Struct, gc=False):
    """Operations of one guild that came together; each ends for itself."""

    guild: bytes
    epoch: int
    operations: Sequence[Operation]
    size: int
    is_alone: bool
    """A sweep, a checkpoint: what belongs to no guild has a batch of its own."""
    task: trio.lowlevel.Task | None
    """Who waits for the answer; None once he was answered, or gave up."""
    outcomes: list[Outcome] = _NONE_YET

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
        """Answer every operation with the same error."""
        self.outcomes = [error] * len(self.operations)
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
        self._is_crowded = False
        self._closing = False
        self._is_behind = False
        self.commits = 0
        self.committed_operations = 0

    @property
    def queued(self) -> int:
        """Operations that wait for a commit."""
        return self._queued_operations

    async def submit(self, guild: bytes, epoch: int, operations: Sequence[Operation]) -> list[Outcome]:
        """Queue the operations and wait until they are durable; outcomes stand in the same order."""
        if not operations:
            await trio.lowlevel.checkpoint()
            return []
        if self._is_crowded or self._closing:
            await self._wait_for_room()
        request = self._enqueue(guild, epoch, operations, sum(each.size for each in operations))
        await trio.lowlevel.wait_task_rescheduled(request.give_up)
        return request.outcomes

    async def submit_one(self, guild: bytes, epoch: int, operation: Operation) -> Outcome:
        """The same for one operation, which is raised if it is refused. Most writes come this way."""
        if self._is_crowded or self._closing:
            await self._wait_for_room()
        request = self._enqueue(guild, epoch, (operation,), operation.size)
        # One wake-up for each request, without an event in between.
        await trio.lowlevel.wait_task_rescheduled(request.give_up)
        (outcome,) = request.outcomes
        if isinstance(outcome, KvError):
            raise outcome
        return outcome

    def _enqueue(self, guild: bytes, epoch: int, operations: Sequence[Operation], size: int) -> Request:
        request = Request(guild, epoch, operations, size, not guild, trio.lowlevel.current_task())
        queue = self._queue
        if not queue:
            self._something_to_do.set()
        queue.append(request)
        self._queued_operations = queued = self._queued_operations + len(operations)
        self._queued_bytes = waiting = self._queued_bytes + size
        self._is_crowded = queued >= self._limits.queued_operations or waiting >= self._limits.queued_bytes
        return request

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
        if requests and isinstance(requests[0].operations[0], Checkpoint):
            refusal = await self._catch_up()
            requests[0].outcomes = [refusal or Committed(())]
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
            if queue[0].is_alone and operations:
                break
            request = queue.popleft()
            operations += len(request.operations)
            size += request.size
            if request.task is not None:
                taken.append(request)
            if request.is_alone:
                break
        self._queued_operations -= operations
        self._queued_bytes -= size
        self._is_crowded = (
            self._queued_operations >= self._limits.queued_operations or self._queued_bytes >= self._limits.queued_bytes
        )
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
        self.committed_operations += sum([len(request.operations) for request in requests])
        for request in requests:
            request.answer()

    async def _keep(self, changes: Changes) -> None:
        """Returns when the changes are durable, and seen."""
        gathering = self._gathering
        frame = gathering.journal.frame(changes)
        if frame is not None:
            try:
                await gathering.journal.append(frame, self._place_earlier)
            except OSError as error:
                _log.error("The journal of key-value data could not be written, LMDB takes over: %s", error)
            else:
                gathering.add(changes)
                return
        await gathering.commit(changes)
        self._is_behind = False

    def _place_earlier(self) -> None:
        """What was journalled before goes into the open transaction while the disk is busy, some of it at once."""
        if self._gathering.unplaced_rows < _PLACED_AT_ONCE:
            return
        with suppress(lmdb.Error):  # the commit that needs it says why
            self._gathering.place()

    async def _give_up(self, requests: list[Request], error: Exception) -> None:
        full = _says_full(error) or self._was_cut_short(error, sum(request.size for request in requests))
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
        walks = isinstance(requests[0].operations[0], Sweep)
        for start in range(0, len(requests), _SLICE):
            if start:
                await trio.lowlevel.checkpoint()
            with self._gathering.walk() if walks else self._environment.read() as transaction:
                batch.look(transaction)
                for request in requests[start : start + _SLICE]:
                    guild, epoch, operations = request.guild, request.epoch, request.operations
                    if len(operations) == 1:  # nearly always, and a comprehension is a call
                        request.outcomes = [decide(batch, guild, epoch, operations[0])]
                    else:
                        request.outcomes = [decide(batch, guild, epoch, operation) for operation in operations]
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
