"""What is kept in the cache: values with a life, by name, under a prefix of their own."""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import msgspec

from storage.checks import Json, encode_json
from storage.redis.client import Cache, Commands

_COUNT: Final = """
local found = {}
for place, key in ipairs(KEYS) do
  local more = tonumber(ARGV[place + 1])
  local hits = redis.call('INCRBY', key, more)
  if hits == more then redis.call('PEXPIRE', key, ARGV[1]) end
  found[place] = {hits, redis.call('PTTL', key)}
end
return found
"""


class TimedValues:
    """JSON values that are forgotten after `life` seconds. Names are hashed: a session's id cannot be read
    off the cache."""

    def __init__(self, cache: Cache, prefix: str, life: float) -> None:
        self._cache = cache
        self._prefix = prefix
        self._life = life

    def key(self, name: str) -> str:
        return f"flora:{self._prefix}:{hashlib.sha256(name.encode('utf-8', 'surrogatepass')).hexdigest()}"

    async def put(self, name: str, value: Json) -> None:
        """Raises InvalidInput when the value is no JSON or too large."""
        encoded = encode_json(self._prefix, value, self._cache.limits.session_bytes).encode()
        key, life = self.key(name), _milliseconds(self._life)

        async def write(commands: Commands) -> None:
            await commands.set(key, encoded, px=life)

        await self._cache.run(write)

    async def get(self, name: str) -> Json:
        key = self.key(name)

        async def read(commands: Commands) -> bytes | None:
            return await commands.get(key)

        return _decoded(await self._cache.run(read))

    async def take(self, name: str) -> Json:
        """Read and remove in one step: of any number of callers one gets it."""
        key = self.key(name)

        async def read(commands: Commands) -> bytes | None:
            return await commands.getdel(key)

        return _decoded(await self._cache.run(read))

    async def claim(self, name: str) -> bool:
        """Of any number of callers, here and elsewhere, one gets True until the life is over or it is removed."""
        key, life = self.key(name), _milliseconds(self._life)

        async def write(commands: Commands) -> bool:
            return bool(await commands.set(key, b"true", px=life, nx=True))

        return await self._cache.run(write)

    async def remove(self, name: str) -> None:
        key = self.key(name)

        async def delete(commands: Commands) -> None:
            await commands.delete(key)

        await self._cache.run(delete)


@dataclass(frozen=True, slots=True)
class Hits:
    """How often something happened in the current window, and how long the window lasts yet."""

    count: int
    seconds_left: float


async def count_hits(cache: Cache, more: Mapping[str, int], window: float) -> Mapping[str, Hits]:
    """Count so many by name, for a rate limit. A name's window starts with its first hit and holds for all daemons of
    this cache."""
    keys = [f"flora:hits:{hashlib.sha256(name.encode('utf-8', 'surrogatepass')).hexdigest()}" for name in more]

    async def count(commands: Commands) -> Sequence[Sequence[int]]:
        answer: Sequence[Sequence[int]] = await commands.eval(
            _COUNT, len(keys), *keys, _milliseconds(window), *more.values()
        )
        return answer

    found = await cache.run(count)
    return {name: Hits(hits, left / 1000) for name, (hits, left) in zip(more, found, strict=True)}


def _milliseconds(seconds: float) -> int:
    return max(1, int(seconds * 1000))


def _decoded(value: bytes | None) -> Json:
    if value is None:
        return None
    try:
        decoded: Json = msgspec.json.decode(value)
    except msgspec.DecodeError:  # written by somebody else: a cache may forget
        return None
    return decoded


def sessions(cache: Cache) -> TimedValues:
    return TimedValues(cache, "session", cache.limits.session_life)


def oauth_states(cache: Cache) -> TimedValues:
    """Use take(): a state is good for one return from Discord."""
    return TimedValues(cache, "oauth-state", cache.limits.oauth_state_life)


def permissions(cache: Cache) -> TimedValues:
    return TimedValues(cache, "permission", cache.limits.permission_life)


def scopes(cache: Cache) -> TimedValues:
    return TimedValues(cache, "scope", cache.limits.scope_life)
