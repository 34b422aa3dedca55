"""When a request may be sent, so that Discord never has to say 429. Pure: the caller brings the time.

Three limits, all learnt or guarded here:
- *buckets*: each route, with its major parameter (channel, guild, webhook), has a number of requests until a moment;
  the headers of every answer say so, and which routes share a bucket. A route never seen sends one and waits;
- *the bot's own*: 50 requests a second, from which interaction answers are exempt;
- *invalid requests*: 10,000 answers of 401, 403 or 429 within ten minutes ban the address. Long before, everything but
  interaction answers waits.
"""

from collections import OrderedDict, deque
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

GLOBAL_PER_S: Final = 50
_GLOBAL_WINDOW_S: Final = 1.05
"""A second, and room for requests that take unequally long on their way: what left here within 1.05 s arrives there
within more than one second as long as the ways differ by less than 50 ms. It costs 5 % of what is allowed."""
INVALID_MOST: Final = 2_000
INVALID_WINDOW_S: Final = 600.0
BUCKETS_KEPT: Final = 50_000
_RESET_ROOM_S: Final = 0.05
_GHOST_S: Final = 1.0
"""How long a request that was given up may be on its way."""
_UNKNOWN_S: Final = 0.05
"""How soon to look again while the first answer of a bucket is awaited."""


@dataclass(frozen=True, slots=True)
class RouteKey:
    """What Discord limits by, before it has said which bucket that is."""

    method: str
    route: str
    major: str
    exempt: bool
    """An interaction's answer: outside the bot's own limit, and never held back by the guard."""


@dataclass(slots=True)
class _Bucket:
    limit: int = 1
    remaining: int = 1
    reset_at: float | None = None
    """None until Discord has answered."""
    in_flight: int = 0
    losses: int = 0
    """Requests without an answer, since the last answer."""
    ghosts: deque[float] = field(default_factory=deque[float])
    """Until when requests that were given up here may still arrive there."""

    def under_way(self, now: float) -> int:
        while self.ghosts and self.ghosts[0] <= now:
            self.ghosts.popleft()
        return self.in_flight + len(self.ghosts)


