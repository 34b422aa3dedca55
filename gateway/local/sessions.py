"""The gateway's server side: sessions that outlive their connection, so that a client may resume."""

import secrets
import zlib
from collections import deque
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final, TypeVar
from urllib.parse import parse_qs, urlsplit

import discord
import msgspec
import trio
import zstandard
from wsproto.connection import Connection, ConnectionType
from wsproto.events import BytesMessage, CloseConnection, Ping, TextMessage
from wsproto.utilities import ProtocolError

from gateway.local.world import World

KEPT: Final = 10_000
"""Events that a session can replay."""
_LONGEST: Final = 4096
_ALL_INTENTS: Final = (1 << 26) - 1


class _Identify(msgspec.Struct):
    token: str
    intents: int
    shard: tuple[int, int] = (0, 1)


class _Resume(msgspec.Struct):
    token: str
    session_id: str
    seq: int = 0


class _Members(msgspec.Struct):
    guild_id: str
    query: str = ""
    limit: int = 0
    user_ids: list[str | int] | str | int = []
    nonce: str | None = None


T = TypeVar("T")


def _read_as(kind: type[T], d: object) -> T:
    try:
        return msgspec.convert(d, kind)
    except msgspec.ValidationError:
        raise ClosedError(4002, "Error while decoding payload.") from None


class ClosedError(Exception):
    """The connection ends with this code."""

    def __init__(self, code: int, reason: str) -> None:
        super().__init__(reason)
        self.code = code
        self.reason = reason


def frame(body: bytes, head: int = 0x82) -> bytes:
    """A frame as a server sends it."""
    size = len(body)
    if size < 126:
        return bytes((head, size)) + body
    if size < 65_536:
        return bytes((head, 126)) + size.to_bytes(2) + body
    return bytes((head, 127)) + size.to_bytes(8) + body


def packer(target: str) -> Callable[[bytes], bytes]:
    """How this connection's messages go over the wire, by its `compress` parameter."""
    match parse_qs(urlsplit(target).query).get("compress", [""])[0]:
        case "zlib-stream":
            deflate = zlib.compressobj()
            return lambda text: frame(deflate.compress(text) + deflate.flush(zlib.Z_SYNC_FLUSH))
        case "zstd-stream":
            squeeze = zstandard.ZstdCompressor(level=3).compressobj()
            return lambda text: frame(squeeze.compress(text) + squeeze.flush(zstandard.COMPRESSOBJ_FLUSH_BLOCK))
        case _:
            return lambda text: frame(text, 0x81)


@dataclass(eq=False)
class Session:
    """What the server keeps of one identified shard."""

    id: str
    shard: tuple[int, int]
    intents: discord.Intents
    sequence: int = 0
    kept: deque[tuple[int, bytes]] = field(default_factory=lambda: deque(maxlen=KEPT))
    link: "Link | None" = None

    def holds(self, guild_id: int | None) -> bool:
        return (0 if guild_id is None else (guild_id >> 22) % self.shard[1]) == self.shard[0]

    def event(self, name: str, body: bytes) -> None:
        self.sequence += 1
        text = b'{"t":"%b","s":%d,"op":0,"d":%b}' % (name.encode(), self.sequence, body)
        self.kept.append((self.sequence, text))
        if self.link is not None:
            self.link.push(text)


