"""Requests to one server on connections that are kept: sockets, TLS, and who may use which.

    async with open_http("https://discord.com/api/v10", {"Authorization": "Bot ..."}) as http:
        answer = await http.exchange("GET", "/gateway/bot", {}, None)

A request waits for the socket once, when it reads: it is written without asking whether it may be, which it nearly
always may. A connection whose request was given up is closed, so no answer is ever taken for that to another request.
"""

import select
import socket
import ssl
from collections.abc import AsyncGenerator, Mapping
from contextlib import asynccontextmanager
from typing import Final, Protocol
from urllib.parse import urlsplit

import trio

from gateway.http1 import AnswerReader, HttpAnswer, HttpBrokenError, header_line, request_bytes

CONNECTIONS: Final = 64
KEPT: Final = 16
KEPT_S: Final = 30.0
"""Less than any server in front of Discord waits for the next request, so that seldom a request meets a connection
which is just being closed."""
_READ_BYTES: Final = 64 * 1024
_AGAIN_TO_READ: Final = (BlockingIOError, ssl.SSLWantReadError)
_AGAIN_TO_WRITE: Final = ssl.SSLWantWriteError


class Http(Protocol):
    """Whatever makes requests of one server."""

    async def exchange(self, method: str, target: str, headers: Mapping[str, str], body: bytes | None) -> HttpAnswer:
        """One request, to a path (and query) below the server's address. Raises HttpBrokenError when there is no
        answer; whoever calls bounds the time."""
        ...


class _Line:
    """One connection, for one request at a time."""

    def __init__(self, connected: socket.socket) -> None:
        self.idle_since = 0.0
        self._socket = connected
        self._poll = select.poll()
        self._poll.register(connected, select.POLLIN)

    async def exchange(self, request: bytes, reader: AnswerReader) -> HttpAnswer:
        await self._send(request)
        while True:
            piece = await self._receive()
            answer = reader.feed(piece) if piece else reader.ended()
            if answer is not None:
                return answer

    def is_stale(self) -> bool:
        """Nothing is to come on an idle connection but its end."""
        return bool(self._poll.poll(0))

    def close(self) -> None:
        self._socket.close()

    async def _send(self, data: bytes) -> None:
        rest = memoryview(data)
        while rest:
            try:
                rest = rest[self._socket.send(rest) :]
            except (BlockingIOError, _AGAIN_TO_WRITE):
                await trio.lowlevel.wait_writable(self._socket)
            except ssl.SSLWantReadError:
                await trio.lowlevel.wait_readable(self._socket)
            except OSError:
                return  # it may have answered before it went, which reading tells

    async def _receive(self) -> bytes:
        while True:
            await trio.lowlevel.wait_readable(self._socket)
            try:
                return self._socket.recv(_READ_BYTES)
            except _AGAIN_TO_READ:
                continue
            except _AGAIN_TO_WRITE:
                await trio.lowlevel.wait_writable(self._socket)
            except OSError as error:
                raise HttpBrokenError(f"the connection broke ({type(error).__name__})") from None


class HttpClient:
    """Made by `open_http`. The connection that was used last is used first, so that no more are kept than needed."""

    def __init__(self, url: str, headers: Mapping[str, str], tls: ssl.SSLContext | None = None) -> None:
        parts = urlsplit(url)
        if parts.scheme not in ("http", "https") or not parts.hostname:
            raise ValueError(f"{url!r} is no address of a server")
        self._host = parts.hostname
        self._tls = (tls or ssl.create_default_context()) if parts.scheme == "https" else None
        self._port = parts.port or (443 if self._tls else 80)
        self._base = parts.path.rstrip("/")
        written = {"Host": parts.netloc.rpartition("@")[2], **headers, "Accept": "*/*", "Accept-Encoding": "identity"}
        self._fixed = "".join(header_line(*each) for each in written.items())
        self._room = trio.CapacityLimiter(CONNECTIONS)
        self._idle: list[_Line] = []
        self._closed = False

    def __repr__(self) -> str:
        return f"<HttpClient of {self._host}: {self._room.borrowed_tokens} busy, {len(self._idle)} kept>"

    async def exchange(self, method: str, target: str, headers: Mapping[str, str], body: bytes | None) -> HttpAnswer:
        """As `Http` says."""
        request = request_bytes(method, self._base + target, self._fixed, headers, body)
        try:
            self._room.acquire_nowait()  # spares a turn of the loop
        except trio.WouldBlock:
            await self._room.acquire()
        try:
            return await self._on_a_line(request, AnswerReader(method))
        finally:
            self._room.release()

    def close(self) -> None:
        self._closed = True
        while self._idle:
            self._idle.pop().close()

    async def _on_a_line(self, request: bytes, reader: AnswerReader) -> HttpAnswer:
        line = self._kept() or await self._connect()
        kept = False
        try:
            answer = await line.exchange(request, reader)
            kept = reader.keeps and len(self._idle) < KEPT and not self._closed
        finally:
            if not kept:
                line.close()
        if kept:
            line.idle_since = trio.current_time()
            self._idle.append(line)
        return answer

    def _kept(self) -> _Line | None:
        oldest = trio.current_time() - KEPT_S
        while self._idle and self._idle[0].idle_since < oldest:
            self._idle.pop(0).close()
        while self._idle:
            line = self._idle.pop()
            if not line.is_stale():
                return line
            line.close()
        return None

    async def _connect(self) -> _Line:
        try:
            stream = await trio.open_tcp_stream(self._host, self._port)
            connected = socket.socket(fileno=stream.socket.detach())
            connected.settimeout(0)
            return _Line(connected if self._tls is None else await self._secured(connected, self._tls))
        except OSError as error:
            raise HttpBrokenError(f"{self._host} cannot be reached: {error}") from None

    async def _secured(self, connected: socket.socket, tls: ssl.SSLContext) -> socket.socket:
        secured = tls.wrap_socket(connected, server_hostname=self._host, do_handshake_on_connect=False)
        done = False
        try:
            while not done:
                done = await _shaken(secured)
        finally:
            if not done:
                secured.close()
        return secured


async def _shaken(secured: ssl.SSLSocket) -> bool:
    """One step of the handshake; whether it was the last."""
    try:
        secured.do_handshake()
    except ssl.SSLWantReadError:
        await trio.lowlevel.wait_readable(secured)
    except ssl.SSLWantWriteError:
        await trio.lowlevel.wait_writable(secured)
    else:
        return True
    return False


@asynccontextmanager
async def open_http(
    url: str, headers: Mapping[str, str], tls: ssl.SSLContext | None = None
) -> AsyncGenerator[HttpClient]:
    """Connections are closed at the end; requests that are still under way then are their callers' to cancel."""
    client = HttpClient(url, headers, tls)
    try:
        yield client
    finally:
        client.close()
