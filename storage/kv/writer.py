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
from itertools import islice
from typing import Final

import lmdb
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


class Request:
    """Operations of one guild that came together; each ends for itself."""

    __slots__ = ("epoch", "guild", "is_alone", "operations", "outcomes", "size", "task")

    def __init__(self, guild: bytes, epoch: int, operations: Sequence[Operation]) -> None:
        self.guild = guild
        self.epoch = epoch
        self.operations = operations
        self.is_alone = not guild  # a sweep, a checkpoint: what belongs to no guild has a batch of its own
        self.size = operations[0].size if len(operations) == 1 else sum(each.size for each in operations)
        self.outcomes: list[Outcome] = _NONE_YET
        self.task: trio.lowlevel.Task | None = trio.lowlevel.current_task()

    def give_up(self, _raise_cancel: object) -> trio.lowlevel.Abort:
        """The caller was cancelled; nobody waits for the answer."""
        self.task = None
        return trio.lowlevel.Abort.SUCCEEDED

    def answer(self, outcomes: list[Outcome]) -> None:
        """Wake the caller, if there still is one."""
        self.outcomes = outcomes
        if self.task is not None:
            trio.lowlevel.reschedule(self.task)
            self.task = None

    def fail(self, error: KvError) -> None:
        """Answer every operation with the same error."""
        self.answer([error] * len(self.operations))


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
        limits = self._limits
        while self._queued_bytes >= limits.queued_bytes or self._queued_operations >= limits.queued_operations:
            if self._closing:
                break
            await self._room.park()
        if self._closing:
            raise KvClosed("The key-value store is closing")
        request = Request(guild, epoch, operations)
        self._queue.append(request)
        self._queued_bytes += request.size
        self._queued_operations += len(operations)
        self._something_to_do.set()
        # One wake-up for each request, without an event in between.
        await trio.lowlevel.wait_task_rescheduled(request.give_up)
        return request.outcomes

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
            requests[0].answer([refusal or Committed(())])
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
            if request.is_alone and operations:
                break
            queue.popleft()
            operations += len(request.operations)
            size += request.size
            if request.task is not None:
                taken.append(request)
            if request.is_alone:
                break
        self._queued_bytes -= size
        self._queued_operations -= operations
        if self._room:
            self._room.unpark_all()
        return taken

    async def _commit(self, requests: list[Request]) -> None:
        """Decide, write, answer. On a full disk each request is tried by itself: a small one may fit."""
        if not requests:
            return
        answers: list[list[Outcome]] = []
        try:
            batch = await self._decide(requests, answers)
            await self._keep(batch.finish())
        except (lmdb.Error, OSError) as error:
            await self._give_up(requests, error)
            return
        except BaseException:  # a defect of ours: the store ends, and nobody may wait for it for ever
            for request in requests:
                request.fail(StorageFailed("The key-value store broke down; see the log of flora"))
            raise
        self.commits += 1
        self.committed_operations += sum(map(len, answers))
        for request, outcomes in zip(requests, answers, strict=True):
            request.answer(outcomes)

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

    async def _decide(self, requests: list[Request], answers: list[list[Outcome]]) -> Batch:
        """Nobody else writes, so the state stays the same between the slices."""
        batch = Batch(self._environment.databases, self._gathering.rows, self._limits, self._now_ms())
        walks = isinstance(requests[0].operations[0], Sweep)
        remaining = iter(requests)
        while slice_ := list(islice(remaining, _SLICE)):
            if answers:
                await trio.lowlevel.checkpoint()
            with self._gathering.walk() if walks else self._environment.read() as transaction:
                batch.look(transaction)
                for request in slice_:
                    guild, epoch, operations = request.guild, request.epoch, request.operations
                    if len(operations) == 1:  # nearly always, and a comprehension is a call
                        answers.append([decide(batch, guild, epoch, operations[0])])
                    else:
                        answers.append([decide(batch, guild, epoch, operation) for operation in operations])
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
