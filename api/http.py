"""The app as hypercorn sees it: Quart on trio, with one way through for every request.

Quart reads a body as fast as it comes, whoever sends it; here no more than the first piece is read before somebody
asks, which happens after the caller was checked. And quart-trio 0.12 cancels the task that closes the connection at the
end of each response: keep-alive timers never fired and `Connection: close` was never obeyed; here it does not.
"""

import contextlib
from collections.abc import Awaitable, Callable
from typing import Any, Final, cast

import trio
from quart import Response
from quart.utils import encode_headers
from quart_trio import QuartTrio
from quart_trio.asgi import TrioASGIHTTPConnection

from api.connection import CONNECTION, Connection
from api.streams.sinks import Frame, Push, Sink, chunked, unframed

WANTED: Final = "flora.body_wanted"
_LINGER_S: Final = 5.0
"""For a client to end what it sends after it was refused."""

_CLOSE_S: Final = 1.0
"""For hypercorn to close or reuse a connection when its response is out."""

Serve = Callable[[Any], Awaitable[Response]]


class PushedResponse(Response):
    """Its body is written by `push` until that returns."""

    push: Push
    timeout = None


class _LayeredSink:
    """A stream's way to a client that the server must encrypt or multiplex for: through all layers."""

    frame = staticmethod(unframed)

    def __init__(self, send: Any) -> None:
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


class _Exchange(TrioASGIHTTPConnection):
    """One request and its response."""

    _finishing = False

    def _create_request_from_scope(self, send: Any) -> Any:
        scope: dict[str, Any] = cast("dict[str, Any]", self.scope)
        self._over = trio.Event()
        """The whole body has come, or the client is gone."""
        self._wanted = scope[WANTED] = trio.Event()
        return super()._create_request_from_scope(send)

    async def __call__(self, receive: Any, send: Any) -> None:
        request = self._create_request_from_scope(send)
        async with trio.open_nursery() as nursery:
            nursery.start_soon(self._take, nursery, request, receive)
            nursery.start_soon(self.handle_request, nursery, request, send)

    async def _take(self, nursery: trio.Nursery, request: Any, receive: Any) -> None:
        """What the client sends, until it is gone."""
        while True:
            message = await receive()
            if message["type"] != "http.request":
                self._over.set()
                break
            if not self._finishing:  # otherwise nobody wants it, but hypercorn must get rid of it
                request.body.append(message.get("body", b""))
            if not message.get("more_body", False):
                self._over.set()
                request.body.set_complete()
                self._wanted.set()
            await self._wanted.wait()
        if self._finishing:  # the other task closes the connection; a peer that is gone may never let it
            await trio.sleep(_CLOSE_S)
        nursery.cancel_scope.cancel()

    async def _send_response(self, send: Any, response: Any) -> None:
        async def watched(event: Any) -> None:
            if event["type"] == "http.response.body" and not event.get("more_body", False):
                self._finishing = True
                await self._linger()
            await send(event)

        if isinstance(response, PushedResponse):
            await self._push(watched, response)
        else:
            await super()._send_response(watched, response)

    async def _push(self, send: Any, response: PushedResponse) -> None:
        headers = encode_headers(response.headers)
        await send({"type": "http.response.start", "status": response.status_code, "headers": headers})
        with contextlib.suppress(trio.BrokenResourceError):
            await response.push(self._sink(send))
        await send({"type": "http.response.body", "body": b"", "more_body": False})

    def _sink(self, send: Any) -> Sink:
        scope: Any = self.scope
        connection: Connection | None = scope["state"].get(CONNECTION)
        frame = {"1.0": unframed, "1.1": chunked}.get(scope["http_version"])
        if connection is None or frame is None or not connection.is_plain:
            return _LayeredSink(send)
        return _DirectSink(connection, frame)

    async def _linger(self) -> None:
        """A client that still sends what nobody wants would lose the answer if the connection closed at once."""
        self._wanted.set()
        with trio.move_on_after(_LINGER_S):
            await self._over.wait()


class HttpApp(QuartTrio):
    """Hands every request to one function."""

    asgi_http_class = _Exchange

    def __init__(self, serve: Serve) -> None:
        super().__init__("api", static_folder=None)
        self.config["MAX_CONTENT_LENGTH"] = None  # limits are the routes' own
        self._serve = serve

    async def handle_request(self, request: Any) -> Any:
        return await self._serve(request)
