"""The short way of the commonest write: a value and nothing else, into one store of one guild.

At a hundred callers what a set costs is calls in Python. So here is one coroutine from the caller's `await` to the
queue, with names that were looked at once; everything else goes by `Operations` and `Queue.submit`, and says the same.
"""

import trio

from storage.kv.keys import HEAD, encode_key
from storage.kv.making import plain_body
from storage.kv.operations import ANY_VERSION, Put, Written
from storage.kv.queue import Queue, Request


class Lane:
    """One store of one guild under one lease."""

    __slots__ = ("_epoch", "_guild", "_most", "_queue", "_store")

    def __init__(self, queue: Queue, guild: bytes, store: bytes, epoch: int, most: int) -> None:
        self._queue = queue
        self._guild = guild
        self._store = store
        self._epoch = epoch
        self._most = most
        """Bytes that a value may have."""

    async def set(self, key: str, value: object) -> Written:
        """Returns when it is durable; raises its refusal."""
        encoded = encode_key(key)
        body = plain_body(encoded, value, self._most)
        put = Put(self._store, encoded, body, ANY_VERSION, len(encoded) + len(body), len(encoded) <= HEAD)
        queue = self._queue
        if queue.is_shut:
            await queue.until_open()
        request = Request(self._guild, self._epoch, put, trio.lowlevel.current_task())
        queue.add(request)
        written: Written = await trio.lowlevel.wait_task_rescheduled(request.give_up)
        return written
