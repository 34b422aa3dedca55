"""The seam between the gateway and whatever speaks websocket, and our own side of it on a line.

A socket gives batches: `receive` waits until something is there and hands over everything that is. What a library that
knows only single messages would cost is told in docs/decisions/websocket.md; `gateway/websocket_library.py` puts
trio-websocket behind the same seam, to be chosen with `websocket = "trio-websocket"`.
"""

import ssl
from collections.abc import AsyncGenerator, Callable, Generator, Sequence
from contextlib import AbstractAsyncContextManager, asynccontextmanager, contextmanager
from dataclasses import dataclass
from typing import Final, Protocol
from urllib.parse import SplitResult, urlsplit

import trio
import wsproto
from wsproto.events import AcceptConnection, RejectConnection, Request
from wsproto.handshake import H11Handshake
from wsproto.utilities import ProtocolError

from gateway.frames import FrameReader, Opcode, close_body, frame
from gateway.line import Line, LineBrokenError, open_line

OPEN_S: Final = 15.0
SEND_S: Final = 10.0
"""A peer that takes nothing for so long is dead, whatever TCP thinks."""
CLOSE_S: Final = 2.0
_HANDSHAKE_BYTES: Final = 64 * 1024


class SocketFailedError(Exception):
    """No socket could be opened, or it broke. The sentence says how."""


class SocketClosedError(Exception):
    """The socket has ended. `code` is None when it fell without a close frame."""

    def __init__(self, code: int | None, reason: str) -> None:
        super().__init__(f"closed with {code} {reason}".rstrip() if code is not None else reason or "the socket fell")
        self.code = code
        self.reason = reason


class Socket(Protocol):
    """One open websocket."""

    async def receive(self) -> Sequence[bytes]:
        """Everything that can be had now, waiting for at least one message. Raises SocketClosedError when there
        will be no more, and SocketFailedError when what came cannot be read."""
        ...

    async def send(self, text: bytes) -> None:
        """Raises SocketClosedError when that cannot be done, or not in time."""
        ...

    async def close(self, code: int) -> None:
        """Say goodbye with this code, waiting no longer than CLOSE_S. Never raises."""
        ...


SocketOpener = Callable[[str], AbstractAsyncContextManager[Socket]]
"""Opens a socket to an address; raises SocketFailedError within OPEN_S. Leaving the block drops the socket."""


@dataclass(frozen=True, slots=True)
class Address:
    """Of a gateway."""

    host: str
    port: int
    secure: bool
    target: str

    @property
    def authority(self) -> str:
        usual = self.port == (443 if self.secure else 80)
        name = f"[{self.host}]" if ":" in self.host else self.host
        return name if usual else f"{name}:{self.port}"

    def context(self, given: ssl.SSLContext | None) -> ssl.SSLContext | None:
        """Of TLS, when the address asks for it."""
        return (given or ssl.create_default_context()) if self.secure else None


class LineSocket:
    """A websocket on a line, by `gateway/frames.py`."""

    def __init__(self, line: Line, first: bytes = b"") -> None:
        self._line = line
        self._reader = FrameReader()
        self._first = first
        """What came together with the handshake's answer."""
        self._sending = trio.Lock()

    def __repr__(self) -> str:
        return f"<LineSocket on {self._line!r}>"

    async def receive(self) -> Sequence[bytes]:
        reader = self._reader
        while True:
            if reader.closed is not None:
                raise SocketClosedError(reader.closed.code, reader.closed.reason)
            if reader.failed is not None:
                raise SocketFailedError(f"the websocket cannot be read: {reader.failed}")
            piece = self._first or await self._read()
            self._first = b""
            messages = reader.feed(piece)
            if reader.pings:
                await self._answer_pings()
            if messages:
                return messages

    async def send(self, text: bytes) -> None:
        await self._send(frame(Opcode.TEXT, text))

    async def close(self, code: int) -> None:
        with trio.CancelScope(shield=True, deadline=trio.current_time() + CLOSE_S):
            try:
                await self._send(frame(Opcode.CLOSE, close_body(code)))
                await self._until_closed()
            except (SocketClosedError, SocketFailedError):
                return

    async def _until_closed(self) -> None:
        """The server answers a close with one of its own, and then ends the stream."""
        while self._reader.closed is None and self._reader.failed is None:
            self._reader.feed(await self._read())

    async def _read(self) -> bytes:
        try:
            piece = await self._line.receive()
        except LineBrokenError as error:
            raise SocketClosedError(None, str(error)) from None
        if not piece:
            raise SocketClosedError(None, "the connection ended without a goodbye")
        return piece

    async def _answer_pings(self) -> None:
        """The last one answers them all, as the protocol allows."""
        body = self._reader.pings[-1]
        self._reader.pings.clear()
        await self._send(frame(Opcode.PONG, body))

    async def _send(self, data: bytes) -> None:
        try:
            with trio.fail_after(SEND_S):
                async with self._sending:
                    await self._line.send(data)
        except trio.TooSlowError:
            raise SocketClosedError(None, f"nothing could be sent for {SEND_S:g} s") from None
        except LineBrokenError as error:
            raise SocketClosedError(None, str(error)) from None


@asynccontextmanager
async def open_line_socket(url: str, tls: ssl.SSLContext | None = None) -> AsyncGenerator[Socket]:
    """Ours: the default."""
    address = parse_address(url)
    line: Line | None = None
    try:
        with said_plainly(address.host):
            with trio.fail_after(OPEN_S):
                line = await open_line(address.host, address.port, address.context(tls))
                first = await _shake_hands(line, address)
        yield LineSocket(line, first)
    finally:
        if line is not None:
            line.close()


@contextmanager
def said_plainly(host: str) -> Generator[None]:
    """What may go wrong while a socket opens, in a sentence for the operator."""
    try:
        yield
    except trio.TooSlowError:
        raise SocketFailedError(f"{host} did not answer within {OPEN_S:g} s") from None
    except (OSError, trio.BrokenResourceError) as error:
        raise SocketFailedError(f"{host} cannot be reached: {error.__cause__ or error}") from None
    except LineBrokenError:
        raise SocketFailedError(f"{host} broke the connection instead of answering") from None


def parse_address(url: str) -> Address:
    parts: SplitResult = urlsplit(url)
    if parts.scheme not in ("ws", "wss") or not parts.hostname:
        raise SocketFailedError(f"{url!r} is no websocket address")
    secure = parts.scheme == "wss"
    target = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    return Address(parts.hostname, parts.port or (443 if secure else 80), secure, target)


async def _shake_hands(line: Line, address: Address) -> bytes:
    """Ask for the upgrade; gives what came behind the answer."""
    shake = H11Handshake(wsproto.ConnectionType.CLIENT)
    await line.send(shake.send(Request(host=address.authority, target=address.target)))
    received = 0
    while received < _HANDSHAKE_BYTES:
        piece = await line.receive()
        received += len(piece)
        try:
            shake.receive_data(piece)
        except ProtocolError as error:
            raise SocketFailedError(f"{address.host} does not speak websocket: {error}") from None
        for event in shake.events():
            if isinstance(event, AcceptConnection):
                return _behind(shake)
            if isinstance(event, RejectConnection):
                raise SocketFailedError(f"{address.host} refuses the websocket with HTTP {event.status_code}")
        if not piece:
            break
    raise SocketFailedError(f"{address.host} ended the connection instead of answering")


def _behind(shake: H11Handshake) -> bytes:
    trailing = shake._h11_connection.trailing_data[0]  # noqa: SLF001  wsproto feeds it to its own parser instead
    return bytes(trailing)
