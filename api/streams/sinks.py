"""How the bytes of a stream reach their reader: the seam between who writes streams and the server.

A connection that is plain HTTP/1 takes them past every layer (`api/server.py`); all others, TLS and HTTP/2, through the
server's own way (`api/http.py`).
"""

from collections.abc import Awaitable, Callable
from typing import Protocol, TypeAlias

Frame: TypeAlias = Callable[[bytes], bytes]
"""Makes of bytes what a connection wants of them."""


class Sink(Protocol):
    """One reader's end."""

    @property
    def frame(self) -> Frame:
        """The same function where the same is wanted, so that it is done once for many."""
        ...

    def put(self, framed: bytes) -> int:
        """How many of the bytes went without waiting. The rest is for `write`."""
        ...

    async def write(self, framed: bytes | memoryview) -> None:
        """Until all of it went. Raises trio.BrokenResourceError when the reader is gone, or takes nothing."""
        ...


Push: TypeAlias = Callable[[Sink], Awaitable[None]]
"""Writes a whole stream."""


def unframed(data: bytes) -> bytes:
    return data


def chunked(data: bytes) -> bytes:
    """As HTTP/1.1 sends what has no length."""
    return b"%x\r\n%b\r\n" % (len(data), data)