class Link:
    """One connection: a reader that obeys, and a writer that sends whatever has gathered in one piece."""

    def __init__(self, stream: trio.SocketStream, target: str, hub: "Hub") -> None:
        self._stream = stream
        self._hub = hub
        self._pack = packer(target)
        self._wire = Connection(ConnectionType.SERVER)
        self._waiting: list[bytes] = []
        self._pongs: list[bytes] = []
        self._wake = trio.Event()
        self._idle = trio.Event()
        self._over = False
        self._scope = trio.CancelScope()
        self._sending = trio.Lock()
        """The goodbye waits for what is being written."""
        self.session: Session | None = None
        self.frozen = False

    def push(self, text: bytes) -> None:
        self._waiting.append(text)
        self._wake.set()

    def say(self, op: int, d: Any = None) -> None:
        self.push(msgspec.json.encode({"t": None, "s": None, "op": op, "d": d}))

    def drop(self) -> None:
        """End the connection without a goodbye."""
        self._scope.cancel()

    async def drained(self) -> None:
        """Until all is on its way; or nobody is there any more to take it."""
        while self._waiting and not self._over:
            await self._idle.wait()

    async def run(self, first: bytes) -> None:
        try:
            await self._run(first)
        finally:
            self._over = True
            self._idle.set()

    async def _run(self, first: bytes) -> None:
        with self._scope:
            async with trio.open_nursery() as nursery:
                nursery.start_soon(self._write)
                self.say(10, {"heartbeat_interval": self._hub.heartbeat_ms, "_trace": []})
                try:
                    await self._read(first)
                except ClosedError as ended:
                    await self._close(ended)
                except (trio.BrokenResourceError, trio.ClosedResourceError, ProtocolError):
                    pass
                nursery.cancel_scope.cancel()
        if self.session is not None and self.session.link is self:
            self.session.link = None

    async def _close(self, ended: ClosedError) -> None:
        if ended.code in {1000, 1001} and self.session is not None:
            self._hub.sessions.pop(self.session.id, None)
        body = ended.code.to_bytes(2) + ended.reason.encode()[:120]
        with trio.move_on_after(2):
            async with self._sending:
                await self._stream.send_all(frame(body, 0x88))

    async def _write(self) -> None:
        try:
            while True:
                await self._wake.wait()
                self._wake = trio.Event()
                if self.frozen:
                    continue
                texts, self._waiting = self._waiting, []
                pongs, self._pongs = self._pongs, []
                async with self._sending:
                    await self._stream.send_all(b"".join([*pongs, *map(self._pack, texts)]))
                self._idle.set()
                self._idle = trio.Event()
        except (trio.BrokenResourceError, trio.ClosedResourceError):
            self._scope.cancel()

    async def _read(self, first: bytes) -> None:
        piece = first
        while True:
            if piece and not self.frozen:
                self._wire.receive_data(piece)
                for event in self._wire.events():
                    self._take(event)
            with trio.move_on_after(self._hub.heartbeat_ms / 1000 * 1.5) as patience:
                piece = bytes(await self._stream.receive_some(65_536))
                if not piece:
                    return
            if patience.cancelled_caught and self.frozen:
                return  # on a line where nothing passes, no goodbye does
            if patience.cancelled_caught:
                raise ClosedError(4009, "Session timed out.")

    def _take(self, event: object) -> None:
        match event:
            case CloseConnection(code=code):
                raise ClosedError(int(code), "")
            case Ping(payload=payload):
                self._pongs.append(frame(bytes(payload), 0x8A))
                self._wake.set()
            case TextMessage(data=data) | BytesMessage(data=data):
                text = data.encode() if isinstance(data, str) else bytes(data)
                if len(text) > _LONGEST:
                    raise ClosedError(4002, "Error while decoding payload.")
                try:
                    message = msgspec.json.decode(text)
                    op, d = int(message["op"]), message.get("d")
                except (msgspec.DecodeError, KeyError, TypeError, ValueError, AttributeError):
                    raise ClosedError(4002, "Error while decoding payload.") from None
                self._obey(op, d)
            case _:
                pass

    def _obey(self, op: int, d: Any) -> None:
        if op == 1:
            self.say(11)
        elif op == 2:
            self._identify(d)
        elif op == 6:
            self._resume(d)
        elif self.session is None:
            raise ClosedError(4003, "Not authenticated.")
        elif op == 8:
            self._hub.members(self.session, _read_as(_Members, d))
        elif op not in {3, 4, 31, 43}:
            raise ClosedError(4001, "Unknown opcode.")

    def _identify(self, d: Any) -> None:
        if self.session is not None:
            raise ClosedError(4005, "Already authenticated.")
        asked = _read_as(_Identify, d)
        if asked.token.removeprefix("Bot ") != self._hub.token:
            raise ClosedError(4004, "Authentication failed.")
        if not 0 <= asked.shard[0] < asked.shard[1]:
            raise ClosedError(4010, "Invalid shard.")
        if asked.intents & ~_ALL_INTENTS:
            raise ClosedError(4013, "Invalid intent(s).")
        intents = discord.Intents.none()
        intents.value = asked.intents
        self.session = self._hub.open_session(asked.shard, intents)
        self.session.link = self
        self._hub.greet(self.session)

    def _resume(self, d: Any) -> None:
        asked = _read_as(_Resume, d)
        since = asked.seq
        found = self._hub.sessions.get(asked.session_id)
        oldest = found.kept[0][0] if found is not None and found.kept else 1
        if found is None or asked.token.removeprefix("Bot ") != self._hub.token or since < oldest - 1:
            self.say(9, d=False)
            return
        if since > found.sequence:
            raise ClosedError(4007, "Invalid seq.")
        if found.link is not None:
            found.link.drop()
        self.session = found
        for sequence, text in found.kept:
            if sequence > since:
                self.push(text)
        found.link = self
        found.event("RESUMED", b'{"_trace":[]}')


