"""flora's own PostgreSQL and Valkey, for those who bring none: in its data directory, on unix sockets, one
code path."""

from collections.abc import AsyncGenerator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass

import trio

from storage.confidential import ServerUrl
from storage.embedded import postgres, valkey
from storage.embedded.directory import DataDirectory, make_private
from storage.embedded.launch import choose_launcher
from storage.embedded.server import ServerKind, open_server
from storage.limits import StorageLimits


@dataclass(frozen=True, slots=True)
class ServerUrls:
    """Where the two servers are: the operator's, or our own."""

    database: ServerUrl
    cache: ServerUrl


@asynccontextmanager
async def open_servers(
    data: DataDirectory,
    limits: StorageLimits,
    *,
    database: ServerUrl | None = None,
    cache: ServerUrl | None = None,
) -> AsyncGenerator[ServerUrls]:
    """Start what no URL is given for, and say where both are; raises EmbeddedServerFailed,
    DataDirectoryRefused."""
    own_database, own_cache = postgres.PostgresServer(data), valkey.ValkeyServer(data)
    async with AsyncExitStack() as stack:
        if database is None:
            await stack.enter_async_context(open_own(own_database, data, limits))
        if cache is None:
            await stack.enter_async_context(open_own(own_cache, data, limits))
        yield ServerUrls(database or own_database.url, cache or own_cache.url)


@asynccontextmanager
async def open_own(kind: ServerKind, data: DataDirectory, limits: StorageLimits) -> AsyncGenerator[None]:
    launcher = choose_launcher(data.path, [postgres.binaries() / "postgres", valkey.binary()])
    for directory in (data.runtime, kind.directory):
        make_private(directory, launcher.owner)
    await trio.to_thread.run_sync(launcher.take, kind.directory)
    async with open_server(kind, launcher, limits):
        yield
