"""A model of how Discord limits, in its own time: buckets by hash and major parameter, 50 a second, shared limits.

The requests reach it after a way that takes unequally long, and the answers come back after another.
"""

import random
from collections import Counter, deque
from dataclasses import dataclass, field

GLOBAL_PER_S = 50


@dataclass(frozen=True)
class Rule:
    """What a bucket takes in a window that begins with its first request."""

    limit: int
    window: float


RULES = {
    "POST /channels/{channel_id}/messages": Rule(5, 5.0),
    "PATCH /channels/{channel_id}/messages/{message_id}": Rule(5, 5.0),
    "PUT /channels/{channel_id}/messages/{message_id}/reactions/{emoji_name}/@me": Rule(1, 0.25),
    "PUT /guilds/{guild_id}/members/{user_id}/roles/{role_id}": Rule(10, 10.0),
    "GET /guilds/{guild_id}/members/{user_id}": Rule(5, 1.0),
}
SHARED_ONE_IN = 997


@dataclass
class _Bucket:
    left: int
    until: float


@dataclass
class Limiter:
    """Decides what arrives, in the order in which it arrives."""

    randomness: random.Random
    answers: Counter[str] = field(default_factory=Counter[str])
    _buckets: dict[tuple[str, str], _Bucket] = field(default_factory=dict[tuple[str, str], _Bucket])
    _taken: deque[float] = field(default_factory=deque[float])

    def way(self) -> float:
        """To Discord: 10 ms, and up to 45 more."""
        return 0.010 + self.randomness.random() * 0.045

    def way_back(self) -> float:
        """With Discord's own work in it."""
        return 0.020 + self.randomness.random() * 0.2

    def arrive(self, route: str, major: str, now: float) -> tuple[int, dict[str, str]]:
        while self._taken and self._taken[0] <= now - 1.0:
            self._taken.popleft()
        if len(self._taken) >= GLOBAL_PER_S:
            return self._say(429, "global", {"retry-after": "1", "x-ratelimit-scope": "global"})
        self._taken.append(now)
        rule = RULES[route]
        bucket = self._buckets.get((route, major))
        if bucket is None or bucket.until <= now:
            bucket = self._buckets[route, major] = _Bucket(rule.limit, now + rule.window)
        headers = {
            "x-ratelimit-bucket": f"bucket of {route}",
            "x-ratelimit-limit": str(rule.limit),
            "x-ratelimit-remaining": str(max(0, bucket.left - 1)),
            "x-ratelimit-reset-after": f"{bucket.until - now:.3f}",
        }
        if bucket.left == 0:
            after = f"{bucket.until - now:.3f}"
            return self._say(429, "bucket", headers | {"retry-after": after, "x-ratelimit-scope": "user"})
        bucket.left -= 1
        if self.answers.total() % SHARED_ONE_IN == SHARED_ONE_IN - 1:
            return self._say(429, "shared", headers | {"retry-after": "0.8", "x-ratelimit-scope": "shared"})
        return self._say(200, "done", headers)

    def _say(self, status: int, why: str, headers: dict[str, str]) -> tuple[int, dict[str, str]]:
        self.answers[why] += 1
        return status, headers
