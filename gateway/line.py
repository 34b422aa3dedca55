"""A TCP connection, with TLS or without, that is read and written straight from the socket.

    line = await open_line("discord.com", 443, tls)

What is to be sent is sent at once, which nearly always works; whoever reads waits for the socket once and gets all that
has come. trio's own streams try to read before they wait, and its TLS gives one record at a time, each for two turns of
the loop: a gateway's events, each in a record of its own, would then never come in batches
(docs/decisions/websocket.md).
"""

import select
import socket
import ssl
from typing import Final

import trio

READ_BYTES: Final = 256 * 1024
_RECORD_BYTES: Final = 16 * 1024
"""Of TLS, at most."""
_AGAIN_S: Final = 0.01
"""TLS may want to read so that it can write, or the other way, while somebody else waits for just that."""


class LineBrokenError(Exception):
    """Nothing can be sent or received any more."""


class Line:
    """Made by `open_line`. One may send while another receives."""

    def __init__(self, connected: socket.socket) -> None:
        self._socket = connected
        self._secured = isinstance(connected, ssl.SSLSocket)
        self._poll = select.poll()
        self._poll.register(connected, select.POLLIN)

    def __repr__(self) -> str:
        return f"<Line {self._socket!r}>"

    async def send(self, data: bytes) -> None:
        """Raises LineBrokenError. A send that was given up may have sent a part: the line is of no use any more."""
        await trio.lowlevel.checkpoint_if_cancelled()
        rest = memoryview(data)
        while rest:
            try:
                rest = rest[self._socket.send(rest) :]
            except (BlockingIOError, ssl.SSLWantWriteError):
                await self._writable()
            except ssl.SSLWantReadError:
                await self._readable()
            except OSError as error:
                raise _broken(error) from None

    async def receive(self) -> bytes:
        """All that has come, waiting for something; empty when the other side has ended. Raises LineBrokenError."""
        while True:
            await self._readable()
            try:
                if self._secured:
                    return self._records()
                return self._socket.recv(READ_BYTES)
            except (BlockingIOError, ssl.SSLWantReadError):
                continue
            except ssl.SSLWantWriteError:
                await self._writable()
            except OSError as error:
                raise _broken(error) from None

    def is_readable(self) -> bool:
        """Something has come, or the end."""
        return bool(self._poll.poll(0))

    def close(self) -> None:
        """Drops it without a word; whoever waits for it hears of that."""
        trio.lowlevel.notify_closing(self._socket)
        self._socket.close()

    async def shake_hands(self) -> None:
        """Of TLS. Raises OSError."""
        assert isinstance(self._socket, ssl.SSLSocket)
        while True:
            try:
                self._socket.do_handshake()
            except ssl.SSLWantReadError:
                await self._readable()
            except ssl.SSLWantWriteError:
                await self._writable()
            else:
                return

    def _records(self) -> bytes:
        """Of TLS: each read gives one. What goes wrong after the first goes wrong again at the next turn."""
        records = [self._socket.recv(_RECORD_BYTES)]
        size = len(records[0])
        while records[-1] and size < READ_BYTES:
            try:
                records.append(self._socket.recv(_RECORD_BYTES))
            except OSError:
                break
            size += len(records[-1])
        return records[0] if len(records) == 1 else b"".join(records)

    async def _readable(self) -> None:
        try:
            await trio.lowlevel.wait_readable(self._socket)
        except trio.BusyResourceError:
            await trio.sleep(_AGAIN_S)
        except trio.ClosedResourceError:
            raise LineBrokenError("it was closed") from None

    async def _writable(self) -> None:
        try:
            await trio.lowlevel.wait_writable(self._socket)
        except trio.BusyResourceError:
            await trio.sleep(_AGAIN_S)
        except trio.ClosedResourceError:
            raise LineBrokenError("it was closed") from None


def _broken(error: OSError) -> LineBrokenError:
    return LineBrokenError(f"the connection broke ({type(error).__name__})")


async def open_line(host: str, port: int, tls: ssl.SSLContext | None) -> Line:
    """Raises OSError. Whoever calls bounds the time."""
    stream = await trio.open_tcp_stream(host, port)
    connected = socket.socket(fileno=stream.socket.detach())
    connected.settimeout(0)
    if tls is None:
        return Line(connected)
    line = Line(tls.wrap_socket(connected, server_hostname=host, do_handshake_on_connect=False))
    try:
        await line.shake_hands()
    except BaseException:
        line.close()
        raise
    return line
