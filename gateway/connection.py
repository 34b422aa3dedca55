"""Pumps one session: opens sockets, reads them in batches, and does what `session.py` decides.

One wake-up takes all that the socket holds: messages are inflated, envelopes decoded, events numbered, and the whole
batch handed to the sink in one call that does not wait. Between an event's number being taken and that call nothing is
awaited, so a cancelled connection has handed on exactly what it has counted.
"""

import logging
from collections import Counter
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final, Protocol

import msgspec
import trio

from gateway.envelope import (
    Dispatch,
    Envelope,
    Opcode,
    PayloadError,
    ReadyBody,
    decode_hello,
    decode_payload,
    decode_ready,
)
from gateway.inflate import Compression, InflateError, Inflator, inflator_for
from gateway.session import AskLeave, Close, Command, End, Input, Pause, Send, Session, State
from gateway.websocket import Socket, SocketClosedError, SocketFailedError, SocketOpener

logger = logging.getLogger(__name__)
_ASK_AGAIN_S: Final = 0.25
"""How often a sender looks whether the session is live again."""
_OF_THE_SESSION: Final = frozenset({"READY", "RESUMED"})


class Sink(Protocol):
    """Who takes the events of a shard."""

    def wanted(self) -> Mapping[bytes, str]:
        """The names of events, as `decode_payload` wants them: what they say is asked anew for each wake-up."""
        ...

    def events(self, shard: int, batch: Sequence[Dispatch]) -> None:
        """What one wake-up brought. Does not wait and does not raise."""
        ...

    def unheard(self, shard: int, count: int) -> None:
        """So many came beside them that concern nobody."""
        ...

    def ready(self, shard: int, ready: ReadyBody) -> None:
        """A new session begins; the guilds named will follow one by one. Called before the events behind it."""
        ...

    def live(self, shard: int) -> None:
        """READY or RESUMED came."""
        ...


Leave = Callable[[int], Awaitable[None]]
"""Waits until this shard may identify."""


class GatewayEndedError(Exception):
    """Discord refuses us, and trying again cannot help. The sentence is for the operator."""

    def __init__(self, code: int, sentence: str) -> None:
        super().__init__(sentence)
        self.code = code


@dataclass(slots=True)
class ConnectionStatistics:
    """Of one shard, since its daemon started."""

    connections: int = 0
    identifies: int = 0
    resumes: int = 0
    messages: int = 0
    bytes: int = 0
    events: int = 0
    batches: int = 0
    skipped: Counter[str] = field(default_factory=Counter[str])
    """Payloads that made no sense, by kind."""


class Connection:
    """A shard's way to Discord, for as long as the daemon runs."""

    def __init__(
        self, session: Session, opener: SocketOpener, compression: Compression, sink: Sink, leave: Leave
    ) -> None:
        self.session = session
        self.statistics = ConnectionStatistics()
        self._opener = opener
        self._compression = compression
        self._sink = sink
        self._leave = leave
        self._shard = session.identity.shard
        self._pump: _Pump | None = None
        self._told: set[str] = set()
        self._stop = trio.Event()
        self._pause = trio.CancelScope()

    def __repr__(self) -> str:
        return f"<Connection of {self.session!r}>"

    async def run(self) -> None:
        """Until stopped; raises GatewayEndedError when Discord will have us no more."""
        commands: list[Command] = []
        while self.session.state is not State.ENDED:
            await self._obey_between(commands)
            if self._stop.is_set():
                self.session.handle(Input.STOP, trio.current_time())
                return
            commands = await self._connect()
        _raise_end(commands)

    def stop(self) -> None:
        """Close so that the session can be resumed; `run` returns within the few seconds that a socket may take."""
        self._stop.set()
        self._pause.cancel()
        if self._pump is not None:
            self._pump.stop()

    async def send(self, op: Opcode, body: object, timeout_s: float) -> None:
        """Send a command of ours within Discord's limits. Raises trio.TooSlowError."""
        text = msgspec.json.encode({"op": int(op), "d": body})
        if len(text) > 4096:
            raise ValueError(f"Discord takes 4,096 bytes at most, and this has {len(text)}")
        with trio.fail_after(timeout_s):
            while True:
                wait = self.session.may_send(trio.current_time())
                if wait == 0 and self._pump is not None and await self._pump.send(text):
                    return
                await trio.sleep(min(max(wait, _ASK_AGAIN_S), 60.0) if wait != float("inf") else _ASK_AGAIN_S)

    async def _obey_between(self, commands: list[Command]) -> None:
        for command in commands:
            if isinstance(command, Pause) and command.seconds > 0 and not self._stop.is_set():
                logger.info(
                    "shard %d: reconnects in %.1f s", self._shard, command.seconds, extra={"shard": self._shard}
                )
                self._pause = trio.CancelScope()
                with self._pause:
                    await trio.sleep(command.seconds)

    async def _connect(self) -> list[Command]:
        """One socket, from its opening to its end; gives what is to be done then."""
        self.statistics.connections += 1
        try:
            async with self._opener(self.session.url) as socket:
                pump = _Pump(self, socket, inflator_for(self._compression))
                self._pump = pump
                return await pump.run(stopping=self._stop)
        except SocketFailedError as error:
            logger.warning("shard %d: %s", self._shard, error, extra={"shard": self._shard})
            return self.session.handle(Input.UNREACHABLE, trio.current_time())
        finally:
            self._pump = None

    def skip(self, kind: str, error: Exception) -> None:
        """Something that makes no sense: told once, counted always."""
        self.statistics.skipped[kind] += 1
        if kind not in self._told:
            self._told.add(kind)
            logger.warning(
                "shard %d: %s makes no sense and is skipped: %s (told once)",
                self._shard,
                kind,
                error,
                extra={"shard": self._shard},
            )

    def hand_on(self, batch: list[Dispatch], unheard: int) -> None:
        if batch or unheard:
            self.statistics.events += len(batch) + unheard
            self.statistics.batches += 1
        if unheard:
            self._sink.unheard(self._shard, unheard)
        if batch:
            self._sink.events(self._shard, batch)

    @property
    def sink(self) -> Sink:
        return self._sink

    async def leave(self) -> None:
        await self._leave(self._shard)


