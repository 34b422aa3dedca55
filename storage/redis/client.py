"""The connection to Redis/Valkey: each call bounded, failing fast while the server is away.

async with open_cache(url, limits) as cache:
    sessions = Sessions(cache)
"""

import logging
from collections.abc import AsyncGenerator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any, Final, TypeVar

import trio

from storage.confidential import ServerUrl
from storage.errors import CacheUnavailable
from storage.limits import StorageLimits
from storage.redis.address import CacheAddress, parse_address
from storage.redis.breaker import Breaker
from storage.redis.pool import Pool, open_pool
from storage.redis.resp import BrokenAnswerError, RefusedError

Result = TypeVar("Result")
GONE: Final = (
    OSError,
    RefusedError,
    BrokenAnswerError,
    trio.TooSlowError,
    trio.BrokenResourceError,
    trio.ClosedResourceError,
)
"""A server that refuses is as good as none: it loads its file, or does not know our password."""
logger = logging.getLogger(__name__)


class Commands:
    """What is asked of the cache."""

    def __init__(self, pool: Pool) -> None:
        self._pool = pool

    async def ping(self) -> None:
        await self._pool.ask("PING")

    async def get(self, name: str) -> bytes | None:
        value: bytes | None = await self._pool.ask("GET", name)
        return value

    async def getdel(self, name: str) -> bytes | None:
        value: bytes | None = await self._pool.ask("GETDEL", name)
        return value

    async def set(self, name: str, value: bytes, *, px: int, nx: bool = False) -> bool:
        """For so many milliseconds; with `nx` only where there is nothing yet. Whether it was written."""
        return await self._pool.ask("SET", name, value, "PX", px, *(("NX",) if nx else ())) is not None

    async def delete(self, *names: str) -> int:
        return int(await self._pool.ask("DEL", *names))

    async def eval(self, script: str, numkeys: int, *keys_and_args: str | int) -> Any:
        return await self._pool.ask("EVAL", script, numkeys, *keys_and_args)


@dataclass(frozen=True, slots=True)
class CacheHealth:
    """Whether the cache answers; while it does not, since how many seconds, and what that means."""

    degraded: bool
    failing_for: float = 0.0
    meaning: str = ""


class Cache:
    """Runs commands for trio tasks; made by open_cache()."""

    def __init__(self, commands: Commands, limits: StorageLimits) -> None:
        self._commands = commands
        self._breaker = Breaker()
        self.limits = limits

    async def run(self, unit: Callable[[Commands], Awaitable[Result]]) -> Result:
        """Run one unit of commands; raises CacheUnavailable at once while the server is known to be away."""
        if not self._breaker.may_try(trio.current_time()):
            raise CacheUnavailable("the cache does not answer; it is asked again in a moment")
        try:
            with trio.fail_after(self.limits.cache_wait):
                result = await unit(self._commands)
        except GONE as error:
            if self._breaker.failed(trio.current_time()):
                logger.warning("the cache does not answer (%s): going on without", type(error).__name__)
            # Not chained: a text of the server may hold what was sent.
            raise CacheUnavailable(f"the cache does not answer ({type(error).__name__})") from None
        if self._breaker.succeeded():
            logger.warning("the cache answers again")
        return result

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
async def open_cache(url: ServerUrl, limits: StorageLimits) -> AsyncGenerator[Cache]:
    """Connections are opened when they are needed: a server that is away does not keep flora from
    starting."""
    async with open_pool(_address_of(url)) as pool:
        yield Cache(Commands(pool), limits)


def _address_of(url: ServerUrl) -> CacheAddress:
    try:
        return parse_address(url.reveal())
    except (ValueError, OSError) as error:  # not chained: the URL holds the password
        raise CacheUnavailable(f"CACHE_URL cannot be used ({type(error).__name__}): {url}") from None
