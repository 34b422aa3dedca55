"""What waits for the writer, within bounds: a caller beyond them waits before he queues.

A request cancelled while it waits here is dropped and never happens. Once its batch has begun, cancelling only stops
the waiting: it may or may not have happened, as with any database.
"""

from collections import deque
from collections.abc import Iterable, Sequence
from typing import Final

import trio

from storage.kv.errors import KvClosed, KvError
from storage.kv.limits import KvLimits
from storage.kv.operations import Committed, Operation, Outcome, Several, Target
from storage.kv.parking import message_of, park, wake

_NOTHING_YET: Final = Committed(())
_SPARE: Final = 1_024
"""So many requests that nobody uses are kept while it is quiet."""


class Request:
    """What somebody waits for. One that was answered is used again, by whoever asks next.

    It asks for an operation or, with a target, for a plain set of `body` under `key`: the commonest write of all
    carries what it writes itself.
    """

    __slots__ = ("_queue", "body", "epoch", "guild", "key", "operation", "outcome", "parked", "size", "target", "task")

    def __init__(self, queue: "Queue") -> None:
        self._queue = queue
        self.guild = b""
        """Empty for a sweep and a checkpoint, which belong to no guild and have a batch of their own."""
        self.epoch = 0
        self.operation: Operation | Several | None = None
        self.target: Target | None = None
        self.key = self.body = b""
        self.size = 0
        """Bytes it brings into the queue."""
        self.task: trio.lowlevel.Task | None = None
        """Who waits; None once he was answered, or gave up."""
        self.outcome: Outcome = _NOTHING_YET
        self.parked = message_of(self._give_up)

    def _give_up(self, _raise_cancel: object) -> trio.lowlevel.Abort:
        """The caller was cancelled; nobody waits for the answer."""
        self.task = None
        self._queue.some_gave_up = True
        return trio.lowlevel.Abort.SUCCEEDED

    @property
    def is_alone(self) -> bool:
        """Whether it has a batch of its own."""
        return self.target is None and not self.guild

    def fail(self, error: KvError) -> None:
        """Nothing of it was done."""
        self.outcome = error
        answer_all((self,))


def answer_all(requests: Iterable[Request]) -> None:
    """Wake the callers who are still there."""
    for request in requests:
        task = request.task
        if task is not None:
            request.task = None
            wake(task, None)


class Queue:
    """Requests in the order in which they came."""

    def __init__(self, limits: KvLimits) -> None:
        self._limits = limits
        self.requests: deque[Request] = deque()
        self.spare: list[Request] = []
        """Answered, and nobody's."""
        self._room = trio.lowlevel.ParkingLot()
        self.size = 0
        self.most, self.most_bytes = limits.queued_operations, limits.queued_bytes
        self.some_gave_up = False
        """Since the queue was empty, so somebody's request may have to be dropped."""
        self.is_shut = False
        """Crowded or closed: wait until it is open, or hear that it never will be."""
        self.something = trio.Event()
        self.more = 0
        """Operations that wait, beyond one for each request."""
        self._alone = 0
        """Requests that wait and have a batch of their own."""
        self.taken = 0
        """Operations that no longer wait."""
        self.is_closed = False

    def __bool__(self) -> bool:
        return bool(self.requests)

    @property
    def operations(self) -> int:
        """How many wait."""
        return len(self.requests) + self.more

    async def submit_all(self, guild: bytes, epoch: int, operations: Sequence[Operation]) -> list[Outcome]:
        """Wait until the operations are durable; outcomes stand in the same order."""
        if not operations:
            await trio.lowlevel.checkpoint()
            return []
        several = Several(operations, sum(each.size for each in operations))
        await self.until_open()
        self.more += len(operations) - 1
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
        if self.is_shut:
            await self.until_open()
        request = self.spare.pop() if self.spare else Request(self)
        request.guild, request.epoch, request.operation, request.target = guild, epoch, operation, None
        request.size = operation.size
        request.task = trio.lowlevel.current_task()
        if not guild:
            self._alone += 1
        self.add(request)
        # One wake-up for each request, without an event in between.
        await park(request.parked)
        outcome, request.operation = request.outcome, None
        self.spare.append(request)
        if isinstance(outcome, KvError):
            raise outcome
        return outcome

    def add(self, request: Request) -> None:
        """The caller, who found the queue open just now, waits from here on."""
        waiting = self.requests
        if not waiting:
            self.something.set()
        waiting.append(request)
        self.size += request.size
        if self.size >= self.most_bytes or len(waiting) + self.more >= self.most:
            self.is_shut = True

    async def until_something(self) -> None:
        """Wait for a request, or the end."""
        if not self.requests and not self.is_closed:
            del self.spare[_SPARE:]
            self.something = trio.Event()
            await self.something.wait()

    def take(self) -> list[Request]:
        """The next batch's requests, in order; a sweep and a checkpoint stand alone."""
        if self._alone or self.operations > self._limits.commit_operations or self.size > self._limits.commit_bytes:
            taken = self._take_some()
        else:
            taken, operations = list(self.requests), self.operations
            self.requests.clear()
            self._let_go(operations, self.more, self.size)
        if self.some_gave_up:
            self.some_gave_up = bool(self.requests)
            taken = [request for request in taken if request.task is not None]
        return taken

    def _take_some(self) -> list[Request]:
        taken: list[Request] = []
        more = size = 0
        waiting, most, most_bytes = self.requests, self._limits.commit_operations, self._limits.commit_bytes
        while waiting and len(taken) + more < most and size < most_bytes and not (taken and waiting[0].is_alone):
            request = waiting.popleft()
            taken.append(request)
            operation = request.operation
            more += len(operation.operations) - 1 if type(operation) is Several else 0
            size += request.size
            if request.is_alone:
                self._alone -= 1
                break
        self._let_go(len(taken) + more, more, size)
        return taken

    def _let_go(self, operations: int, more: int, size: int) -> None:
        self.taken += operations
        self.more -= more
        self.size -= size
        self.is_shut = self.is_closed or self._is_crowded()
        if self._room:
            self._room.unpark_all()

    def close(self) -> None:
        """Take nothing more; what waits is still to be written."""
        self.is_closed = self.is_shut = True
        self._room.unpark_all()
        self.something.set()

    def fail(self, error: KvError) -> None:
        """Take nothing more, and answer all that wait with this."""
        self.close()
        for request in self.requests:
            request.fail(error)

    def _is_crowded(self) -> bool:
        return self.operations >= self.most or self.size >= self.most_bytes

    async def until_open(self) -> None:
        """Wait for room; raises `KvClosed`."""
        while self.is_shut and not self.is_closed:
            await self._room.park()
        if self.is_closed:
            raise KvClosed("The key-value store is closing")
