"""Group commit: everything that waits becomes one transaction, and nobody is answered before it is on disk.

A request is answered once LMDB has synced the commit that holds it. While one commit is under way the next
one gathers, so a slow disk makes commits larger, not callers more numerous. Bytes that wait are bounded;
a caller beyond the bound waits before it queues.

A request cancelled while it waits in the queue is dropped and never happens. Once its commit has begun,
cancelling only stops the waiting: it may or may not have happened, as with any database.
"""

import errno
import logging
import os
from collections import deque
from collections.abc import Callable, Sequence
from itertools import islice
from typing import Final

import lmdb
import trio

from storage.kv.batch import Batch
from storage.kv.commit import commit
from storage.kv.decide import decide
from storage.kv.environment import FULL_DISK, Environment
from storage.kv.errors import KvClosed, KvError, StorageFailed, StorageFull
from storage.kv.limits import MIB, KvLimits
from storage.kv.operations import Operation, Outcome, Sweep

_log = logging.getLogger(__name__)

_SLICE: Final = 128
"""Requests decided before other tasks have their turn."""


class Request:
    """Operations of one guild that came together; each ends for itself."""

    __slots__ = ("epoch", "guild", "operations", "outcomes", "size", "task")

    def __init__(self, guild: bytes, epoch: int, operations: Sequence[Operation]) -> None:
        self.guild = guild
        self.epoch = epoch
        self.operations = operations
        self.size = operations[0].size if len(operations) == 1 else sum(each.size for each in operations)
        self.outcomes: list[Outcome] = []
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

    def __init__(self, environment: Environment, limits: KvLimits, now_ms: Callable[[], int]) -> None:
        self._environment = environment
        self._limits = limits
        self._now_ms = now_ms
        self._queue: deque[Request] = deque()
        self._queued_bytes = 0
        self._queued_operations = 0
        self._room = trio.lowlevel.ParkingLot()
        self._something_to_do = trio.Event()
        self._closing = False
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
        while self._is_full() and not self._closing:
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
        """Commit whatever waits, until closed and done."""
        try:
            while self._queue or not self._closing:
                if self._queue:
                    await self._commit(self._take())
                else:
                    self._something_to_do = trio.Event()
                    await self._something_to_do.wait()
        finally:
            self._closing = True
            self._room.unpark_all()
            for request in self._queue:
                request.fail(KvClosed("The key-value store has stopped"))

    def _is_full(self) -> bool:
        limits = self._limits
        return self._queued_bytes >= limits.queued_bytes or self._queued_operations >= limits.queued_operations

    def _take(self) -> list[Request]:
        """The next commit's requests, in order; a sweep stands alone."""
        taken: list[Request] = []
        operations = size = 0
        while self._queue and operations < self._limits.commit_operations and size < self._limits.commit_bytes:
            alone = isinstance(self._queue[0].operations[0], Sweep)
            if alone and taken:
                break
            request = self._queue.popleft()
            self._queued_bytes -= request.size
            self._queued_operations -= len(request.operations)
            if request.task is None:
                continue
            taken.append(request)
            operations += len(request.operations)
            size += request.size
            if alone:
                break
        self._room.unpark_all()
        return taken

    async def _commit(self, requests: list[Request]) -> None:
        """Decide, write, answer. On a full disk each request is tried by itself: a small one may fit."""
        if not requests:
            return
        answers: list[list[Outcome]] = []
        try:
            batch = await self._decide(requests, answers)
            changes = batch.finish()
            await commit(self._environment, changes)
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

    async def _give_up(self, requests: list[Request], error: Exception) -> None:
        full = _says_full(error) or self._was_cut_short(error, requests)
        if full and len(requests) > 1:
            for request in requests:
                await self._commit([request])
            return
        _log.error("A commit of key-value data failed%s: %s", ", the disk is full" if full else "", error)
        refusal: KvError = StorageFailed(f"The key-value data could not be written: {error}")
        if full:
            refusal = StorageFull("The key-value data has no room left on its disk; nothing was written")
        for request in requests:
            request.fail(refusal)

    def _was_cut_short(self, error: Exception, requests: list[Request]) -> bool:
        """A write that fitted only in part is an input/output error to LMDB; the disk tells them apart."""
        if not isinstance(error, lmdb.Error) or error.code != errno.EIO:
            return False
        disk = os.statvfs(self._environment.handle.path())
        return disk.f_bavail * disk.f_frsize < sum(request.size for request in requests) + MIB

    async def _decide(self, requests: list[Request], answers: list[list[Outcome]]) -> Batch:
        """Nobody else writes, so the state stays the same between the slices."""
        batch = Batch(self._environment.databases, self._limits, self._now_ms())
        remaining = iter(requests)
        while slice_ := list(islice(remaining, _SLICE)):
            if answers:
                await trio.lowlevel.checkpoint()
            with self._environment.read() as transaction:
                batch.look(transaction)
                for request in slice_:
                    guild, epoch = request.guild, request.epoch
                    answers.append([decide(batch, guild, epoch, operation) for operation in request.operations])
        return batch


def _says_full(error: Exception) -> bool:
    if isinstance(error, lmdb.MapFullError | lmdb.TxnFullError):
        return True
    code = error.code if isinstance(error, lmdb.Error) else getattr(error, "errno", None)
    return code in FULL_DISK
