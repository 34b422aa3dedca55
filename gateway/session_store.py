"""Sessions in Redis/Valkey, so that a daemon that starts again resumes. Without a cache, it identifies."""

import logging
from typing import Final

import msgspec

from gateway.session import StoredSession
from storage.errors import CacheUnavailable
from storage.redis.client import Cache
from storage.redis.values import TimedValues

logger = logging.getLogger(__name__)
LIFE_S: Final = 15 * 60.0
"""Discord forgets a session sooner; an old one only costs the question."""


class CachedSessions:
    """The SessionStore of `gateway/shards.py`. One bot's: two bots on one cache do not meet."""

    def __init__(self, cache: Cache, application: str) -> None:
        self._values = TimedValues(cache, "gateway-session", LIFE_S)
        self._application = application

    async def load(self, shard: int, count: int) -> StoredSession | None:
        try:
            value = await self._values.get(self._name(shard, count))
            return None if value is None else msgspec.convert(value, StoredSession)
        except (CacheUnavailable, msgspec.MsgspecError) as error:
            logger.warning(
                "shard %d: no stored session can be read (%s); it identifies", shard, error, extra={"shard": shard}
            )
            return None

    async def save(self, shard: int, count: int, session: StoredSession | None) -> None:
        name = self._name(shard, count)
        try:
            if session is None:
                await self._values.remove(name)
            else:
                await self._values.put(name, msgspec.to_builtins(session))
        except CacheUnavailable as error:
            logger.debug("shard %d: its session could not be stored (%s)", shard, error, extra={"shard": shard})

    def _name(self, shard: int, count: int) -> str:
        return f"{self._application}/{shard}/{count}"


class NoSessions:
    """For a daemon without a cache, and for development: every start identifies."""

    async def load(self, shard: int, count: int) -> StoredSession | None:  # noqa: ARG002
        return None

    async def save(self, shard: int, count: int, session: StoredSession | None) -> None: ...
