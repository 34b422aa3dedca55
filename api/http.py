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
_LINGER_S: Final = 2.0
_LINGER_BYTES: Final = 1024 * 1024

Serve = Callable[[Any], Awaitable[Response]]


class _Connection(TrioASGIHTTPConnection):
    """One request and its response."""

    _finishing = False
    _complete = False

    def _create_request_from_scope(self, send: Any) -> Any:
        scope: dict[str, Any] = cast("dict[str, Any]", self.scope)
        self._wanted = scope[WANTED] = trio.Event()
        return super()._create_request_from_scope(send)

    async def handle_messages(self, nursery: trio.Nursery, request: Any, receive: Any) -> None:  # type: ignore[override]
        wanted = self._wanted
        unread = 0
        while True:
            message = await receive()
            if message["type"] != "http.request":
                break
            if self._finishing:
                unread += len(message.get("body", b""))
            else:
                request.body.append(message.get("body", b""))
            if not message.get("more_body", False):
                self._complete = True
                request.body.set_complete()
                wanted.set()
            elif unread > _LINGER_BYTES:
                break
            else:
                await wanted.wait()
        if not self._finishing:  # the client is gone: whoever works for it may stop
            nursery.cancel_scope.cancel()

    async def _send_response(self, send: Any, response: Any) -> None:
        async def watched(event: Any) -> None:
            if event["type"] == "http.response.body" and not event.get("more_body", False):
                self._finishing = True
                if not self._complete:
                    await self._linger()
            await send(event)

        await super()._send_response(watched, response)

    async def _linger(self) -> None:
        """A client that still sends what nobody wants would lose the answer if the connection closed at once."""
        wanted = self._wanted
        wanted.set()
        with trio.move_on_after(_LINGER_S):
            while not self._complete:  # noqa: ASYNC110 -- bounded, and only for uploads that were refused
                await trio.sleep(0.02)


class HttpApp(QuartTrio):
    """Hands every request to one function."""

    asgi_http_class = _Connection

    def __init__(self, serve: Serve) -> None:
        super().__init__("api", static_folder=None)
        self.config["MAX_CONTENT_LENGTH"] = None  # limits are the routes' own
        self._serve = serve

    async def handle_request(self, request: Any) -> Any:
        return await self._serve(request)
