"""The connection to Redis/Valkey: each call bounded, failing fast while the server is away.

async with open_cache(bridge, url, limits) as cache:
    sessions = Sessions(cache)
"""

import asyncio
import logging
from collections.abc import AsyncGenerator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any, Final, Protocol, TypeVar, cast

import redis.asyncio
import trio
from redis.asyncio.retry import Retry
from redis.backoff import NoBackoff
from redis.exceptions import RedisError

from storage.bridge import Bridge
from storage.confidential import ServerUrl
from storage.errors import CacheUnavailable
from storage.limits import StorageLimits
from storage.redis.breaker import Breaker

Result = TypeVar("Result")
CLOSE_WAIT: Final = 2.0
CONNECTIONS: Final = 16
GONE: Final = (RedisError, OSError, TimeoutError, asyncio.TimeoutError, asyncio.IncompleteReadError)
logger = logging.getLogger(__name__)


class Commands(Protocol):
    """The part of redis-py that is used."""

    async def ping(self) -> bool: ...
    async def get(self, name: str) -> bytes | None: ...
    async def getdel(self, name: str) -> bytes | None: ...
    async def set(self, name: str, value: bytes, *, px: int, nx: bool = False) -> bool | None: ...
    async def delete(self, *names: str) -> int: ...
    async def eval(self, script: str, numkeys: int, *keys_and_args: str | int) -> Any: ...
    async def aclose(self) -> None: ...


@dataclass(frozen=True, slots=True)
class CacheHealth:
    """Whether the cache answers; while it does not, since how many seconds, and what that means."""

    degraded: bool
    failing_for: float = 0.0
    meaning: str = ""


class Cache:
    """Runs commands for trio tasks; made by open_cache()."""

    def __init__(self, bridge: Bridge, commands: Commands, limits: StorageLimits) -> None:
        self._bridge = bridge
        self._commands = commands
        self._breaker = Breaker()
        self.limits = limits

    async def run(self, unit: Callable[[Commands], Awaitable[Result]]) -> Result:
        """Run one unit of commands; raises CacheUnavailable at once while the server is known to be away."""
        if not self._breaker.may_try(trio.current_time()):
            raise CacheUnavailable("the cache does not answer; it is asked again in a moment")
        try:
            result = await self._bridge.run(self._bounded(unit))
        except GONE as error:
            if self._breaker.failed(trio.current_time()):
                logger.warning("the cache does not answer (%s): going on without", type(error).__name__)
            # Not chained: a text of the library may hold what was sent.
            raise CacheUnavailable(f"the cache does not answer ({type(error).__name__})") from None
        if self._breaker.succeeded():
            logger.warning("the cache answers again")
        return result

    async def _bounded(self, unit: Callable[[Commands], Awaitable[Result]]) -> Result:
        async with asyncio.timeout(self.limits.cache_wait):
            return await unit(self._commands)

    async def ping(self) -> None:
        """Raises CacheUnavailable."""

        async def ask(commands: Commands) -> None:
            await commands.ping()

        await self.run(ask)

    def health(self) -> CacheHealth:
        since = self._breaker.failing_since
        if since is None:
            return CacheHealth(degraded=False)
        return CacheHealth(
            degraded=True,
            failing_for=trio.current_time() - since,
            meaning="logins and cached permissions are unavailable; scripts are not affected",
        )


@asynccontextmanager
async def open_cache(bridge: Bridge, url: ServerUrl, limits: StorageLimits) -> AsyncGenerator[Cache]:
    """Connections are opened when they are needed: a server that is away does not keep flora from
    starting."""
    commands = _client_of(url, limits)
    try:
        yield Cache(bridge, commands, limits)
    finally:
        with trio.CancelScope(shield=True, deadline=trio.current_time() + 2 * CLOSE_WAIT):
            await bridge.run(_close(commands))


def _client_of(url: ServerUrl, limits: StorageLimits) -> Commands:
    try:
        client: object = redis.asyncio.from_url(  # pyright: ignore[reportUnknownMemberType] (its options are untyped)
            url.reveal(),
            socket_timeout=limits.cache_wait,
            socket_connect_timeout=limits.cache_wait,
            # One more try, at once: connections of the pool die unnoticed when the server restarts.
            retry=Retry(NoBackoff(), 1),
            max_connections=CONNECTIONS,
            client_name="flora",
        )
    except (ValueError, TypeError) as error:
        raise CacheUnavailable(f"CACHE_URL cannot be used ({type(error).__name__}): {url}") from None
    return cast("Commands", client)


async def _close(commands: Commands) -> None:
    try:
        async with asyncio.timeout(CLOSE_WAIT):
            await commands.aclose()
    except GONE:
        logger.debug("the cache was away when its connections were closed")
