"""The app as hypercorn sees it (ASGI 3): one way through for every request.

No more than the first piece of a body is read before somebody asks for it, which happens after the caller was checked.
And whoever answers waits until hypercorn has closed or recycled the connection, for otherwise its keep-alive timers
never fire and `Connection: close` is not obeyed.
"""

import contextlib
from collections import deque
from collections.abc import AsyncGenerator, Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Final, TypeAlias

import trio

from api.connection import CONNECTION, Connection
from api.streams.sinks import Frame, Push, Sink, chunked, unframed

_LINGER_S: Final = 5.0
"""For a client to end what it sends after it was refused."""
_CLOSE_S: Final = 1.0
"""For hypercorn to close or reuse a connection when its response is out."""
_SEND_S: Final = 60.0
"""For a response that is no stream."""
Scope: TypeAlias = dict[str, Any]
Receive: TypeAlias = Callable[[], Awaitable[Mapping[str, Any]]]
Send: TypeAlias = Callable[[Mapping[str, Any]], Awaitable[None]]


class Request:
    """One request; its body comes when it is asked for."""

    def __init__(self, scope: Scope) -> None:
        self.scope = scope
        self.method = str(scope["method"])
        self.wanted = trio.Event()
        """Somebody asked for the body, or nobody will."""
        self._pieces: deque[bytes] = deque()
        self._is_whole = False
        self._more = trio.Event()

    def __repr__(self) -> str:
        return f"<Request {self.method}>"

    def put(self, piece: bytes, *, is_last: bool) -> None:
        self._pieces.append(piece)
        self._is_whole |= is_last
        self._more.set()

    async def next_piece(self) -> bytes:
        """Of the body; empty at its end."""
        self.wanted.set()
        while True:
            while self._pieces:
                if piece := self._pieces.popleft():
                    return piece
            if self._is_whole:
                return b""
            self._more = trio.Event()
            await self._more.wait()


@dataclass(slots=True)
class Response:
    """Its body is `body`, or what `stream` gives, or what `push` writes."""

    status: int
    headers: list[tuple[str, str]] = field(default_factory=list[tuple[str, str]])
    body: bytes = b""
    stream: AsyncGenerator[bytes] | None = None
    push: Push | None = None


Serve: TypeAlias = Callable[[Request], Awaitable[Response]]


class _LayeredSink:
    """A stream's way to a client that the server must encrypt or multiplex for: through all layers."""

    frame = staticmethod(unframed)

    def __init__(self, send: Send) -> None:
        self._send = send

    def put(self, framed: bytes) -> int:  # noqa: ARG002
        return 0

    async def write(self, framed: bytes | memoryview) -> None:
        await self._send({"type": "http.response.body", "body": bytes(framed), "more_body": True})


class _DirectSink:
    """A stream's way to a client of plain HTTP/1: hypercorn has sent the head, and will send the end."""

    def __init__(self, connection: Connection, frame: Frame) -> None:
        self.frame = frame
        self._connection = connection

    def put(self, framed: bytes) -> int:
        return self._connection.put(framed)

    async def write(self, framed: bytes | memoryview) -> None:
        await self._connection.write(framed)


class _Exchange:
    """One request and its response."""

    def __init__(self, serve: Serve, scope: Scope, receive: Receive, send: Send) -> None:
        self._serve = serve
        self._scope = scope
        self._receive = receive
        self._send = send
        self._request = Request(scope)
        self._over = trio.Event()
        """The whole body has come, or the client is gone."""
        self._is_finishing = False

    async def run(self) -> None:
        async with trio.open_nursery() as nursery:
            nursery.start_soon(self._take, nursery)
            nursery.start_soon(self._answer, nursery)

    async def _take(self, nursery: trio.Nursery) -> None:
        """What the client sends, until it is gone."""
        while True:
            message = await self._receive()
            if message["type"] != "http.request":
                self._over.set()
                break
            is_last = not message.get("more_body", False)
            if not self._is_finishing:  # otherwise nobody wants it, but hypercorn must get rid of it
                self._request.put(message.get("body", b""), is_last=is_last)
            if is_last:
                self._over.set()
                self._request.wanted.set()
            await self._request.wanted.wait()
        if self._is_finishing:  # the other task closes the connection; a peer that is gone may never let it
            await trio.sleep(_CLOSE_S)
        nursery.cancel_scope.cancel()

    async def _answer(self, nursery: trio.Nursery) -> None:
        response = await self._serve(self._request)
        headers = [(name.lower().encode(), value.encode()) for name, value in response.headers]
        with trio.CancelScope() as sending:
            if response.stream is None and response.push is None:
                sending.deadline = trio.current_time() + _SEND_S
            await self._send({"type": "http.response.start", "status": response.status, "headers": headers})
            await self._send_body(response)
            self._is_finishing = True
            await self._linger()
            await self._send({"type": "http.response.body", "body": b"", "more_body": False})
        nursery.cancel_scope.cancel()

    async def _send_body(self, response: Response) -> None:
        if response.push is not None:
            with contextlib.suppress(trio.BrokenResourceError):
                await response.push(self._sink())
        elif response.stream is not None:
            async with contextlib.aclosing(response.stream) as pieces:
                async for piece in pieces:
                    await self._send({"type": "http.response.body", "body": piece, "more_body": True})
        elif response.body:
            await self._send({"type": "http.response.body", "body": response.body, "more_body": True})

    def _sink(self) -> Sink:
        connection: Connection | None = self._scope["state"].get(CONNECTION)
        frame = {"1.0": unframed, "1.1": chunked}.get(self._scope["http_version"])
        if connection is None or frame is None or not connection.is_plain:
            return _LayeredSink(self._send)
        return _DirectSink(connection, frame)

    async def _linger(self) -> None:
        """A client that still sends what nobody wants would lose the answer if the connection closed at once."""
        self._request.wanted.set()
        with trio.move_on_after(_LINGER_S):
            await self._over.wait()


class HttpApp:
    """Hands every request to one function, which raises nothing."""

    def __init__(self, serve: Serve) -> None:
        self._serve = serve

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http":
            await _Exchange(self._serve, scope, receive, send).run()
        else:  # there are no websockets here
            await send({"type": f"{scope['type']}.close"})
