"""trio-websocket behind the seam of `gateway/websocket.py`.

It knows single messages only, so each costs a checkpoint of trio's; what has arrived by then is taken along. Its own
way out is not used: leaving its context sends 1000, which ends a session, and waits for the server without a bound.
"""

import ssl
from collections.abc import AsyncGenerator, Sequence
from contextlib import asynccontextmanager
from typing import Final, TypeAlias

import trio
import trio_websocket

from gateway.frames import MESSAGE_BYTES
from gateway.websocket import (
    CLOSE_S,
    OPEN_S,
    SEND_S,
    Address,
    Socket,
    SocketClosedError,
    SocketFailedError,
    parse_address,
    said_plainly,
)

Stream: TypeAlias = trio.SocketStream | trio.SSLStream[trio.SocketStream]
_QUEUE: Final = 256
_READ_BYTES: Final = 64 * 1024


class LibrarySocket:
    """One of the library's connections."""

    def __init__(self, connection: trio_websocket.WebSocketConnection) -> None:
        self._connection = connection

    async def receive(self) -> Sequence[bytes]:
        try:
            first = await self._connection.get_message()
        except trio_websocket.ConnectionClosed as closed:
            raise _closed(closed) from None
        return [first.encode() if isinstance(first, str) else first]

    async def send(self, text: bytes) -> None:
        try:
            with trio.fail_after(SEND_S):
                await self._connection.send_message(text.decode())
        except trio.TooSlowError:
            raise SocketClosedError(None, f"nothing could be sent for {SEND_S:g} s") from None
        except trio_websocket.ConnectionClosed as closed:
            raise _closed(closed) from None

    async def close(self, code: int) -> None:
        with trio.CancelScope(shield=True, deadline=trio.current_time() + CLOSE_S):
            await self._connection.aclose(code)


@asynccontextmanager
async def open_library_socket(url: str, tls: ssl.SSLContext | None = None) -> AsyncGenerator[Socket]:
    """For whoever wants the library: `websocket = "trio-websocket"`."""
    address = parse_address(url)
    async with _open_stream(address, tls) as stream, trio.open_nursery() as nursery:
        try:
            with trio.fail_after(OPEN_S):
                connection = await trio_websocket.wrap_client_stream(
                    nursery,
                    stream,
                    address.authority,
                    address.target,
                    message_queue_size=_QUEUE,
                    max_message_size=MESSAGE_BYTES,
                    receive_buffer_size=_READ_BYTES,
                )
        except trio.TooSlowError:
            raise SocketFailedError(f"{address.host} did not answer within {OPEN_S:g} s") from None
        except trio_websocket.HandshakeError as error:
            raise SocketFailedError(f"{address.host} refuses the websocket: {error!r}") from None
        yield LibrarySocket(connection)
        nursery.cancel_scope.cancel()  # its reader waits for the server to end TCP, without a bound


@asynccontextmanager
async def _open_stream(address: Address, tls: ssl.SSLContext | None) -> AsyncGenerator[Stream]:
    """The library wants trio's own. Leaving the block drops it without a word."""
    with said_plainly(address.host):
        with trio.fail_after(OPEN_S):
            stream = await _connect(address, address.context(tls))
    try:
        yield stream
    finally:
        await trio.aclose_forcefully(stream)


async def _connect(address: Address, tls: ssl.SSLContext | None) -> Stream:
    plain = await trio.open_tcp_stream(address.host, address.port)
    if tls is None:
        return plain
    stream = trio.SSLStream(plain, tls, server_hostname=address.host, https_compatible=True)
    try:
        await stream.do_handshake()
    except BaseException:
        await trio.aclose_forcefully(stream)
        raise
    return stream


def _closed(closed: trio_websocket.ConnectionClosed) -> SocketClosedError:
    reason = closed.reason
    if reason is None or reason.code == 1006:
        return SocketClosedError(None, "the connection ended without a goodbye")
    return SocketClosedError(int(reason.code), reason.reason or "")
