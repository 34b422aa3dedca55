"""The short way of the commonest write: a value and nothing else, into one store of one guild.

At a hundred callers what a set costs is calls in Python. So here is one coroutine from the caller's `await` to the
queue, with names that were looked at once; everything else goes by `Operations` and `Queue.submit`, and says the same.
"""

import trio

from storage.kv.errors import KvError
from storage.kv.keys import HEAD, encode_key
from storage.kv.making import PLAIN_TEXT, plain_body
from storage.kv.operations import Put, Target, Written
from storage.kv.parking import park
from storage.kv.queue import Queue, Request
from storage.kv.values import dump_text


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
        if len(encoded) > HEAD:
            return await self._set_spelled(encoded, plain_body(encoded, value, self._most))
        body = b""
        if type(value) is str:  # the commonest of all
            try:
                body = PLAIN_TEXT + dump_text(value)
            except UnicodeEncodeError:
                body = b""
        if not 0 < len(body) <= self._most:
            body = plain_body(encoded, value, self._most)  # or it says why not
        queue, size = self._queue, len(encoded) + len(body)
        if queue.is_shut:
            await queue.until_open()
        request = queue.spare.pop() if queue.spare else Request(queue)
        request.target = self._target
        request.key = encoded
        request.body = body
        request.size = size
        request.task = trio.lowlevel.current_task()
        waiting = queue.requests  # what `Queue.add` does
        if not waiting:
            queue.something.set()
        waiting.append(request)
        queue.size += size
        if queue.size >= queue.most_bytes or len(waiting) + queue.more >= queue.most:
            queue.is_shut = True
        await park(request.parked)
        outcome = request.outcome
        request.body = b""
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
