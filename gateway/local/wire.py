"""One TCP port for everything: requests by h11, and the upgrade to a websocket.

Not quart on hypercorn: this port carries a million requests in a bench, and a request there costs a millisecond
(docs/decisions/local-discord.md).
"""

import base64
import hashlib
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass, field
from typing import Any, Final, TypeAlias, cast
from urllib.parse import parse_qsl, unquote, urlsplit

import h11
import msgspec
import trio

from gateway.local.world import Upload

LARGEST: Final = 30 * 1024 * 1024
_GUID: Final = b"258EAFA5-E914-47DA-95CA-C5AB0DC85B11"


@dataclass(frozen=True, slots=True)
class Asked:
    """A request, read whole."""

    method: str
    path: str
    query: dict[str, str]
    headers: dict[str, str]
    body: bytes
    target: str

    def form(self) -> tuple[dict[str, str], list[tuple[str, Upload]]]:
        """The fields and files of a multipart or urlencoded body."""
        kind = self.headers.get("content-type", "")
        if "boundary=" not in kind:
            return dict(parse_qsl(self.body.decode())), []
        mark = b"--" + kind.split("boundary=", 1)[1].split(";")[0].strip().strip('"').encode()
        fields: dict[str, str] = {}
        files: list[tuple[str, Upload]] = []
        for part in (b"\r\n" + self.body).split(b"\r\n" + mark)[1:-1]:
            head, _, content = part.partition(b"\r\n\r\n")
            named = _parameters(head.decode("utf-8", "replace"))
            if "filename" in named:
                files.append((named.get("name", ""), Upload(named["filename"], content)))
            elif "name" in named:
                fields[named["name"]] = content.decode("utf-8", "replace")
        return fields, files


def _parameters(head: str) -> dict[str, str]:
    for line in head.split("\r\n"):
        name, _, value = line.partition(":")
        if name.strip().lower() == "content-disposition":
            pairs = (piece.partition("=") for piece in value.split(";")[1:])
            return {key.strip().lower(): found.strip().strip('"') for key, _, found in pairs}
    return {}


@dataclass(frozen=True, slots=True)
class Answer:
    """What goes back: a body, or a stream of pieces."""

    status: int
    body: bytes = b""
    kind: str = "application/json"
    headers: dict[str, str] = field(default_factory=dict[str, str])
    stream: AsyncIterator[bytes] | None = None


def json_answer(value: Any, status: int = 200) -> Answer:
    return Answer(status, msgspec.json.encode(value))


def problem(status: int, code: int, message: str) -> Answer:
    """An error in Discord's shape."""
    return json_answer({"message": message, "code": code}, status)


def multipart(asked: Asked) -> tuple[dict[str, Any], list[tuple[str, Upload]]]:
    """The `payload_json` of a multipart body, or its plain fields, and its files by the names of their fields."""
    fields, files = asked.form()
    given = fields.get("payload_json")
    return (dict(fields) if given is None else msgspec.json.decode(given, type=dict[str, Any])), files


Handler: TypeAlias = Callable[[Asked], Awaitable[Answer]]
Upgrade: TypeAlias = Callable[[trio.SocketStream, str, bytes], Awaitable[None]]


async def serve_connection(stream: trio.SocketStream, answer: Handler, upgrade: Upgrade) -> None:
    """Requests one after the other, until the peer goes or asks for a websocket. Nothing that the peer does raises."""
    wire = h11.Connection(h11.SERVER)
    try:
        async with stream:
            while await _one(wire, stream, answer, upgrade):
                wire.start_next_cycle()
    except (trio.BrokenResourceError, trio.ClosedResourceError, h11.ProtocolError):
        return


async def _next(wire: h11.Connection, stream: trio.SocketStream) -> h11.Event | type[h11.PAUSED]:
    while (event := wire.next_event()) is h11.NEED_DATA:
        if wire.they_are_waiting_for_100_continue:
            await stream.send_all(wire.send(h11.InformationalResponse(status_code=100, headers=[])) or b"")
        wire.receive_data(bytes(await stream.receive_some(65_536)))
    return cast("h11.Event | type[h11.PAUSED]", event)


async def _one(wire: h11.Connection, stream: trio.SocketStream, answer: Handler, upgrade: Upgrade) -> bool:
    request = await _next(wire, stream)
    if not isinstance(request, h11.Request):
        return False
    headers = {name.decode().lower(): value.decode("latin-1") for name, value in request.headers}
    target = request.target.decode("latin-1")
    if headers.get("upgrade", "").lower() == "websocket":
        key = headers.get("sec-websocket-key", "").encode()
        proof = base64.b64encode(hashlib.sha1(key + _GUID).digest())  # noqa: S324  - as RFC 6455 wants it
        await stream.send_all(
            b"HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
            b"Sec-WebSocket-Accept: " + proof + b"\r\n\r\n"
        )
        await upgrade(stream, target, wire.trailing_data[0])
        return False
    body = bytearray()
    while isinstance(event := await _next(wire, stream), h11.Data):
        body += event.data
        if len(body) > LARGEST:
            return False
    where = urlsplit(target)
    asked = Asked(
        request.method.decode(), unquote(where.path), dict(parse_qsl(where.query, keep_blank_values=True)),
        headers, bytes(body), target,
    )  # fmt: skip
    await _respond(wire, stream, await answer(asked), bare=asked.method == "HEAD")
    return wire.our_state is h11.DONE and wire.their_state is h11.DONE


async def _respond(wire: h11.Connection, stream: trio.SocketStream, given: Answer, *, bare: bool) -> None:
    headers = [(name, value) for name, value in given.headers.items()]
    if given.status != 204:
        headers.append(("Content-Type", given.kind))
    if given.stream is None and given.status != 204:
        headers.append(("Content-Length", str(len(given.body))))
    out = wire.send(h11.Response(status_code=given.status, headers=headers)) or b""
    if given.stream is None:
        if given.body and not bare:
            out += wire.send(h11.Data(data=given.body)) or b""
        out += wire.send(h11.EndOfMessage()) or b""
        await stream.send_all(out)
        return
    await stream.send_all(out)
    async for piece in given.stream:
        await stream.send_all(wire.send(h11.Data(data=piece)) or b"")
    await stream.send_all(wire.send(h11.EndOfMessage()) or b"")
