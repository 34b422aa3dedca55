"""Connections to the cache, each with one question at a time.

A question that is given up closes its connection, so that no answer is ever taken for that to another question.
"""

import select
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from typing import Any, Final

import trio

from storage.redis.address import CacheAddress
from storage.redis.resp import AnswerReader, BrokenAnswerError, Part, RefusedError, command_bytes

CONNECTIONS: Final = 16
"""Who finds all of them busy waits for one, within the time that a call has."""
NAME: Final = "flora"
"""Ours in the server's list of clients."""
_READ_BYTES: Final = 64 * 1024


class Connection:
    """Made by `_connect`."""

    def __init__(self, stream: trio.abc.Stream, socket: trio.SocketStream) -> None:
        self._stream = stream
        self._socket = socket.socket
        self._poll = select.poll()
        self._poll.register(socket.socket.fileno(), select.POLLIN)

    async def ask(self, *parts: Part) -> Any:
        """Raises RefusedError; anything else that is raised leaves the connection of no use."""
        await self._stream.send_all(command_bytes(*parts))
        reader = AnswerReader()
        while True:
            piece = await self._stream.receive_some(_READ_BYTES)
            if not piece:
                raise BrokenAnswerError("the server has hung up")
            for answer in reader.feed(bytes(piece)):
                if isinstance(answer, RefusedError):
                    raise answer
                return answer

    def is_stale(self) -> bool:
        """Something has come that nobody asked for: the end, when the server restarts."""
        return bool(self._poll.poll(0))

    def close(self) -> None:
        """At once, without a word: the server loses nothing by it."""
        self._socket.close()


class Pool:
    """Connections are opened when they are needed and kept; the one used last is used first."""

    def __init__(self, address: CacheAddress) -> None:
        self._address = address
        self._room = trio.CapacityLimiter(CONNECTIONS)
        self._idle: list[Connection] = []
        self._closed = False

    def __repr__(self) -> str:
        return f"<Pool: {self._room.borrowed_tokens} busy, {len(self._idle)} idle>"

    async def ask(self, *parts: Part) -> Any:
        """Raises RefusedError, BrokenAnswerError, OSError and trio's errors of streams."""
        async with self._room:
            connection = self._kept() or await _connect(self._address)
            is_whole = False
            try:
                answer = await connection.ask(*parts)
                is_whole = True
            except RefusedError:
                is_whole = True
                raise
            finally:
                if is_whole and not self._closed:
                    self._idle.append(connection)
                else:
                    connection.close()
            return answer

    def _kept(self) -> Connection | None:
        while self._idle:
            connection = self._idle.pop()
            if not connection.is_stale():
                return connection
            connection.close()
        return None

    def close(self) -> None:
        self._closed = True
        while self._idle:
            self._idle.pop().close()


async def _connect(address: CacheAddress) -> Connection:
    if address.path:
        socket = await trio.open_unix_socket(address.path)
    else:
        socket = await trio.open_tcp_stream(address.host, address.port)
    stream: trio.abc.Stream = socket
    try:
        if address.tls is not None:
            stream = secured = trio.SSLStream(socket, address.tls, server_hostname=address.host)
            await secured.do_handshake()
        connection = Connection(stream, socket)
        if address.password:
            user = (address.user,) if address.user else ()
            await connection.ask("AUTH", *user, address.password)
        if address.database:
            await connection.ask("SELECT", address.database)
        await connection.ask("CLIENT", "SETNAME", NAME)
    except BaseException:
        socket.socket.close()
        raise
    return connection


@asynccontextmanager
async def open_pool(address: CacheAddress) -> AsyncGenerator[Pool]:
    """Opens nothing yet: a server that is away does not keep flora from starting."""
    pool = Pool(address)
    try:
        yield pool
    finally:
        pool.close()
