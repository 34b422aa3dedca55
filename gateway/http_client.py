"""Requests to one server on connections that are kept.

    async with open_http("https://discord.com/api/v10", {"Authorization": "Bot ..."}) as http:
        answer = await http.exchange("GET", "/gateway/bot", {}, None)

A request waits for its connection once, when it reads. A connection whose request was given up is closed, so no answer
is ever taken for that to another request.
"""

import ssl
from collections.abc import AsyncGenerator, Mapping
from contextlib import asynccontextmanager, suppress
from typing import Final, Protocol
from urllib.parse import urlsplit

import trio

from gateway.http1 import AnswerReader, HttpAnswer, HttpBrokenError, header_line, request_bytes
from gateway.line import Line, LineBrokenError, open_line

CONNECTIONS: Final = 64
KEPT: Final = 16
KEPT_S: Final = 30.0
"""Less than any server in front of Discord waits for the next request, so that seldom a request meets a connection
which is just being closed."""


class Http(Protocol):
    """Whatever makes requests of one server."""

    async def exchange(self, method: str, target: str, headers: Mapping[str, str], body: bytes | None) -> HttpAnswer:
        """One request, to a path (and query) below the server's address. Raises HttpBrokenError when there is no
        answer; whoever calls bounds the time."""
        ...


class _Kept:
    """A connection, and since when nobody uses it."""

    __slots__ = ("idle_since", "line")

    def __init__(self, line: Line) -> None:
        self.line = line
        self.idle_since = 0.0


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
        self._idle: list[_Kept] = []
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
            self._idle.pop().line.close()

    async def _on_a_line(self, request: bytes, reader: AnswerReader) -> HttpAnswer:
        kept = self._kept() or _Kept(await self._connect())
        keeps = False
        try:
            answer = await _exchange(kept.line, request, reader)
            keeps = reader.keeps and len(self._idle) < KEPT and not self._closed
        finally:
            if not keeps:
                kept.line.close()
        if keeps:
            kept.idle_since = trio.current_time()
            self._idle.append(kept)
        return answer

    def _kept(self) -> _Kept | None:
        """The one used last. Nothing is to come on an idle connection but its end."""
        oldest = trio.current_time() - KEPT_S
        while self._idle and self._idle[0].idle_since < oldest:
            self._idle.pop(0).line.close()
        while self._idle:
            kept = self._idle.pop()
            if not kept.line.is_readable():
                return kept
            kept.line.close()
        return None

    async def _connect(self) -> Line:
        try:
            return await open_line(self._host, self._port, self._tls)
        except OSError as error:
            raise HttpBrokenError(f"{self._host} cannot be reached: {error}") from None


async def _exchange(line: Line, request: bytes, reader: AnswerReader) -> HttpAnswer:
    with suppress(LineBrokenError):  # it may have answered before it went, which reading tells
        await line.send(request)
    try:
        while True:
            piece = await line.receive()
            answer = reader.feed(piece) if piece else reader.ended()
            if answer is not None:
                return answer
    except LineBrokenError as error:
        raise HttpBrokenError(str(error)) from None


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
