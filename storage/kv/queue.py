"""What waits for the writer, within bounds: a caller beyond them waits before he queues.

A request cancelled while it waits here is dropped and never happens. Once its batch has begun, cancelling only stops
the waiting: it may or may not have happened, as with any database.
"""

from collections import deque
from collections.abc import Callable, Iterable, Sequence
from typing import Final, cast

import msgspec
import trio

from storage.kv.errors import KvClosed, KvError
from storage.kv.limits import KvLimits
from storage.kv.operations import Committed, Operation, Outcome, Several

_NOTHING_YET: Final = Committed(())


class Request(msgspec.Struct, gc=False):
    """What somebody waits for; and, once it has an outcome, what his task is woken with."""

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

    def unwrap(self) -> Outcome:
        """The outcome, or its refusal raised: trio asks for it in the caller's task."""
        outcome = self.outcome
        if isinstance(outcome, KvError):
            raise outcome
        return outcome

    def fail(self, error: KvError) -> None:
        """Nothing of it was done."""
        self.outcome = error
        answer_all((self,))


_wake: Final = cast("Callable[[trio.lowlevel.Task, Request], None]", trio.lowlevel.reschedule)
"""trio asks of what a task is woken with that it can be unwrapped, no more; an `outcome.Value` made for each caller
to carry what the request already holds costs more than to decide the request."""


def answer_all(requests: Iterable[Request]) -> None:
    """Wake the callers who are still there."""
    for request in requests:
        task = request.task
        if task is not None:
            request.task = None
            _wake(task, request)


class Queue:
    """Requests in the order in which they came."""

    def __init__(self, limits: KvLimits) -> None:
        self._limits = limits
        self._requests: deque[Request] = deque()
        self._room = trio.lowlevel.ParkingLot()
        self._size = 0
        self._most, self._most_bytes = limits.queued_operations, limits.queued_bytes
        self._is_crowded = False
        self._something = trio.Event()
        self.operations = 0
        """How many wait."""
        self.taken = 0
        """How many no longer do."""
        self._alone = 0
        """How many of them have a batch of their own."""
        self.is_closed = False

    def __bool__(self) -> bool:
        return bool(self._requests)

    async def submit_all(self, guild: bytes, epoch: int, operations: Sequence[Operation]) -> list[Outcome]:
        """Wait until the operations are durable; outcomes stand in the same order."""
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
        """Wait until one operation is durable, and raise its refusal."""
        if self._is_crowded or self.is_closed:
            await self._wait_for_room()
        request = Request(guild, epoch, operation, trio.lowlevel.current_task())
        if not self._requests:
            self._something.set()
        self._requests.append(request)
        if not guild:
            self._alone += 1
        self.operations += 1 if type(operation) is not Several else len(operation.operations)
        self._size += operation.size
        if self.operations >= self._most or self._size >= self._most_bytes:
            self._is_crowded = True
        # One wake-up for each request, without an event in between.
        outcome: Outcome = await trio.lowlevel.wait_task_rescheduled(request.give_up)
        return outcome

    async def until_something(self) -> None:
        """Wait for a request, or the end."""
        if not self._requests and not self.is_closed:
            self._something = trio.Event()
            await self._something.wait()

    def take(self) -> list[Request]:
        """The next batch's requests, in order; a sweep and a checkpoint stand alone."""
        if self._alone or self.operations > self._limits.commit_operations or self._size > self._limits.commit_bytes:
            taken = self._take_some()
        else:
            taken = list(self._requests)
            self._requests.clear()
            self._let_go(self.operations, self._size)
        return [request for request in taken if request.task is not None]

    def _take_some(self) -> list[Request]:
        taken: list[Request] = []
        operations = size = 0
        waiting, most, most_bytes = self._requests, self._limits.commit_operations, self._limits.commit_bytes
        while waiting and operations < most and size < most_bytes and (waiting[0].guild or not taken):
            request = waiting.popleft()
            taken.append(request)
            operation = request.operation
            operations += 1 if type(operation) is not Several else len(operation.operations)
            size += operation.size
            if not request.guild:
                self._alone -= 1
                break
        self._let_go(operations, size)
        return taken

    def _let_go(self, operations: int, size: int) -> None:
        self.taken += operations
        self.operations -= operations
        self._size -= size
        self._is_crowded = self.operations >= self._most or self._size >= self._most_bytes
        if self._room:
            self._room.unpark_all()

    def close(self) -> None:
        """Take nothing more; what waits is still to be written."""
        self.is_closed = True
        self._room.unpark_all()
        self._something.set()

    def fail(self, error: KvError) -> None:
        """Take nothing more, and answer all that wait with this."""
        self.close()
        for request in self._requests:
            request.fail(error)

    async def _wait_for_room(self) -> None:
        while self._is_crowded and not self.is_closed:
            await self._room.park()
        if self.is_closed:
            raise KvClosed("The key-value store is closing")
