"""Serving the app, inside the daemon's own nursery: where connections come from, and how they end."""

import logging
import socket
import stat
from collections.abc import Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any, Final, Protocol, cast

import trio
from hypercorn.app_wrappers import ASGIWrapper
from hypercorn.config import Config as HypercornConfig
from hypercorn.trio.worker_context import WorkerContext
from hypercorn.typing import ConnectionState

from api.connection import Connection

CONNECTIONS: Final = 4_096
"""Beyond, new ones are closed at once: descriptors are for the guilds first."""
HEADERS_S: Final = 15.0
"""For the head of a request, and between requests on one connection."""
_BACKLOG: Final = 512


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


class Server:
    """The connections of one `serve_app`."""

    def __init__(self, app: Any, config: HypercornConfig) -> None:
        self._app = ASGIWrapper(app)
        self._config = config
        self._context = WorkerContext(None)
        self.connections: set[Connection] = set()

    async def take(self, stream: Any) -> None:
        if len(self.connections) >= CONNECTIONS:
            await trio.aclose_forcefully(stream)
            return
        connection = Connection(self._app, self._config, self._context, ConnectionState({}), stream)
        self.connections.add(connection)
        try:
            await connection.run()
        finally:
            self.connections.discard(connection)

    async def end(self) -> None:
        """Nothing new on any connection; what is under way has its time."""
        for connection in self.connections:
            connection.hurry()
        await self._context.terminated.set()


async def serve_app(  # noqa: ASYNC114, ASYNC128  hypercorn reports that it has started
    app: Any,
    serving: Serving,
    stop: trio.Event,
    task_status: trio.TaskStatus[list[str]] = trio.TASK_STATUS_IGNORED,
) -> None:
    """Until `stop` is set. Reports the bound addresses, as `http://127.0.0.1:3000`, when connections are taken. At the
    end streams are closed first, then requests under way are waited for."""
    config = _configured(serving)
    server = Server(app, config)
    with ExitStack() as bound:
        sockets = [_bound_within(bound, bind) for bind in serving.binds]
        async with trio.open_nursery() as handlers:
            async with trio.open_nursery() as acceptors:
                listeners = [_listening(one, config) for one in sockets]
                acceptors.start_soon(partial(trio.serve_listeners, server.take, listeners, handler_nursery=handlers))
                task_status.started([_address(one, config) for one in sockets])
                await stop.wait()
                acceptors.cancel_scope.cancel()
            cast("Closable", app).close_streams()
            await server.end()
            handlers.cancel_scope.deadline = trio.current_time() + config.graceful_timeout


def _listening(bound: socket.socket, config: HypercornConfig) -> Any:
    bound.listen(_BACKLOG)
    listener = trio.SocketListener(trio.socket.from_stdlib_socket(bound))
    context = config.create_ssl_context()
    return listener if context is None else trio.SSLListener(listener, context, https_compatible=True)


def _address(bound: socket.socket, config: HypercornConfig) -> str:
    scheme = "https" if config.ssl_enabled else "http"
    name: Any = bound.getsockname()
    if bound.family == socket.AF_UNIX:
        return f"{scheme}://unix:{name}"
    host, port, *_ = name
    return f"{scheme}://[{host}]:{port}" if bound.family == socket.AF_INET6 else f"{scheme}://{host}:{port}"


def _bound_within(stack: ExitStack, bind: str) -> socket.socket:
    """Bound here, so that what is wrong is an OSError before anything else starts; closed and removed at the end."""
    if not bind.startswith("unix:"):
        return stack.enter_context(_bound(bind))
    path = Path(bind.removeprefix("unix:"))
    found = stack.enter_context(_bound_path(path))
    stack.callback(path.unlink, missing_ok=True)
    return found


def _bound(bind: str) -> socket.socket:
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


def _configured(serving: Serving) -> HypercornConfig:
    config = HypercornConfig()
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
