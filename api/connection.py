"""One connection, as hypercorn serves it, where nothing from outside may end more than itself.

Stock, hypercorn 0.18 on trio lets one malformed connection end the whole server (a non-ASCII `:path` over h2c, a
websocket's handshake and a stray byte), and waits for ever for a client that stops reading. The repairs are here and in
`api/http.py`, each said where it stands.
"""

import logging
import os
import socket
from typing import Any, Final, cast

import trio
from hypercorn.events import Closed, Event, RawData
from hypercorn.trio.tcp_server import TCPServer

_log = logging.getLogger("api.server")
WRITE_S: Final = 20.0
"""A client that takes nothing for so long is gone."""
CONNECTION: Final = "flora.connection"
_CLOSE_S: Final = 1.0
_STREAM_END_S: Final = 0.3
_STREAM_BUFFER: Final = 64 * 1024


class Connection(TCPServer):
    """One connection. Requests find theirs in the state of their scope, under CONNECTION."""

    _left = False
    _streaming = False
    _writing: trio.CancelScope | None = None
    _idling: trio.CancelScope | None = None
    _reading: trio.CancelScope | None = None

    async def run(self) -> None:
        """An exception in one connection would end every other, and the daemon: it is told, and ends here."""
        self.state = cast("Any", {**self.state, CONNECTION: self})
        try:
            await super().run()
        except BaseExceptionGroup as group:
            fatal, rest = group.split((trio.Cancelled, KeyboardInterrupt, SystemExit))
            if rest is not None:
                _told(rest)
            if fatal is not None:
                raise fatal from None
        except Exception as error:  # noqa: BLE001 -- whatever one connection provokes
            _told(error)

    async def _read_data(self) -> None:
        """A client that has left is not waited for as one that is idle, and a connection that was closed from here is
        not read on: with a second request behind the first, hypercorn waits for an answer that nobody sends."""
        try:
            with trio.CancelScope() as self._reading:
                await super()._read_data()
            if self._reading.cancelled_caught:
                with trio.move_on_after(_CLOSE_S):
                    await self.protocol.handle(Closed())
        finally:
            self._left = True
            if self._idling is not None:
                self._idling.cancel()

    async def _close(self) -> None:
        await super()._close()
        self._end_reading()

    async def _initiate_server_close(self) -> None:
        await super()._initiate_server_close()
        self._end_reading()

    def hurry(self) -> None:
        """The server stops: what is being written has as long as everything else, a stream hardly any time: it can be
        asked for again."""
        if self._writing is not None:
            self._writing.deadline = min(self._writing.deadline, trio.current_time() + self._end_s)

    @property
    def _end_s(self) -> float:
        return _STREAM_END_S if self._streaming else self.config.graceful_timeout

    def _end_reading(self) -> None:
        if self._reading is not None:
            self._reading.cancel()

    async def _idle_timeout(self) -> None:
        if not self._left:
            with trio.move_on_after(self.config.keep_alive_timeout) as self._idling:
                await self.context.terminated.wait()
        with trio.CancelScope(shield=True, deadline=trio.current_time() + WRITE_S):
            await self._initiate_server_close()

    async def protocol_send(self, event: Event) -> None:
        if not isinstance(event, RawData):
            await super().protocol_send(event)
        elif not await self._send(event.data):
            await self.protocol.handle(Closed())
            self._end_reading()

    async def _send(self, data: bytes | memoryview) -> bool:
        """A write has an end, shielded or not: a client that stops reading must not hold up a shutdown. Whether all
        of it went; otherwise the connection is of no use any more."""
        async with self.send_lock:
            patience = self._end_s if self.context.terminated.is_set() else WRITE_S
            try:
                with trio.CancelScope(shield=True, deadline=trio.current_time() + patience) as scope:
                    self._writing = scope
                    await self.stream.send_all(data)
                if not scope.cancelled_caught:
                    return True
                await trio.aclose_forcefully(self.stream)
            except (trio.BrokenResourceError, trio.ClosedResourceError):
                pass
            finally:
                self._writing = None
        return False

    # -- for streams, between the head of a response and its end (`api/streams/sinks.py`)

    @property
    def is_plain(self) -> bool:
        """Whether what is written to its socket is what the client reads."""
        stream: Any = self.stream
        return isinstance(stream, trio.SocketStream)

    def put(self, data: bytes) -> int:
        """Straight to the socket, without a task, a lock or a layer in between; how many bytes it took."""
        if self.send_lock.locked():
            return 0
        try:
            return os.write(cast("Any", self.stream).socket.fileno(), data)
        except OSError:  # it is full, or gone: `write` finds out which
            return 0

    async def write(self, data: bytes | memoryview) -> None:
        """Raises trio.BrokenResourceError."""
        if not self._streaming:
            self._streaming = True
            self._narrow()
        if not await self._send(data):
            self._end_reading()
            raise trio.BrokenResourceError("the reader is gone")

    def _narrow(self) -> None:
        """A reader that stops reading costs what its socket holds, which would grow to megabytes."""
        if self.is_plain:
            cast("Any", self.stream).setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, _STREAM_BUFFER)


def _told(error: BaseException) -> None:
    """At debug: what strangers send is no news to an operator."""
    _log.debug("a connection was ended by %s", type(error).__name__, exc_info=error)