class RateLimits:
    """Of one bot."""

    def __init__(self) -> None:
        self._hashes: dict[tuple[str, str], str] = {}
        self._buckets: OrderedDict[tuple[str, str], _Bucket] = OrderedDict()
        self._sent: deque[float] = deque()
        self._invalid: deque[float] = deque()
        self._global_until = 0.0
        self.refused = 0
        """429s that were ours; the aim is none."""

    def __repr__(self) -> str:
        return f"<RateLimits: {len(self._buckets)} buckets, {len(self._invalid)} invalid, {self.refused} refused>"

    def take(self, key: RouteKey, now: float) -> float:
        """0 when the request may be sent, which is then noted; else the seconds after which to ask again."""
        wait = max(self.bucket_wait(key, now), 0.0 if key.exempt else self.own_wait(now))
        if wait > 0:
            return wait
        bucket = self._bucket(key)
        bucket.remaining -= 1
        bucket.in_flight += 1
        if not key.exempt:
            self._sent.append(now)
        return 0.0

    def answered(self, key: RouteKey, status: int, headers: Mapping[str, str], now: float) -> float:
        """What the answer teaches; for a 429 the seconds to wait, else 0."""
        name = headers.get("x-ratelimit-bucket")
        if name is not None and self._hashes.get((key.method, key.route)) != name:
            self._rename(key, name)
        bucket = self._bucket(key)
        bucket.in_flight = max(0, bucket.in_flight - 1)
        bucket.losses = 0
        self._learn(bucket, headers, now)
        shared = headers.get("x-ratelimit-scope") == "shared"
        if status in (401, 403) or (status == 429 and not shared):
            self._invalid.append(now)
        return self._held_back(bucket, headers, now, shared=shared) if status == 429 else 0.0

    def lost(self, key: RouteKey, now: float) -> None:
        """There was no answer; whether Discord counted the request nobody knows. In a bucket that is not known yet each
        further loss makes the next wait longer."""
        bucket = self._bucket(key)
        bucket.in_flight = max(0, bucket.in_flight - 1)
        bucket.losses += 1
        bucket.ghosts.append(now + (_GHOST_S if bucket.reset_at is not None else min(0.25 * 2**bucket.losses, 4.0)))

    def _held_back(self, bucket: _Bucket, headers: Mapping[str, str], now: float, *, shared: bool) -> float:
        wait = _number(headers.get("retry-after"), 1.0) + _RESET_ROOM_S
        self.refused += not shared
        if headers.get("x-ratelimit-scope") == "global" or "x-ratelimit-global" in headers:
            self._global_until = now + wait
        else:
            # A shared limit may end sooner than the bucket's own window.
            bucket.remaining, bucket.reset_at = 0, max(now + wait, bucket.reset_at or 0.0)
        return wait

    def _learn(self, bucket: _Bucket, headers: Mapping[str, str], now: float) -> None:
        if "x-ratelimit-remaining" not in headers:
            bucket.limit = max(bucket.limit, GLOBAL_PER_S)  # a route without a limit of its own
            bucket.remaining, bucket.reset_at = bucket.limit - bucket.under_way(now), now
            return
        bucket.limit = int(_number(headers.get("x-ratelimit-limit"), 1))
        told = int(_number(headers["x-ratelimit-remaining"], 0)) - bucket.under_way(now)
        reset_at = now + _number(headers.get("x-ratelimit-reset-after"), 1.0) + _RESET_ROOM_S
        fresh = bucket.reset_at is None or now >= bucket.reset_at
        bucket.remaining = told if fresh else min(told, bucket.remaining)
        bucket.reset_at = reset_at if bucket.reset_at is None else max(reset_at, bucket.reset_at)

    def bucket_wait(self, key: RouteKey, now: float) -> float:
        """Seconds until the bucket of this route may have room."""
        bucket = self._bucket(key)
        if bucket.remaining > 0:
            return 0.0
        if bucket.reset_at is None:
            return self._unknown_wait(bucket, now)
        if now >= bucket.reset_at:
            bucket.remaining = bucket.limit - bucket.under_way(now)
            return 0.0 if bucket.remaining > 0 else _UNKNOWN_S
        return bucket.reset_at - now

    def _unknown_wait(self, bucket: _Bucket, now: float) -> float:
        """One request at a time, until one is answered."""
        if bucket.under_way(now):
            return _UNKNOWN_S if bucket.in_flight else bucket.ghosts[0] - now
        bucket.remaining = 1
        return 0.0

    def own_wait(self, now: float) -> float:
        """Seconds until the bot as a whole may send."""
        # By the same sums as the waits below: a difference in the last bit would let everybody through.
        while self._sent and self._sent[0] + _GLOBAL_WINDOW_S <= now:
            self._sent.popleft()
        while self._invalid and self._invalid[0] + INVALID_WINDOW_S <= now:
            self._invalid.popleft()
        wait = max(self._global_until - now, 0.0)
        if len(self._sent) >= GLOBAL_PER_S:
            wait = max(wait, self._sent[0] + _GLOBAL_WINDOW_S - now)
        if len(self._invalid) >= INVALID_MOST:
            wait = max(wait, self._invalid[0] + INVALID_WINDOW_S - now)
        return wait

    def _bucket(self, key: RouteKey) -> _Bucket:
        name = (self._hashes.get((key.method, key.route)) or f"{key.method} {key.route}", key.major)
        bucket = self._buckets.get(name)
        if bucket is None:
            bucket = self._buckets[name] = _Bucket()
            self._forget_idle()
        else:
            self._buckets.move_to_end(name)
        return bucket

    def _rename(self, key: RouteKey, name: str) -> None:
        """Discord has said which bucket this is: for all channels and guilds, those with requests under way too."""
        route = f"{key.method} {key.route}"
        self._hashes[key.method, key.route] = name
        for old in [old for old in self._buckets if old[0] == route]:
            bucket = self._buckets.pop(old)
            known = self._buckets.setdefault((name, old[1]), bucket)
            if known is not bucket:  # another route shares it
                known.in_flight += bucket.in_flight
                known.remaining -= bucket.in_flight

    def _forget_idle(self) -> None:
        if len(self._buckets) <= BUCKETS_KEPT:
            return
        for name, bucket in list(self._buckets.items())[:100]:
            if not bucket.in_flight:
                del self._buckets[name]


def _number(text: str | None, otherwise: float) -> float:
    try:
        return otherwise if text is None else max(0.0, float(text))
    except ValueError:
        return otherwise
