"""Serving the app with hypercorn, inside the daemon's own nursery, where nothing from outside may end it.

Stock, hypercorn 0.18 on trio lets one malformed connection end the whole server (a non-ASCII `:path` over h2c, a
websocket's handshake and a stray byte), waits for ever for a client that stops reading, and quart-trio 0.12 never
closes what asked to be closed. The repairs are here, each said where it stands.
"""

import logging
import os
import socket
import stat
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, ClassVar, Final, Protocol, cast

import hypercorn.trio
import hypercorn.trio.run as hypercorn_run
import trio
from hypercorn.config import Config as HypercornConfig
from hypercorn.config import Sockets
from hypercorn.events import Closed, Event, RawData
from hypercorn.trio.tcp_server import TCPServer

_log = logging.getLogger("api.server")
WRITE_S: Final = 20.0
"""A client that takes nothing for so long is gone."""
CONNECTIONS: Final = 4_096
"""Beyond, new ones are closed at once: descriptors are for the guilds first."""
HEADERS_S: Final = 15.0
"""For the head of a request, and between requests on one connection."""
_BACKLOG: Final = 512
_CLOSE_S: Final = 1.0
_STREAM_END_S: Final = 0.3
CONNECTION: Final = "flora.connection"


class Closable(Protocol):
    """An app that has something to end before connections are waited for: streams."""

    def close_streams(self) -> None: ...


@dataclass(frozen=True, slots=True)
class Serving:
    """Where, and how."""

    binds: Sequence[str] = ("127.0.0.1:0",)
    """`address:port`, or `unix:path`."""
    certificate: Path | None = None
    key: Path | None = None
    graceful_s: float = 2.5
    """How long requests under way may take at the end."""


class Connection(TCPServer):
    """One connection. Requests find theirs in the state of their scope, under CONNECTION."""

    live: ClassVar[set[Any]] = set()
    _left = False
    _streaming = False
    _writing: trio.CancelScope | None = None
    _idling: trio.CancelScope | None = None
    _reading: trio.CancelScope | None = None

    async def run(self) -> None:
        """An exception in one connection would end every other, and the daemon: it is told, and ends here."""
        if len(Connection.live) >= CONNECTIONS:
            await trio.aclose_forcefully(self.stream)
            return
        Connection.live.add(self)
        self.state = cast("Any", {**self.state, CONNECTION: self})
        try:
            await super().run()
        except BaseExceptionGroup as group:
            fatal, rest = group.split((trio.Cancelled, KeyboardInterrupt, SystemExit))
            if rest is not None:
                _told(rest)
            if fatal is not None:
                raise fatal from None
        except Exception as error:  # noqa: BLE001 -- whatever one connection provokes
            _told(error)
        finally:
            Connection.live.discard(self)

    async def _read_data(self) -> None:
        """A client that has left is not waited for as one that is idle, and a connection that was closed from here is
        not read on: with a second request behind the first, hypercorn waits for an answer that nobody sends."""
        try:
            with trio.CancelScope() as self._reading:
                await super()._read_data()
            if self._reading.cancelled_caught:
                with trio.move_on_after(_CLOSE_S):
                    await self.protocol.handle(Closed())
        finally:
            self._left = True
            if self._idling is not None:
                self._idling.cancel()

    async def _close(self) -> None:
        await super()._close()
        self._end_reading()

    async def _initiate_server_close(self) -> None:
        await super()._initiate_server_close()
        self._end_reading()

    def hurry(self) -> None:
        """The server stops: what is being written has as long as everything else, a stream hardly any time: it can be
        asked for again."""
        if self._writing is not None:
            patience = _STREAM_END_S if self._streaming else self.config.graceful_timeout
            self._writing.deadline = min(self._writing.deadline, trio.current_time() + patience)

    def _end_reading(self) -> None:
        if self._reading is not None:
            self._reading.cancel()

    async def _idle_timeout(self) -> None:
        if not self._left:
            with trio.move_on_after(self.config.keep_alive_timeout) as self._idling:
                await self.context.terminated.wait()
        with trio.CancelScope(shield=True, deadline=trio.current_time() + WRITE_S):
            await self._initiate_server_close()

    async def protocol_send(self, event: Event) -> None:
        if not isinstance(event, RawData):
            await super().protocol_send(event)
        elif not await self._send(event.data):
            await self.protocol.handle(Closed())
            self._end_reading()

    async def _send(self, data: bytes | memoryview) -> bool:
        """A write has an end, shielded or not: a client that stops reading must not hold up a shutdown. Whether all
        of it went; otherwise the connection is of no use any more."""
        async with self.send_lock:
            patience = self.config.graceful_timeout if self.context.terminated.is_set() else WRITE_S
            try:
                with trio.CancelScope(shield=True, deadline=trio.current_time() + patience) as scope:
                    self._writing = scope
                    await self.stream.send_all(data)
                if not scope.cancelled_caught:
                    return True
                await trio.aclose_forcefully(self.stream)
            except (trio.BrokenResourceError, trio.ClosedResourceError):
                pass
            finally:
                self._writing = None
        return False

    # -- for streams, between the head of a response and its end (`api/streams/sinks.py`)

    @property
    def is_plain(self) -> bool:
        """Whether what is written to its socket is what the client reads."""
        stream: Any = self.stream
        return isinstance(stream, trio.SocketStream)

    def put(self, data: bytes) -> int:
        """Straight to the socket, without a task, a lock or a layer in between; how many bytes it took."""
        if self.send_lock.locked():
            return 0
        try:
            return os.write(cast("Any", self.stream).socket.fileno(), data)
        except OSError:  # it is full, or gone: `write` finds out which
            return 0

    async def write(self, data: bytes | memoryview) -> None:
        """Raises trio.BrokenResourceError."""
        self._streaming = True
        if not await self._send(data):
            self._end_reading()
            raise trio.BrokenResourceError("the reader is gone")