class _Pump:
    """One socket's life. The reader, the clock and the wait for leave are tasks; all tell the session."""

    def __init__(self, connection: Connection, socket: Socket, inflator: Inflator) -> None:
        self._connection = connection
        self._session = connection.session
        self._socket = socket
        self._inflator = inflator
        self._nursery: trio.Nursery | None = None
        self._reading = trio.CancelScope()
        self._closing: int | None = None
        self._batch: list[Dispatch] = []
        """Events of this wake-up that are to be handed on, and how many there were beside them."""
        self._unheard = 0
        self._left: list[Command] = []
        """What is to be done once the socket is gone."""
        self._due_changed = trio.Event()

    async def run(self, stopping: trio.Event) -> list[Command]:
        if stopping.is_set():
            await self._socket.close(4000)
            return []
        async with trio.open_nursery() as nursery:
            self._nursery = nursery
            await self._obey(self._session.opened(trio.current_time()))
            nursery.start_soon(self._keep_time)
            await self._read()
            nursery.cancel_scope.cancel()
        return self._left

    def stop(self) -> None:
        for command in self._session.handle(Input.STOP, trio.current_time()):
            if isinstance(command, Close):
                self._close_soon(command.code)

    async def send(self, text: bytes) -> bool:
        try:
            await self._socket.send(text)
        except SocketClosedError as error:
            self._ended(error)
            return False
        return True

    async def _read(self) -> None:
        """Until the socket ends, or until we end it."""
        try:
            with self._reading:
                while self._closing is None:
                    await self._take(await self._socket.receive())
        except SocketClosedError as error:
            self._ended(error)
        except SocketFailedError as error:
            self._connection.skip("websocket", error)
            await self._obey(self._session.handle(Input.BROKEN, trio.current_time()))
        if self._closing is not None:
            await self._socket.close(self._closing)
            self._ended(SocketClosedError(None, "closed by us"))

    async def _take(self, messages: Sequence[bytes]) -> None:
        """One batch, in order. Events are handed on before anything that may wait."""
        now = trio.current_time()
        statistics = self._connection.statistics
        statistics.messages += len(messages)
        statistics.bytes += sum(map(len, messages))
        wanted, take = self._connection.sink.wanted(), self._session.take
        try:
            for text in self._inflator.texts(messages):  # nearly all are events, for which it is without further calls
                try:
                    payload = decode_payload(text, wanted)
                except PayloadError as error:
                    self._connection.skip("payload", error)
                    continue
                if isinstance(payload, int):
                    self._unheard += take(payload, now)
                elif isinstance(payload, Dispatch) and payload.name not in _OF_THE_SESSION:
                    if take(payload.sequence, now):
                        self._batch.append(payload)
                elif commands := self._unusual(payload, now):
                    self._hand_on()
                    await self._obey(commands)
                if self._closing is not None:
                    break
        except InflateError as error:
            self._connection.skip("compression", error)
            self._give_up(now)
        self._hand_on()

    def _hand_on(self) -> None:
        batch, unheard = self._batch, self._unheard
        self._batch, self._unheard = [], 0
        self._connection.hand_on(batch, unheard)

    def _give_up(self, now: float) -> None:
        """The stream cannot be read any further."""
        for command in self._session.handle(Input.BROKEN, now):
            if isinstance(command, Close):
                self._closing = command.code

    def _unusual(self, payload: Dispatch | Envelope, now: float) -> list[Command]:
        """What is no event for others, or was written in no usual way."""
        if isinstance(payload, Envelope):
            if payload.op != Opcode.DISPATCH:
                return self._control(payload, now)
            if payload.t is None or payload.s is None:
                self._connection.skip("event", PayloadError("it has no name or no number"))
                return []
            payload = Dispatch(payload.t, bytes(payload.d), payload.s)
        if payload.name == "READY":
            self._ready(payload, now)
        elif payload.name == "RESUMED":
            self._resumed(payload.sequence, now)
        elif self._session.take(payload.sequence, now):
            self._batch.append(payload)
        return []

    def _ready(self, event: Dispatch, now: float) -> None:
        try:
            ready = decode_ready(event.body)
        except PayloadError as error:
            self._connection.skip("READY", error)
            return
        if self._session.state is not State.IDENTIFYING:
            self._session.handle(Input.READY, now)
            return
        self._session.ready(ready.session_id, ready.resume_gateway_url, event.sequence, now)
        self._hand_on()
        self._connection.sink.ready(self._session.identity.shard, ready)
        self._connection.sink.live(self._session.identity.shard)

    def _resumed(self, sequence: int, now: float) -> None:
        was = self._session.state
        self._session.resumed(sequence, now)
        if was is State.RESUMING:
            self._connection.statistics.resumes += 1
            self._hand_on()
            self._connection.sink.live(self._session.identity.shard)

    def _control(self, envelope: Envelope, now: float) -> list[Command]:
        session = self._session
        match envelope.op:
            case Opcode.HEARTBEAT_ACK:
                return session.handle(Input.ANSWERED, now)
            case Opcode.HEARTBEAT:
                return session.handle(Input.BEAT_ASKED, now)
            case Opcode.RECONNECT:
                return session.handle(Input.RECONNECT, now)
            case Opcode.INVALID_SESSION:
                kept = bytes(envelope.d).strip() == b"true"
                return session.handle(Input.INVALID_KEPT if kept else Input.INVALID, now)
            case Opcode.HELLO:
                return self._hello(envelope, now)
            case _:
                self._connection.skip(f"opcode {envelope.op}", PayloadError("it is not known"))
                return []

    def _hello(self, envelope: Envelope, now: float) -> list[Command]:
        try:
            return self._session.hello(decode_hello(envelope.d), now)
        except PayloadError as error:
            self._connection.skip("hello", error)
            return []

    async def _obey(self, commands: list[Command]) -> None:
        self._due_changed.set()
        for command in commands:
            match command:
                case Send():
                    await self.send(command.text)
                case AskLeave():
                    assert self._nursery is not None
                    self._nursery.start_soon(self._ask_leave)
                case Close():
                    self._close_soon(command.code)
                case Pause() | End():
                    self._left.append(command)

    async def _ask_leave(self) -> None:
        await self._connection.leave()
        self._connection.statistics.identifies += 1
        await self._obey(self._session.handle(Input.LEAVE, trio.current_time()))

    async def _keep_time(self) -> None:
        """Heartbeats, and an end to waiting for what does not come."""
        while True:
            self._due_changed = trio.Event()
            with trio.move_on_at(self._session.next_due):
                await self._due_changed.wait()
            await self._obey(self._session.due(trio.current_time()))
            await trio.lowlevel.checkpoint()

    def _close_soon(self, code: int) -> None:
        self._closing = code
        self._reading.cancel()

    def _ended(self, error: SocketClosedError) -> None:
        """The socket is gone; only the first to notice tells the session."""
        if self._left or self._session.state in (State.IDLE, State.ENDED):
            return
        self._left = self._session.closed(error.code, error.reason, trio.current_time())
        self._reading.cancel()


def _raise_end(commands: list[Command]) -> None:
    for command in commands:
        if isinstance(command, End):
            raise GatewayEndedError(command.code, command.sentence)
