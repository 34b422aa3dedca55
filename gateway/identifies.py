"""When a shard may identify. Pure: the caller brings the time.

Discord lets a bot identify some thousand times a day, and takes its token away when it spends them all; and within 5 s
only one shard of each *bucket* may, where the bucket is the shard's number modulo `max_concurrency`. So there is a
ledger: the pace of each bucket, and the day's budget, of which a reserve is never spent by the daemon itself. The
reserve is what an operator has left for repairing whatever ate the rest.
"""

from dataclasses import dataclass
from typing import Final

PACE_S: Final = 5.0
_ROOM_S: Final = 0.25
"""Discord counts when they arrive, not when they are sent."""


@dataclass(frozen=True, slots=True)
class StartLimit:
    """What /gateway/bot said."""

    total: int
    remaining: int
    reset_after_s: float
    max_concurrency: int

    @property
    def reserve(self) -> int:
        """A twentieth, at least 5; nothing for a budget too small to have one."""
        return max(5, self.total // 20) if self.total > 10 else 0


class IdentifyLedger:
    """For all shards of this process."""

    def __init__(self, limit: StartLimit, now: float) -> None:
        self._last: dict[int, float] = {}
        self.renew(limit, now)

    def __repr__(self) -> str:
        return f"<IdentifyLedger: {self._remaining} of {self._limit.total} left, {self._limit.reserve} kept>"

    @property
    def remaining(self) -> int:
        return self._remaining

    def renew(self, limit: StartLimit, now: float) -> None:
        """Discord was asked anew."""
        self._limit = limit
        self._remaining = limit.remaining
        self._reset_at = now + limit.reset_after_s

    def take(self, shard: int, now: float) -> float:
        """0 when the shard may identify now, which is then noted; else the seconds to wait before asking again."""
        if now >= self._reset_at:
            self._remaining = self._limit.total
            self._reset_at = now + 24 * 3600.0
        if self._remaining <= self._limit.reserve:
            return self._reset_at - now
        bucket = shard % self._limit.max_concurrency
        wait = self._last.get(bucket, -PACE_S) + PACE_S + _ROOM_S - now if bucket in self._last else 0.0
        if wait > 0:
            return wait
        self._last[bucket] = now
        self._remaining -= 1
        return 0.0

    def is_spent(self) -> bool:
        """Whether only the reserve is left."""
        return self._remaining <= self._limit.reserve
