"""Group commit: everything that waits becomes one batch, and nobody is answered before it is on disk.

A batch is decided, appended to the journal with one sync, seen by everybody from then on, and answered. While one
is under way the next one gathers (queue.py), so a slow disk makes batches larger, not callers more numerous. A batch
for which the journal has no room, and one that the journal's disk refused, goes to LMDB directly.
"""

import errno
import logging
import os
from collections.abc import Callable
from typing import Final

import lmdb
import trio

from storage.kv.batch import Batch, Changes
from storage.kv.decide import decide_all
from storage.kv.environment import FULL_DISK
from storage.kv.errors import KvClosed, KvError, StorageFailed, StorageFull
from storage.kv.gathering import Gathering
from storage.kv.limits import MIB, KvLimits
from storage.kv.operations import Checkpoint, Committed, Sweep
from storage.kv.queue import Queue, Request, answer_all

_log = logging.getLogger(__name__)

_IDLE_SECONDS: Final = 0.2
"""Quiet for so long, and LMDB takes over."""
_PATIENCE: Final = 4
"""How many times longer, when LMDB could not last time."""
_SLICE: Final = 128
"""Requests decided before other tasks have their turn."""


class Writer:
    """The one task that changes the data."""

    def __init__(self, gathering: Gathering, limits: KvLimits, now_ms: Callable[[], int]) -> None:
        self.queue = Queue(limits)
        self.commits = 0
        self._gathering = gathering
        self._environment = gathering.environment
        self._limits = limits
        self._now_ms = now_ms
        self.is_behind = False
        """LMDB could not take over last time, and is tried again."""

    async def run(self) -> None:
        """Write whatever waits, until closed and done. When it is quiet, LMDB takes over what was journalled."""
        queue = self.queue
        try:
            while queue or not queue.is_closed:
                if queue:
                    await self._serve(queue.take())
                else:
                    await self._rest()
            await self._catch_up()
        finally:
            queue.fail(KvClosed("The key-value store has stopped"))

    async def _rest(self) -> None:
        """Until there is something to do."""
        if self._gathering.has_rows:
            with trio.move_on_after(_IDLE_SECONDS * (1 + _PATIENCE * self.is_behind)) as pause:
                await self.queue.until_something()
            if pause.cancelled_caught:
                await self._catch_up()
        else:
            await self.queue.until_something()

    async def _serve(self, requests: list[Request]) -> None:
        if requests and isinstance(requests[0].operation, Checkpoint):
            requests[0].outcome = await self._catch_up() or Committed(())
            answer_all(requests)
            return
        await self._commit(requests)
        if len(requests) > 1:  # those who were just answered are likely to ask again: one batch, not two in turn
            await trio.lowlevel.cancel_shielded_checkpoint()
            if self.queue.operations < len(requests):  # trio lets us go on before the others, or after them
                await trio.lowlevel.cancel_shielded_checkpoint()
        journal, rows = self._gathering.journal, self._gathering.rows
        if not self.is_behind and (journal.is_nearly_full or len(rows.entries) >= self._limits.gathered_rows):
            await self._catch_up()  # when it could not, it is tried in a quiet moment, or when the journal has no room

    async def _catch_up(self) -> KvError | None:
        """Let LMDB take over what the journal holds. If it cannot, nothing is lost: the journal has it."""
        if not self._gathering.has_rows:
            return None
        try:
            await self._gathering.commit()
        except (lmdb.Error, OSError) as error:
            full = _says_full(error) or self._was_cut_short(error, self._limits.journal_bytes)
            if not self.is_behind:
                _log.error("LMDB could not take over what is in the journal, which keeps it: %s", error)
            self.is_behind = True
            return _refusal(error, full=full)
        self.is_behind = False
        return None

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
        answer_all(requests)

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
        self.is_behind = False

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
