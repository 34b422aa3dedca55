"""The app as hypercorn sees it: Quart on trio, with one way through for every request.

Quart reads a body as fast as it comes, whoever sends it; here no more than the first piece is read before somebody
asks, which happens after the caller was checked. And quart-trio 0.12 cancels the task that closes the connection at the
end of each response: keep-alive timers never fired and `Connection: close` was never obeyed; here it does not.
"""

from collections.abc import Awaitable, Callable
from typing import Any, Final, cast

import trio
from quart import Response
from quart_trio import QuartTrio
from quart_trio.asgi import TrioASGIHTTPConnection

WANTED: Final = "flora.body_wanted"
_LINGER_S: Final = 5.0
"""For a client to end what it sends after it was refused."""

_CLOSE_S: Final = 1.0
"""For hypercorn to close or reuse a connection when its response is out."""

Serve = Callable[[Any], Awaitable[Response]]


class _Connection(TrioASGIHTTPConnection):
    """One request and its response."""

    _finishing = False

    def _create_request_from_scope(self, send: Any) -> Any:
        scope: dict[str, Any] = cast("dict[str, Any]", self.scope)
        self._over = trio.Event()
        """The whole body has come, or the client is gone."""
        self._wanted = scope[WANTED] = trio.Event()
        return super()._create_request_from_scope(send)

    async def handle_messages(self, nursery: trio.Nursery, request: Any, receive: Any) -> None:  # type: ignore[override]
        wanted = self._wanted
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
                wanted.set()
            await wanted.wait()
        if self._finishing:  # the other task closes the connection; a peer that is gone may never let it
            await trio.sleep(_CLOSE_S)
        nursery.cancel_scope.cancel()

    async def _send_response(self, send: Any, response: Any) -> None:
        async def watched(event: Any) -> None:
            if event["type"] == "http.response.body" and not event.get("more_body", False):
                self._finishing = True
                await self._linger()
            await send(event)

        await super()._send_response(watched, response)

    async def _linger(self) -> None:
        """A client that still sends what nobody wants would lose the answer if the connection closed at once."""
        self._wanted.set()
        with trio.move_on_after(_LINGER_S):
            await self._over.wait()


class HttpApp(QuartTrio):
    """Hands every request to one function."""

    asgi_http_class = _Connection

    def __init__(self, serve: Serve) -> None:
        super().__init__("api", static_folder=None)
        self.config["MAX_CONTENT_LENGTH"] = None  # limits are the routes' own
        self._serve = serve

    async def handle_request(self, request: Any) -> Any:
        return await self._serve(request)
