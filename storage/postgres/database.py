"""The pool, and the only way to use it: whole units of work.

    async with open_database(bridge, url, limits) as database:
        revisions = await database.run(list_revisions, guild)

An operation is an asyncio function whose first argument is a connection inside a transaction. It must not be
awaited from trio directly, and it must not talk to anything but its connection.
"""

import asyncio
import ssl
from collections.abc import AsyncGenerator, Awaitable, Callable
from contextlib import asynccontextmanager, suppress
from pathlib import Path
from typing import Any, Concatenate, Final, ParamSpec, Protocol, TypeVar, cast
from urllib.parse import urlsplit

import asyncpg  # pyright: ignore[reportMissingTypeStubs] (it ships none; _Pool below is what is used of it)
import trio

from storage.bridge import Bridge
from storage.confidential import ServerUrl
from storage.errors import StorageUnavailable
from storage.limits import StorageLimits
from storage.postgres.connection import GONE, Connection, translated
from storage.postgres.migrate import migrate

Arguments = ParamSpec("Arguments")
Result = TypeVar("Result")
AnyConnection = TypeVar("AnyConnection", bound=Connection)

APPLICATION: Final = "flora"
"""Our name in pg_stat_activity."""
RELEASE_WAIT: Final = 2.0
"""Seconds to give a connection back in order; then it is cut, and the pool opens another."""
IDLE_S: Final = 15.0
"""A connection that nobody needed for so long is closed: its process on the server's side has grown to some 5 MB, and
another is there within milliseconds. The one used last is used first, so the others come to rest."""
FIRST_PAUSE: Final = 0.05
LONGEST_PAUSE: Final = 0.5
SETTINGS: Final = {
    "application_name": APPLICATION,
    "timezone": "UTC",
    # A daemon that vanished from the network holds no lock for long.
    "idle_in_transaction_session_timeout": "30000",
}


class _Pool(Protocol):
    async def acquire(self, *, timeout: float) -> Connection: ...  # noqa: ASYNC109 (asyncpg names it so)
    async def release(self, connection: Connection, *, timeout: float) -> None: ...  # noqa: ASYNC109
    async def close(self) -> None: ...
    def terminate(self) -> None: ...
    def get_size(self) -> int: ...
    def get_idle_size(self) -> int: ...


class _LoneConnection(Connection, Protocol):
    async def close(self, *, timeout: float) -> None: ...  # noqa: ASYNC109


class Database:
    """Runs operations, each in a transaction of its own; made by open_database()."""

    def __init__(self, bridge: Bridge, pool: _Pool, url: ServerUrl, limits: StorageLimits) -> None:
        self._bridge = bridge
        self._pool = pool
        self._url = url
        self.limits = limits

    async def run(
        self,
        operation: Callable[Concatenate[Connection, Arguments], Awaitable[Result]],
        *args: Arguments.args,
        **kwargs: Arguments.kwargs,
    ) -> Result:
        """Run the operation in a transaction: all of it happens, or nothing.

        Raises StorageUnavailable within `acquire_wait + operation_wait`; a write may then have happened or
        not.
        """

        async def work(connection: Connection) -> Result:
            async with connection.transaction():
                return await operation(connection, *args, **kwargs)

        with translated():
            return await self._bridge.run(self._unit(work))

    async def run_alone(
        self,
        operation: Callable[Concatenate[Connection, Arguments], Awaitable[Result]],
        wait: float,
        *args: Arguments.args,
        **kwargs: Arguments.kwargs,
    ) -> Result:
        """Run an operation that opens its own transactions and may take long (a migration, a backup).

        It has a connection of its own: the pool's refuse statements longer than `operation_wait`.
        """

        async def work(connection: Connection) -> Result:
            return await operation(connection, *args, **kwargs)

        with translated():
            return await self._bridge.run(self._unit_alone(work, wait))

    async def _unit(self, work: Callable[[Connection], Awaitable[Result]]) -> Result:
        connection = await self._acquire(lambda left: self._pool.acquire(timeout=left))
        try:
            async with asyncio.timeout(self.limits.operation_wait):
                return await work(connection)
        finally:
            await _without_complaint(self._pool.release(connection, timeout=RELEASE_WAIT))  # noqa: ASYNC102

    async def _unit_alone(self, work: Callable[[Connection], Awaitable[Result]], wait: float) -> Result:
        async def connect(left: float) -> _LoneConnection:
            opened: _LoneConnection = await _connect(
                self._url.reveal(), timeout=left, command_timeout=wait, server_settings=SETTINGS
            )
            return opened

        connection = await self._acquire(connect)
        try:
            async with asyncio.timeout(wait):
                return await work(connection)
        finally:
            await _without_complaint(connection.close(timeout=RELEASE_WAIT))  # noqa: ASYNC102

    async def _acquire(self, take: Callable[[float], Awaitable[AnyConnection]]) -> AnyConnection:
        """A connection, from a server that may be just restarting: tried again until `acquire_wait` is
        over."""
        pause = FIRST_PAUSE
        end = asyncio.get_running_loop().time() + self.limits.acquire_wait
        while True:
            left = end - asyncio.get_running_loop().time()
            try:
                with translated():
                    return await take(max(left, FIRST_PAUSE))
            except ValueError as error:  # what is wrong with a URL shows when it is first used
                raise StorageUnavailable(f"DATABASE_URL cannot be used ({type(error).__name__})") from None
            except StorageUnavailable:
                if left <= pause:
                    raise
            await asyncio.sleep(pause)
            pause = min(2 * pause, LONGEST_PAUSE)

    async def migrate(self, directory: Path | None = None) -> list[str]:
        """Bring the schema up to date; returns the names of the files applied. Raises MigrationRefused."""
        return await self.run_alone(migrate, 300.0, directory)

    def statistics(self) -> tuple[int, int]:
        """Connections open, and idle among them."""
        return self._pool.get_size(), self._pool.get_idle_size()