class Hub:
    """All sessions: what the world emits goes to each that may see it."""

    def __init__(self, world: World, token: str, heartbeat_ms: int) -> None:
        self.world = world
        self.token = token
        self.heartbeat_ms = heartbeat_ms
        self.url = ""
        self.sessions: dict[str, Session] = {}
        self.links: set[Link] = set()
        world.backend.subscribers.append(self.publish)

    def open_session(self, shard: tuple[int, int], intents: discord.Intents) -> Session:
        session = Session(secrets.token_hex(16), shard, intents)
        self.sessions[session.id] = session
        return session

    def greet(self, session: Session) -> None:
        guilds = [guild for guild in self.world.backend.guilds if session.holds(guild)]
        ready = {
            "v": 10,
            "user": self.world.bot_payload(),
            "guilds": [{"id": str(guild), "unavailable": True} for guild in guilds],
            "session_id": session.id,
            "resume_gateway_url": self.url,
            "shard": session.shard,
            "application": {"id": str(self.world.backend.application_id), "flags": 0},
            "session_type": "normal",
            "private_channels": [],
            "relationships": [],
            "_trace": [],
        }
        session.event("READY", msgspec.json.encode(ready))
        for guild in guilds:
            self._send(session, "GUILD_CREATE", self.world.guild_payload(guild))

    def publish(self, name: str, payload: Mapping[str, Any]) -> None:
        guild = payload.get("guild_id")
        if guild is None and name.startswith("GUILD_"):
            guild = payload.get("id")
        for session in self.sessions.values():
            if session.holds(None if guild is None else int(guild)):
                self._send(session, name, payload)

    def _send(self, session: Session, name: str, payload: Mapping[str, Any]) -> None:
        shaped = self.world.shaped(name, payload, session.intents)
        if shaped is not None:
            session.event(name, msgspec.json.encode(shaped))

    def members(self, session: Session, asked: _Members) -> None:
        guild = int(asked.guild_id)
        if guild not in self.world.backend.guilds:
            return
        found = self.world.members(guild)
        wanted = asked.user_ids
        if wanted:
            names = set(map(str, wanted)) if isinstance(wanted, list) else {str(wanted)}
            found = [one for one in found if one["user"]["id"] in names]
        elif asked.query:
            found = [one for one in found if one["user"]["username"].lower().startswith(asked.query.lower())]
        found = found[: asked.limit or None]
        pieces = [found[start : start + 1000] for start in range(0, len(found), 1000)] or [[]]
        for index, piece in enumerate(pieces):
            chunk: dict[str, Any] = {
                "guild_id": str(guild), "members": piece, "chunk_index": index, "chunk_count": len(pieces)
            }  # fmt: skip
            if asked.nonce:
                chunk["nonce"] = asked.nonce
            session.event("GUILD_MEMBERS_CHUNK", msgspec.json.encode(chunk))

    async def replay(self, events: Sequence[tuple[str, int | None, bytes]], piece: int = 500) -> None:
        """Raw events as (name, guild, body) to every session that holds the guild, as fast as they are taken."""
        for start in range(0, len(events), piece):
            for name, guild, body in events[start : start + piece]:
                for session in self.sessions.values():
                    if session.holds(guild):
                        session.event(name, body)
            for link in list(self.links):
                await link.drained()
            await trio.lowlevel.checkpoint()
