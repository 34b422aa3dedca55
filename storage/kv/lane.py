"""The short way of the commonest write: a value and nothing else, into one store of one guild.

At a hundred callers what a set costs is calls in Python. So here is one coroutine from the caller's `await` to the
queue, with names that were looked at once; everything else goes by `Operations` and `Queue.submit`, and says the same.
"""

import trio

from storage.kv.errors import KvError
from storage.kv.keys import HEAD, encode_key
from storage.kv.making import plain_body
from storage.kv.operations import Put, Target, Written
from storage.kv.parking import park
from storage.kv.queue import Queue, Request


class Lane:
    """One store of one guild under one lease."""

    __slots__ = ("_most", "_queue", "_target")

    def __init__(self, queue: Queue, target: Target, most: int) -> None:
        self._queue = queue
        self._target = target
        self._most = most
        """Bytes that a value may have."""

    async def set(self, key: str, value: object) -> Written:
        """Returns when it is durable; raises its refusal."""
        encoded = encode_key(key)
        body = plain_body(encoded, value, self._most)
        queue = self._queue
        if len(encoded) > HEAD:
            return await self._set_spelled(encoded, body)
        if queue.is_shut:
            await queue.until_open()
        request = queue.spare.pop() if queue.spare else Request()
        request.target, request.key, request.body = self._target, encoded, body
        request.size = len(encoded) + len(body)
        request.task = trio.lowlevel.current_task()
        queue.add(request)
        await park(request.parked)
        outcome, request.body = request.outcome, b""
        queue.spare.append(request)
        if type(outcome) is Written:
            return outcome
        assert isinstance(outcome, KvError)
        raise outcome

    async def _set_spelled(self, key: bytes, body: bytes) -> Written:
        target = self._target
        put = Put(target.store, key, body, size=len(key) + len(body))
        outcome = await self._queue.submit(target.guild, target.epoch, put)
        assert isinstance(outcome, Written)
        return outcome