@asynccontextmanager
async def open_database(bridge: Bridge, url: ServerUrl, limits: StorageLimits) -> AsyncGenerator[Database]:
    """Connections are opened when they are needed: a server that is away now does not keep flora from
    starting."""
    with translated():
        pool = await bridge.run(_open_pool(url, limits))
    try:
        yield Database(bridge, pool, url, limits)
    finally:
        with trio.CancelScope(shield=True, deadline=trio.current_time() + 2 * RELEASE_WAIT):
            await bridge.run(_close_pool(pool))


def _check_url(url: ServerUrl) -> None:
    try:
        parts = urlsplit(url.reveal())
        known = parts.scheme in {"postgresql", "postgres"} and parts.port != 0
    except ValueError:
        known = False
    if not known:
        raise StorageUnavailable(f"DATABASE_URL is not like postgresql://user:password@host:5432/database: {url}")


async def _open_pool(url: ServerUrl, limits: StorageLimits) -> _Pool:
    _check_url(url)
    try:
        made: Any = asyncpg.create_pool(  # pyright: ignore[reportUnknownMemberType] (untyped, as above)
            url.reveal(),
            min_size=0,
            max_size=limits.database_connections,
            max_inactive_connection_lifetime=IDLE_S,
            connect=_connect,
            timeout=limits.acquire_wait,
            command_timeout=limits.operation_wait,
            server_settings=SETTINGS,
        )
        await made
    except (ValueError, OSError, ssl.SSLError) as error:
        raise StorageUnavailable(f"DATABASE_URL cannot be used ({type(error).__name__}): {url}") from None
    return cast("_Pool", made)


async def _without_complaint(giving_back: Awaitable[None]) -> None:
    """The work is done or failed by now, and that is what counts. asyncpg bounds this and cuts what does not
    answer."""
    with suppress(*GONE):
        await giving_back


async def _connect(*args: Any, **kwargs: Any) -> Any:
    """Open a connection to its end even when the caller is cancelled: given up half-way with TLS, asyncpg
    leaks its socket."""
    # asyncpg is untyped, as above: hence the ignore
    connecting: Any = asyncpg.connect(*args, **kwargs)  # pyright: ignore[reportUnknownMemberType, reportUnknownVariableType]
    opening: asyncio.Future[Any] = asyncio.ensure_future(connecting)
    try:
        return await asyncio.shield(opening)
    except asyncio.CancelledError:
        opening.add_done_callback(_discard)
        raise


def _discard(opening: "asyncio.Future[Any]") -> None:
    if not opening.cancelled() and opening.exception() is None:
        opening.result().terminate()


async def _close_pool(pool: _Pool) -> None:
    try:
        async with asyncio.timeout(RELEASE_WAIT):
            await pool.close()
    except TimeoutError:
        pool.terminate()
