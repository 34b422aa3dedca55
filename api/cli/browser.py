"""The person's browser: opening an address, and waiting for what it brings back to this machine."""

import os
import socket
import sys
import webbrowser
from collections.abc import AsyncGenerator, Mapping
from contextlib import asynccontextmanager
from functools import partial
from typing import Final
from urllib.parse import parse_qs, urlsplit

import trio

_HEAD_BYTES: Final = 8_192
_HEAD_S: Final = 10.0
_PAGE: Final = """<!doctype html><html lang="en"><meta charset="utf-8"><title>flora</title>
<style>:root {{ color-scheme: light dark; font-family: system-ui, sans-serif }} body {{ margin: 3rem }}</style>
<h1>{title}</h1><p>You can close this page and go back to the terminal."""


async def open_in_browser(address: str) -> bool:
    """False when there is none that has a window: one in the terminal would take it from the command."""
    has_windows = sys.platform == "darwin" or any(
        os.environ.get(name) for name in ("BROWSER", "DISPLAY", "WAYLAND_DISPLAY")
    )
    if not has_windows:
        return False
    return await trio.to_thread.run_sync(partial(webbrowser.open, address), abandon_on_cancel=True)


class Loopback:
    """A port of this machine to which a browser is sent back. Made by `open_loopback`."""

    def __init__(self, port: int) -> None:
        self.port = port
        self._sender, self._receiver = trio.open_memory_channel[Mapping[str, str]](1)

    async def answer(self) -> Mapping[str, str]:
        """The `code` or the `error` that a browser brought."""
        return await self._receiver.receive()

    async def serve(self, stream: trio.SocketStream) -> None:
        """One request; browsers open connections ahead, and say nothing on some of them."""
        async with stream:
            with trio.move_on_after(_HEAD_S):
                query = await _query_of(stream)
                brought: dict[str, str] = {name: query[name] for name in ("code", "error") if name in query}
                if not brought:
                    await _respond(stream, "404 Not Found", "Nothing is here")
                    return
                title = "The flora command is logged in" if "code" in brought else "The flora command was not let in"
                await _respond(stream, "200 OK", title)
                try:
                    self._sender.send_nowait(brought)
                except trio.WouldBlock:  # a page that was loaded again
                    return


@asynccontextmanager
async def open_loopback() -> AsyncGenerator[Loopback]:
    async with trio.open_nursery() as nursery:
        listeners = await trio.open_tcp_listeners(0, host="127.0.0.1")
        loopback = Loopback(int(listeners[0].socket.getsockname()[1]))
        await nursery.start(partial(trio.serve_listeners, loopback.serve, listeners))
        yield loopback
        nursery.cancel_scope.cancel()


async def _query_of(stream: trio.SocketStream) -> dict[str, str]:
    head = b""
    while b"\r\n\r\n" not in head and len(head) < _HEAD_BYTES:
        try:
            more = await stream.receive_some(_HEAD_BYTES)
        except trio.BrokenResourceError:
            return {}
        if not more:
            return {}
        head += more
    method, _, rest = head.decode("latin-1").partition(" ")
    parts = urlsplit(rest.partition(" ")[0])
    if method != "GET" or parts.path != "/":
        return {}
    return {name: values[0] for name, values in parse_qs(parts.query).items()}


async def _respond(stream: trio.SocketStream, status: str, title: str) -> None:
    body = _PAGE.format(title=title).encode()
    head = f"HTTP/1.1 {status}\r\nContent-Type: text/html; charset=utf-8\r\nContent-Length: {len(body)}\r\n"
    try:
        await stream.send_all(f"{head}Cache-Control: no-store\r\nConnection: close\r\n\r\n".encode() + body)
    except trio.BrokenResourceError:
        return


def machine_name() -> str:
    """For a person to know this machine by."""
    name = socket.gethostname()[:100]
    return name if name.isprintable() and name else "a machine without a name"
