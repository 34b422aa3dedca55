"""A scripted gateway on loopback: real TCP, real websocket frames, and a script for what it says and when.

A test gives `Stub` one coroutine for each connection it expects; the coroutine gets a `Peer` and plays Discord's part
with it. What the client sends is read with `Peer.expect`, so a script reads as the dialogue it is.
"""

import ssl
import zlib
from collections.abc import AsyncGenerator, Awaitable, Callable, Sequence
from contextlib import asynccontextmanager
from typing import Any, TypeAlias

import msgspec
import trio
import wsproto
import zstandard
from wsproto.events import AcceptConnection, CloseConnection, Request, TextMessage
from wsproto.handshake import H11Handshake

from gateway.inflate import Compression

Stream: TypeAlias = trio.SocketStream | trio.SSLStream[trio.SocketStream]


class PeerGoneError(Exception):
    """The client closed: with a code, or None when it fell."""

    def __init__(self, code: int | None) -> None:
        super().__init__(f"the client closed with {code}")
        self.code = code


def server_frame(body: bytes, head: int = 0x82) -> bytes:
    """A frame as a server sends it."""
    size = len(body)
    if size < 126:
        return bytes((head, size)) + body
    if size < 65_536:
        return bytes((head, 126)) + size.to_bytes(2) + body
    return bytes((head, 127)) + size.to_bytes(8) + body


class Compressor:
    """Discord's side of the transport compressions."""

    def __init__(self, compression: Compression) -> None:
        self.compression = compression
        self._zlib = zlib.compressobj()
        self._zstd = zstandard.ZstdCompressor(level=3).compressobj()

    def compress(self, text: bytes) -> bytes:
        match self.compression:
            case Compression.NONE:
                return text
            case Compression.ZLIB:
                return self._zlib.compress(text) + self._zlib.flush(zlib.Z_SYNC_FLUSH)
            case Compression.ZSTD:
                return self._zstd.compress(text) + self._zstd.flush(zstandard.COMPRESSOBJ_FLUSH_BLOCK)


class Peer:
    """One connection, from Discord's side."""

    def __init__(self, stream: Stream, target: str, connection: wsproto.connection.Connection) -> None:
        self.stream = stream
        self.target = target
        self._connection = connection
        compression = next((found for found in Compression if found.value in target), Compression.NONE)
        self._compressor = Compressor(compression)
        self.received: list[dict[str, Any]] = []
        self.paused = False

    async def raw(self, data: bytes) -> None:
        await self.stream.send_all(data)

    def packed(self, text: bytes) -> bytes:
        """One message as it goes over the wire."""
        return server_frame(self._compressor.compress(text))

    async def text(self, text: bytes) -> None:
        await self.raw(self.packed(text))

    async def say(self, op: int, d: Any = None, **more: Any) -> None:
        await self.text(msgspec.json.encode({"op": op, "d": d, **more}))

    async def hello(self, interval_ms: float = 45_000) -> None:
        await self.say(10, {"heartbeat_interval": interval_ms})

    async def event(self, sequence: int, name: str, d: Any) -> None:
        await self.text(event_text(sequence, name, d))

    async def events(self, texts: Sequence[bytes]) -> None:
        """In one write."""
        await self.raw(b"".join(self.packed(text) for text in texts))

    async def ready(
        self, sequence: int = 1, session: str = "session-1", *, resume_url: str, guilds: Sequence[int] = ()
    ) -> None:
        await self.event(
            sequence,
            "READY",
            {
                "v": 10,
                "user": {"id": "900", "username": "flora"},
                "application": {"id": "800", "flags": 0},
                "session_id": session,
                "resume_gateway_url": resume_url,
                "guilds": [{"id": str(guild), "unavailable": True} for guild in guilds],
            },
        )

    async def next(self) -> dict[str, Any]:
        """The next thing that the client says. Raises PeerGoneError."""
        while True:
            for event in self._connection.events():
                if isinstance(event, TextMessage):
                    said: dict[str, Any] = msgspec.json.decode(event.data)
                    self.received.append(said)
                    return said
                if isinstance(event, CloseConnection):
                    raise PeerGoneError(None if event.code == 1006 else int(event.code))
            try:
                piece = await self.stream.receive_some(65_536)
            except trio.BrokenResourceError:
                piece = b""
            self._connection.receive_data(bytes(piece) or None)

    async def expect(self, *ops: int) -> dict[str, Any]:
        """The next thing said, heartbeats answered on the way, is one of these."""
        while True:
            said = await self.next()
            if said["op"] == 1 and 1 not in ops:
                await self.say(11)
                continue
            assert said["op"] in ops, said
            return said

    async def until_gone(self) -> int | None:
        """Answer heartbeats until the client closes; gives its code."""
        try:
            while True:
                said = await self.next()
                if said["op"] == 1:
                    await self.say(11)
        except PeerGoneError as gone:
            return gone.code

    async def close(self, code: int) -> None:
        await self.raw(server_frame(code.to_bytes(2), 0x88))

    async def drop(self) -> None:
        """Without a word."""
        await trio.aclose_forcefully(self.stream)


def event_text(sequence: int, name: str, d: Any) -> bytes:
    return msgspec.json.encode({"t": name, "s": sequence, "op": 0, "d": d})


Script = Callable[[Peer], Awaitable[None]]


class Stub:
    """Serves one script after another; the last one is used for all that follow when `repeat` is set."""

    def __init__(self, scripts: Sequence[Script], *, repeat: bool = False, tls: ssl.SSLContext | None = None) -> None:
        self._scripts = list(scripts)
        self._tls = tls
        self._repeat = repeat
        self.port = 0
        self.connections = 0
        self.done = trio.Event()
        """All scripts were played to their ends."""
        self._playing = 0

    @property
    def url(self) -> str:
        return f"{'wss' if self._tls else 'ws'}://127.0.0.1:{self.port}"

    async def serve(self, task_status: trio.TaskStatus[None] = trio.TASK_STATUS_IGNORED) -> None:
        async with trio.open_nursery() as nursery:
            listeners = await trio.open_tcp_listeners(0, host="127.0.0.1")
            self.port = listeners[0].socket.getsockname()[1]
            nursery.start_soon(trio.serve_listeners, self._handle, listeners)
            task_status.started()

    async def _handle(self, plain: trio.SocketStream) -> None:
        self.connections += 1
        stream = plain if self._tls is None else trio.SSLStream(plain, self._tls, server_side=True)
        if not self._scripts:
            await trio.aclose_forcefully(stream)
            return
        script = self._scripts[0] if self._repeat and len(self._scripts) == 1 else self._scripts.pop(0)
        self._playing += 1
        async with stream:
            peer = await accept(stream)
            if peer is not None:
                await script(peer)
        self._playing -= 1
        if not self._scripts and not self._playing:
            self.done.set()


async def accept(stream: Stream) -> Peer | None:
    shake = H11Handshake(wsproto.ConnectionType.SERVER)
    while True:
        shake.receive_data(bytes(await stream.receive_some(65_536)))
        for event in shake.events():
            if isinstance(event, Request):
                await stream.send_all(shake.send(AcceptConnection()))
                assert shake.connection is not None
                return Peer(stream, event.target, shake.connection)


@asynccontextmanager
async def open_stub(*scripts: Script, repeat: bool = False, tls: ssl.SSLContext | None = None) -> AsyncGenerator[Stub]:
    stub = Stub(scripts, repeat=repeat, tls=tls)
    async with trio.open_nursery() as nursery:
        await nursery.start(stub.serve)
        yield stub
        nursery.cancel_scope.cancel()
