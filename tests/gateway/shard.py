"""One shard under test: a Connection to a stub, and what it handed on."""

import random
from collections.abc import AsyncGenerator, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

import msgspec
import trio

from gateway.connection import Connection, GatewayEndedError
from gateway.envelope import Dispatch, ReadyBody
from gateway.events import Wanted
from gateway.inflate import Compression
from gateway.session import Identity, Session, StoredSession
from gateway.websocket import SocketOpener, open_line_socket


@dataclass
class Kept:
    """A sink that keeps what it is given."""

    names: list[str] = field(default_factory=list[str])
    bodies: list[Any] = field(default_factory=list[Any])
    batches: list[int] = field(default_factory=list[int])
    names_wanted: Mapping[bytes, str] = field(default_factory=lambda: Wanted(None, ()))
    passed_over: int = 0
    said: list[str] = field(default_factory=list[str])
    changed: trio.Event = field(default_factory=trio.Event)

    def wanted(self) -> Mapping[bytes, str]:
        return self.names_wanted

    def unheard(self, shard: int, count: int) -> None:
        assert shard == 0
        self.passed_over += count
        self._change()

    def events(self, shard: int, batch: Sequence[Dispatch]) -> None:
        assert shard == 0
        self.batches.append(len(batch))
        for dispatch in batch:
            self.names.append(dispatch.name)
            self.bodies.append(msgspec.json.decode(dispatch.body))
        self._change()

    def ready(self, shard: int, ready: ReadyBody) -> None:  # noqa: ARG002
        self.said.append(f"ready {ready.session_id}")
        self._change()

    def live(self, shard: int) -> None:  # noqa: ARG002
        self.said.append("live")
        self._change()

    def _change(self) -> None:
        self.changed.set()
        self.changed = trio.Event()

    async def until(self, count: int) -> None:
        """So many events were handed on."""
        while len(self.names) < count:
            await self.changed.wait()

    async def until_said(self, what: str, times: int = 1) -> None:
        while self.said.count(what) < times:
            await self.changed.wait()


@dataclass
class Shard:
    connection: Connection
    kept: Kept
    leaves: list[int]
    ended: GatewayEndedError | None = None
    done: trio.Event = field(default_factory=trio.Event)

    @property
    def session(self) -> Session:
        return self.connection.session


def make_shard(
    url: str,
    compression: Compression = Compression.NONE,
    stored: StoredSession | None = None,
    opener: SocketOpener = open_line_socket,
    kept: Kept | None = None,
) -> Shard:
    query = "v=10&encoding=json" + compression.query
    identity = Identity("token", intents=1, shard=0, shard_count=1, url=url, query=query)
    kept, leaves = kept or Kept(), list[int]()

    async def leave(shard: int) -> None:
        leaves.append(shard)
        await trio.lowlevel.checkpoint()

    session = Session(identity, random.Random(7).random, stored)
    return Shard(Connection(session, opener, compression, kept, leave), kept, leaves)


@asynccontextmanager
async def running(shard: Shard) -> AsyncGenerator[Shard]:
    """Its connection runs inside the block, and is stopped at the end."""

    async def run() -> None:
        try:
            await shard.connection.run()
        except GatewayEndedError as error:
            shard.ended = error
        shard.done.set()

    async with trio.open_nursery() as nursery:
        nursery.start_soon(run)  # noqa: ASYNC113  the shard connects on its own time
        yield shard
        shard.connection.stop()
        with trio.fail_after(10):
            await shard.done.wait()