def _told(error: BaseException) -> None:
    """At debug: what strangers send is no news to an operator."""
    _log.debug("a connection was ended by %s", type(error).__name__, exc_info=error)


_serve: Any = cast("Any", hypercorn.trio).serve
hypercorn_run.TCPServer = Connection  # type: ignore[attr-defined]  # it takes no class as a setting


async def serve_app(  # noqa: ASYNC114, ASYNC128  hypercorn reports that it has started
    app: Any,
    serving: Serving,
    stop: trio.Event,
    task_status: trio.TaskStatus[list[str]] = trio.TASK_STATUS_IGNORED,
) -> None:
    """Until `stop` is set. Reports the bound addresses, as `http://127.0.0.1:3000`, when connections are taken. At the
    end streams are closed first, then requests under way are waited for."""

    async def stopped() -> None:
        await stop.wait()
        cast("Closable", app).close_streams()
        for connection in Connection.live:
            if connection.config is config:
                connection.hurry()

    sockets = [_bound(bind) for bind in serving.binds]
    config = _configured(serving, sockets)
    try:
        await _serve(app, config, shutdown_trigger=stopped, task_status=task_status)
    finally:
        for one in sockets:
            one.close()
        _remove_paths(serving.binds)
    if not stop.is_set():  # it swallows KeyboardInterrupt and returns as if all were well
        raise RuntimeError("the server ended without being told to")


def _remove_paths(binds: Sequence[str]) -> None:
    for bind in binds:
        if bind.startswith("unix:"):
            Path(bind.removeprefix("unix:")).unlink(missing_ok=True)


def _bound(bind: str) -> socket.socket:
    """Bound here, so that what is wrong is an OSError before anything else starts."""
    if bind.startswith("unix:"):
        return _bound_path(Path(bind.removeprefix("unix:")))
    host, _, port = bind.rpartition(":")
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    found = socket.socket(family, socket.SOCK_STREAM)
    try:
        found.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        found.bind((host.strip("[]"), int(port)))
    except OSError as error:
        found.close()
        why = f"cannot listen on {bind} ({error.strerror}): choose another with API_ADDRESS and API_PORT"
        raise OSError(error.errno, why) from error
    found.setblocking(False)  # noqa: FBT003
    return found


def _bound_path(path: Path) -> socket.socket:
    """A socket file that nobody listens on any more is replaced, nothing else is."""
    if path.exists() and not stat.S_ISSOCK(path.stat().st_mode):
        raise FileExistsError(f"{path} is there and is no socket")
    with socket.socket(socket.AF_UNIX) as probe:
        try:
            probe.connect(str(path))
        except OSError:
            path.unlink(missing_ok=True)
        else:
            raise FileExistsError(f"somebody listens on {path}")
    found = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
    try:
        found.bind(str(path))
        path.chmod(0o660)
    except BaseException:
        found.close()
        raise
    found.setblocking(False)  # noqa: FBT003
    return found


class _Configured(HypercornConfig):
    """With sockets that are bound already."""

    bound: Sequence[socket.socket] = ()

    def create_sockets(self) -> Sockets:
        for one in self.bound:
            one.listen(_BACKLOG)
        found = list(self.bound)
        return Sockets(found, [], []) if self.ssl_enabled else Sockets([], found, [])


def _configured(serving: Serving, sockets: Sequence[socket.socket]) -> HypercornConfig:
    config = _Configured()
    config.bound = sockets
    if serving.certificate is not None and serving.key is not None:
        config.certfile, config.keyfile = str(serving.certificate), str(serving.key)
    config.graceful_timeout = serving.graceful_s
    config.keep_alive_timeout = HEADERS_S
    config.h2_max_concurrent_streams = 100
    config.h11_max_incomplete_size = 32 * 1024
    config.h2_max_header_list_size = 32 * 1024
    config.include_server_header = False
    config.accesslog = None
    quiet = logging.getLogger("api.server.hypercorn")
    quiet.setLevel(logging.CRITICAL)  # it tells of every malformed request with a stack
    config.errorlog = quiet
    return config
